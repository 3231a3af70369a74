"""Rules about the facts of publication in the front matter."""

"""From the output tree to strings."""

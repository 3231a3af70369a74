"""Rules about headings, lists, links and pictures."""

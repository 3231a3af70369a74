"""Rules about cited sources."""

"""Rules about exceptions from rules."""

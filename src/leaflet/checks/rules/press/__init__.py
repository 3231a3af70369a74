"""Rules about files for a printing press."""

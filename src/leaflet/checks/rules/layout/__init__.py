"""Rules about laid-out panels."""

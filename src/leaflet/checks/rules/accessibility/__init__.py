"""Rules about the accessibility of PDF files."""

"""HTML to the panel PDF: bundled fonts, safe fetching, measured fit and complete tags."""

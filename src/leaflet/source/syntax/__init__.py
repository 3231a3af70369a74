"""What leaflet's Markdown adds to CommonMark, one rule per module."""

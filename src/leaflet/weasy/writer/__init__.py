"""Writing of the PDF: tags, fonts, page labels."""

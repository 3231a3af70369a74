"""The panel PDF to the sheet PDF: panels imposed in fold order, with bleed and printer's marks."""

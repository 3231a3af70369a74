"""The panel PDF to the sheet PDF: panels imposed in fold order, with bleed and printer's marks."""

from leaflet.sheet.impose import impose

__all__ = ["impose"]

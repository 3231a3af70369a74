"""Panel PDF to sheet PDF: imposition in fold order, with bleed and printer's marks."""

from leaflet.sheet.booklet import pages_inside, section_warning
from leaflet.sheet.external import impose_file
from leaflet.sheet.impose import impose
from leaflet.sheet.placement import SheetSide, place, turning_words
from leaflet.sheet.summary import describe_sheets
from leaflet.sheet.text_paths import OutlineFont

__all__ = [
    "OutlineFont",
    "SheetSide",
    "describe_sheets",
    "impose",
    "impose_file",
    "pages_inside",
    "place",
    "section_warning",
    "turning_words",
]

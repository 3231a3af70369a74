"""WeasyPrint behind one interface: pages in, boxes and PDF out. No other package imports WeasyPrint or pydyf."""

from leaflet.weasy.fetch import shown_address
from leaflet.weasy.font_hashes import bundled_font_hashes, pango_version
from leaflet.weasy.fonts import extra_for, font_css, own_font_css
from leaflet.weasy.installed import tested_warning
from leaflet.weasy.laid_out import LaidOut, Message, PlacedImage, Unserved, Written
from leaflet.weasy.measure import Excess, PageArea, PageMeasure, PagePiece, body_points
from leaflet.weasy.open_page import OpenPage
from leaflet.weasy.renderer import Renderer
from leaflet.weasy.types import Element
from leaflet.weasy.web_fonts import WebFonts
from leaflet.weasy.writer.pdf_writer import PdfDetails

__all__ = [
    "Element",
    "Excess",
    "LaidOut",
    "Message",
    "OpenPage",
    "PageArea",
    "PageMeasure",
    "PagePiece",
    "PdfDetails",
    "PlacedImage",
    "Renderer",
    "Unserved",
    "WebFonts",
    "Written",
    "body_points",
    "bundled_font_hashes",
    "extra_for",
    "font_css",
    "own_font_css",
    "pango_version",
    "shown_address",
    "tested_warning",
]

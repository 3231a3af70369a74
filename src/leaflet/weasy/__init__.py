"""WeasyPrint behind one interface: pages in, boxes and PDF out. No other package imports WeasyPrint or pydyf."""

from leaflet.weasy.engine import bundled_fonts, captured_log, still_clock, weasyprint
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.fonts import Extra, extra_for, font_css
from leaflet.weasy.measure import PIXELS_PER_MM, Box, Excess, PageMeasure, Piece, body_points
from leaflet.weasy.renderer import VARIANT, Composer, not_laid_out
from leaflet.weasy.runs import take_apart
from leaflet.weasy.writer.page_labels import label_pages, mark_overfull
from leaflet.weasy.writer.patches import mended_writer, settle

__all__ = [
    "PIXELS_PER_MM",
    "VARIANT",
    "Box",
    "Composer",
    "Excess",
    "Extra",
    "PageMeasure",
    "Piece",
    "WorkspaceFetcher",
    "body_points",
    "bundled_fonts",
    "captured_log",
    "extra_for",
    "font_css",
    "label_pages",
    "mark_overfull",
    "mended_writer",
    "not_laid_out",
    "settle",
    "still_clock",
    "take_apart",
    "weasyprint",
]

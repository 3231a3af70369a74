"""Finished PDF files made fit for a purpose: PDF/A, PDF/X, printing inks and XMP metadata."""

from leaflet.output.colour import Press, open_press
from leaflet.output.pdfa import Attachment, archived
from leaflet.output.pdfua2 import accessible_2
from leaflet.output.pdfx import pressed
from leaflet.output.xmp import CREATOR, Standard, xmp_packet

__all__ = [
    "CREATOR",
    "Attachment",
    "Press",
    "Standard",
    "accessible_2",
    "archived",
    "open_press",
    "pressed",
    "xmp_packet",
]

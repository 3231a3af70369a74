"""Finished PDF files made fit for a purpose: PDF/A, PDF/X, printing inks and XMP metadata."""

from leaflet.output.colour import Press, open_press
from leaflet.output.pdfa import Attachment, archived
from leaflet.output.pdfx import pressed
from leaflet.output.xmp import Standard, describe

__all__ = ["Attachment", "Press", "Standard", "archived", "describe", "open_press", "pressed"]

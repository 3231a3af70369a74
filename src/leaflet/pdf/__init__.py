"""HTML to the panel PDF: bundled fonts, safe fetching, measured fit and complete tags."""

from leaflet.pdf.fit import FitReport, PanelFit
from leaflet.pdf.fonts import font_css
from leaflet.pdf.render import PanelPdf, render_panels

__all__ = ["FitReport", "PanelFit", "PanelPdf", "font_css", "render_panels"]

"""Print page to fitted, measured panels as a tagged PDF."""

from leaflet.panels.fit import FitReport, PanelFit
from leaflet.panels.render import PanelPdf, render_panels

__all__ = ["FitReport", "PanelFit", "PanelPdf", "render_panels"]

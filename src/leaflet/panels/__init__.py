"""Print page to fitted, measured panels as a tagged PDF."""

from leaflet.panels.fit import FitReport, PanelFit
from leaflet.panels.render import PanelPdf, render_panels
from leaflet.panels.source_map import SourceMap

__all__ = ["FitReport", "PanelFit", "PanelPdf", "SourceMap", "render_panels"]

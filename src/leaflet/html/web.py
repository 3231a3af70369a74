"""The web page: one standalone, responsive HTML file with machine-readable metadata."""

from __future__ import annotations

from leaflet.html.styles import Style
from leaflet.model.citation import Citations
from leaflet.model.document import Document
from leaflet.model.project import Workspace


def render_web(document: Document, citations: Citations, style: Style, *, workspace: Workspace) -> str:
    raise NotImplementedError

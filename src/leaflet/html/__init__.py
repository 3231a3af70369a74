"""A cited document in HTML: panels for the press, and one page for the web."""

from leaflet.html.cover import art_for_cover
from leaflet.html.page import render_print
from leaflet.html.web import render_web

__all__ = ["art_for_cover", "render_print", "render_web"]

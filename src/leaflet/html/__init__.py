"""A cited document in HTML: a print page of panels, one page for the web, and its text for other formats."""

from leaflet.html.code_colours import unknown_languages
from leaflet.html.dummy_pages import dummy_page, duplex_page
from leaflet.html.formatted_citation import without_number
from leaflet.html.page_resources import PageResources
from leaflet.html.pinned_sections import refuse_unknown_panels
from leaflet.html.print_pages import PageArrangement, PrintPages, estimated_fill
from leaflet.html.reading_page import render_reading
from leaflet.html.unstyled_classes import unstyled_classes
from leaflet.html.web_page import render_web

__all__ = [
    "PageArrangement",
    "PageResources",
    "PrintPages",
    "dummy_page",
    "duplex_page",
    "estimated_fill",
    "refuse_unknown_panels",
    "render_reading",
    "render_web",
    "unknown_languages",
    "unstyled_classes",
    "without_number",
]

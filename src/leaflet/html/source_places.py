"""Places in the source as attributes of HTML elements, by which messages about a page lead back to the Markdown.

``data-source="12:5"`` is the line and column of the first character of an element's text, which is written in the
source as it reads; ``data-source-end`` is the place at which the text behind the element goes on. An element whose
content leaflet makes, such as a citation, has ``data-source-of``: all of it comes from that place.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from leaflet.errors import Location
from leaflet.model.document import Block, CitationReference, FieldReference, Icon, Image, Paragraph, Text
from leaflet.model.walk import Node, children


def first_place(nodes: Iterable[Node]) -> Location | None:
    """Return the place of the first of ``nodes`` that has one, or of what it holds."""
    for node in nodes:
        match node:
            case Text() | Image() | Icon() | FieldReference() | CitationReference():
                place = node.location
            case _:
                place = first_place(children(node))
        if place is not None:
            return place
    return None


def place_of_block(node: Block) -> str:
    """Return the place of a block as its element has it, or nothing where it has none."""
    location = getattr(node, "location", None)
    if isinstance(node, Paragraph):
        location = first_place(node.children) or location
    return _point(location) if location is not None and location.line else ""


def place_attributes(start: Location | None, end: Location | None = None, *, made: bool = False) -> Markup:
    """Return the attributes for an element whose text begins at ``start`` and is followed by the text at ``end``."""
    name = "data-source-of" if made else "data-source"
    written = f' {name}="{_point(start)}"' if start is not None and start.line else ""
    if end is not None and end.line:
        written += f' data-source-end="{_point(end)}"'
    return Markup(written)  # noqa: S704 - two numbers


def _point(place: Location) -> str:
    return f"{place.line}" if place.column is None else f"{place.line}:{place.column}"

"""Traversal of an imported document, of every node in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from leaflet.interchange.imported_content import HeadingLine, PlaceName


def walk_imported(node: object) -> Iterator[object]:
    """Yield a node, or the nodes of a tuple, and everything in them, in reading order."""
    if isinstance(node, tuple):
        for part in node:
            yield from walk_imported(part)
    elif isinstance(node, Struct):
        yield node
        for name in node.__struct_fields__:
            yield from walk_imported(getattr(node, name))


def place_names(blocks: tuple[object, ...]) -> set[str]:
    """Return the names of all places in blocks: bookmarks in the text, and those of headings."""
    found: set[str] = set()
    for node in walk_imported(blocks):
        if isinstance(node, PlaceName):
            found.add(node.name)
        elif isinstance(node, HeadingLine):
            found.update(node.names)
    return found

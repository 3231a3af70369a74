"""From an element of a page back to its line in the source and the section it stands in."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import urljoin

from leaflet.errors import Location

Element: TypeAlias = Any
"""An ``xml.etree`` element, as WeasyPrint keeps it."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SOURCE_LINE = "data-source-line"


class Finder:
    """Answers questions about one HTML tree; the tables it needs are built when the first question comes."""

    def __init__(self, root: Element, source: str) -> None:
        self._root = root
        self._source = source

    @cached_property
    def _parents(self) -> dict[int, Element]:
        return {id(child): parent for parent in self._root.iter() for child in parent}

    @cached_property
    def _order(self) -> list[Element]:
        return list(self._root.iter())

    def location(self, element: Element | None) -> Location | None:
        """Where ``element`` comes from: the nearest ``data-source-line``, or the source as a whole."""
        while element is not None:
            line = str(element.get(SOURCE_LINE) or "")
            if line.isdecimal():
                return Location(file=self._source, line=int(line))
            element = self._parents.get(id(element))
        return Location(file=self._source) if self._source else None

    def heading(self, element: Element | None) -> str | None:
        """The text of the heading that ``element`` stands under, in the nearest part of the page that has one."""
        while element is not None:
            parent = self._parents.get(id(element))
            if element.tag in HEADINGS:
                return _text(element)
            before = _children_up_to(parent, element) if parent is not None else []
            found = next((heading for child in reversed(before) if (heading := _own_heading(child)) is not None), None)
            if found is not None:
                return _text(found)
            element = parent
        return None

    def with_address(self, url: str, base: str) -> tuple[Element | None, str | None]:
        """The first element that names ``url`` in an attribute or its CSS, and how it writes it, where it is clear."""
        tail = url.rsplit("/", 1)[-1]
        loose = None
        for element in self._order:
            for value in element.attrib.values():
                if value == url or urljoin(base, value) == url:
                    return element, value
            css = element.get("style", "") + (element.text or "" if element.tag == "style" else "")
            if loose is None and tail and tail in css:
                loose = element
        return loose, None

    def with_text(self, part: str) -> Element | None:
        """The first element whose own text holds ``part``."""
        for element in self._order:
            if element.tag in {"style", "script"} or not isinstance(element.tag, str):
                continue
            if part in (element.text or "") or any(part in (child.tail or "") for child in element):
                return element
        return None


def _children_up_to(parent: Element, child: Element) -> list[Element]:
    children = list(parent)
    return children[: children.index(child)]


def _own_heading(element: Element) -> Element | None:
    """The heading that ``element`` is, or holds as the header of the part that follows."""
    if element.tag in HEADINGS:
        return element
    if element.tag in {"header", "hgroup"}:
        return next((child for child in reversed(list(element.iter())) if child.tag in HEADINGS), None)
    return None


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())

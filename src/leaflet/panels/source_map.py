"""Source map of a page: from an element back to its line and column in the Markdown, and to its section.

The places are attributes of the elements (``leaflet.html.source_places``): ``data-source`` for text that the source
holds as it reads, ``data-source-end`` for the text behind an element, ``data-source-of`` for what leaflet makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from msgspec import Struct

from leaflet.errors import Location
from leaflet.model.metadata import Metadata

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TEXT, BEHIND, MADE = "data-source", "data-source-end", "data-source-of"
POINT = re.compile(r"(\d+)(?::(\d+))?")
INLINE = frozenset("a abbr b bdi bdo cite code del em i img kbd mark q s small span strong sub sup time u var".split())
"""Elements within a line: the lines of their text go on where those of the block around them begin."""
PARTS = INLINE | HEADINGS | frozenset({"li", "td", "th", "dt", "caption", "figcaption"})
"""Elements that are reported together with the block around them."""
WORD = re.compile(r"\w[\w’'-]*")
BETWEEN = r"[\W_]+"
"""Between two words: spaces, the end of a line, and stops."""
PLURALS = {"author": "authors"}
"""Keys of the front matter that have another name in the metadata."""


class Point(Struct, frozen=True, kw_only=True):
    """A line and a column, both counted from 1; the column may be unknown."""

    line: int
    column: int | None

    def after(self, text: str, indent: int | None) -> Point:
        """Return the point behind ``text``, whose further lines begin at the column ``indent``."""
        lines = text.count("\n")
        column = indent if lines else self.column
        width = len(text) - text.rfind("\n") - 1
        return Point(line=self.line + lines, column=None if column is None else column + width)


class TextRun(Struct, frozen=True, kw_only=True):
    """Text directly in an element, up to the next element in it or its end."""

    element: Element
    text: str
    start: Point
    made: bool
    """The source holds something else at this point, from which the text was made."""


class SourceMap:
    """Index of the places in one HTML tree; each table is built when it is first used."""

    def __init__(self, root: Element, source: str, metadata: Metadata | None = None) -> None:
        self._root = root
        self._source = source
        self._metadata = metadata

    @cached_property
    def _parents(self) -> dict[int, Element]:
        return {id(child): parent for parent in self._root.iter() for child in parent}

    @cached_property
    def _order(self) -> list[Element]:
        return list(self._root.iter())

    def location(self, element: Element | None, text: str | None = None) -> Location | None:
        """Return the place of ``element`` in the source, or the source as a whole where it has none.

        With ``text``, words that are printed in it, it is the place of these words, if they are found.
        """
        placed = self._placed(element)
        point = _point(placed) if placed is not None else None
        if element is None or placed is None or point is None:
            return Location(file=self._source) if self._source else None
        if text:
            point = self._of_words(element, text) or point
        return Location(file=self._source, line=point.line, column=point.column)

    def block(self, element: Element | None) -> str | None:
        """Return the place of the paragraph, list, table or picture that ``element`` is part of."""
        point = self._point_of_block(element)
        return None if point is None else str(point)

    def line_of_block(self, element: Element | None) -> int | None:
        """Return the line at which the paragraph, list, table or picture begins that ``element`` is part of."""
        point = self._point_of_block(element)
        return None if point is None else point.line

    def _point_of_block(self, element: Element | None) -> Point | None:
        placed = self._placed(element)
        while placed is not None and placed.tag in PARTS:
            placed = self._placed(self._parents.get(id(placed)))
        return None if placed is None else _point(placed)

    def is_heading(self, element: Element | None) -> bool:
        """Return whether ``element`` is a heading or in one."""
        return self._around(element, HEADINGS) is not None

    def heads(self, heading: Element | None, element: Element | None) -> bool:
        """Return whether ``element`` belongs to what ``heading`` is the heading of."""
        found = self._around(heading, HEADINGS)
        section = self._parents.get(id(found)) if found is not None else None
        while element is not None and element is not section:
            element = self._parents.get(id(element))
        return element is not None

    def is_raised(self, element: Element | None) -> bool:
        """Return whether ``element`` is above or below the line, as the number of a note is, or in a drawing."""
        return self._around(element, frozenset({"sup", "sub", "svg"})) is not None

    def paragraph(self, element: Element | None) -> str | None:
        """Return an identity of the paragraph or list item that ``element`` is in; None elsewhere."""
        found = self._around(element, frozenset({"p", "li", "dd"}))
        return None if found is None else str(id(found))

    def table(self, element: Element | None) -> Element | None:
        """Return the table that ``element`` is in."""
        return self._around(element, frozenset({"table"}))

    def with_class(self, name: str) -> tuple[Element, ...]:
        """Return the elements of a class."""
        return tuple(element for element in self._order if name in (element.get("class") or "").split())

    def entries_of(self, name: str) -> int:
        """Return the number of terms in the elements of a class."""
        return sum(child.tag == "dt" for element in self.with_class(name) for child in element.iter())

    def is_within(self, element: Element | None, name: str) -> bool:
        """Return whether ``element`` has a class or is in an element that has it."""
        while element is not None and not _has_class(element, name):
            element = self._parents.get(id(element))
        return element is not None

    def _around(self, element: Element | None, tags: frozenset[str]) -> Element | None:
        """Return the nearest element with one of ``tags``: ``element`` or one around it."""
        while element is not None and _local(element.tag) not in tags:
            element = self._parents.get(id(element))
        return element

    def character(self, character: str) -> Location | None:
        """Return the place of ``character``, in the front matter or the text; else the source as a whole."""
        near = Location(file=self._source) if self._source else None
        for element in self._with_text(character):
            if self._placed(element) is None:
                found = _in_front_matter(self._metadata, character) if self._metadata else None
                if found is not None:
                    return found
                continue
            point = self._of_pattern(element, re.escape(character), made=False)
            if point is not None:
                return Location(file=self._source, line=point.line, column=point.column)
            near = self.location(element) if near is None or near.line is None else near
        return near

    def _placed(self, element: Element | None) -> Element | None:
        """Return the nearest element that has a place: ``element`` or one around it."""
        while element is not None and _point(element) is None:
            element = self._parents.get(id(element))
        return element

    def _of_words(self, element: Element, text: str) -> Point | None:
        """Return the point of the first words of ``text`` in ``element``."""
        words = WORD.findall(text.replace("\u00ad", "").rstrip("-‐ "))
        tried = (BETWEEN.join(map(re.escape, words[:count])) for count in (4, 2, 1) if words)
        return next((point for pattern in tried if (point := self._of_pattern(element, pattern, made=True))), None)

    def _of_pattern(self, element: Element, pattern: str, *, made: bool) -> Point | None:
        """Return the point of ``pattern`` in the text of ``element``; with ``made`` also in text that leaflet made."""
        block = self._placed(element)
        while block is not None and (block.tag in INLINE or _point(block) is None):
            outer = self._parents.get(id(block))
            if self._placed(outer) is None:
                break
            block = outer
        start = _point(block) if block is not None else None
        if block is None or start is None:
            return None
        for run in _runs(block, start, start.column, made=False):
            found = re.search(pattern, run.text) if run.element is element and (made or not run.made) else None
            if found:
                return run.start if run.made else run.start.after(run.text[: found.start()], start.column)
        return None

    def pinned(self, element: Element | None) -> bool:
        """Return whether ``element`` is in a section that its author has pinned to a panel."""
        while element is not None:
            parent = self._parents.get(id(element))
            if _has_class(element, "sec") and parent is not None and _has_class(parent, "panel-top"):
                return True
            element = parent
        return False

    def pinned_to(self, panel: str) -> list[str]:
        """Return the headings of the sections that are pinned to the panels called ``panel``."""
        tops = [
            top
            for element in self._order
            if _has_class(element, f"panel-{panel}")
            for top in element
            if _has_class(top, "panel-top")
        ]
        sections = [section for top in tops for section in top if _has_class(section, "sec")]
        return [_text(heading) for section in sections for heading in section if heading.tag in HEADINGS]

    def heading(self, element: Element | None) -> str | None:
        """Return the text of the heading above ``element``, in the nearest part of the page that has one."""
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
        """Return the first element with ``url`` in an attribute or its CSS, and how it writes it, where it is clear."""
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

    def _with_text(self, part: str) -> Iterator[Element]:
        """Yield each element whose own text holds ``part``."""
        for element in self._order:
            if element.tag in {"style", "script"} or not isinstance(element.tag, str):
                continue
            if part in (element.text or "") or any(part in (child.tail or "") for child in element):
                yield element


def _local(tag: object) -> str:
    """Return the name of a tag without its namespace."""
    return str(tag).rpartition("}")[2]


def _point(element: Element) -> Point | None:
    """Return the point at which the text of ``element`` begins in the source, where it is known."""
    found = POINT.fullmatch(element.get(TEXT) or element.get(MADE) or "")
    return Point(line=int(found[1]), column=int(found[2]) if found[2] else None) if found else None


def _runs(element: Element, point: Point, indent: int | None, *, made: bool) -> Iterator[TextRun]:
    """Yield the text in ``element``, which begins at ``point``, run by run."""
    if TEXT in element.attrib:
        made = False
    elif MADE in element.attrib or element.tag not in INLINE:
        made = True
    yield TextRun(element=element, text=element.text or "", start=point, made=made)
    point = point if made else point.after(element.text or "", indent)
    for child in element:
        if child.tag == "br":
            point = Point(line=point.line + 1, column=indent)
        for run in _runs(child, _point(child) or point, indent, made=made):
            yield run
            point = run.start if run.made else run.start.after(run.text, indent)
        end = POINT.fullmatch(child.get(BEHIND) or "")
        if end:
            point = Point(line=int(end[1]), column=int(end[2]) if end[2] else None)
        yield TextRun(element=element, text=child.tail or "", start=point, made=made)
        point = point if made else point.after(child.tail or "", indent)


def _in_front_matter(metadata: Metadata, part: str) -> Location | None:
    """Return the place of the first value of the front matter that holds ``part``."""
    found = (place for key, place in metadata.places.items() if part in _text_at(metadata, key))
    return next(found, None)


def _text_at(metadata: Metadata, key: str) -> str:
    """Return the text at a dotted key such as ``author.0.given``; empty where there is none."""
    value: object = metadata
    for name in key.split("."):
        if isinstance(value, tuple):
            value = value[int(name)] if name.isdecimal() and int(name) < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, Struct):
            value = getattr(value, PLURALS.get(name, name.replace("-", "_")), None)
    return value if isinstance(value, str) else ""


def _has_class(element: Element, name: str) -> bool:
    return name in str(element.get("class") or "").split()


def _children_up_to(parent: Element, child: Element) -> list[Element]:
    children = list(parent)
    return children[: children.index(child)]


def _own_heading(element: Element) -> Element | None:
    """Return the heading that ``element`` is, or holds as the header of the part that follows."""
    if element.tag in HEADINGS:
        return element
    if element.tag in {"header", "hgroup"}:
        return next((child for child in reversed(list(element.iter())) if child.tag in HEADINGS), None)
    return None


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())

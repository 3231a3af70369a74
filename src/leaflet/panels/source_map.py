"""From an element of a page back to its line in the source and the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urljoin

from leaflet.errors import Location, UnsafeError
from leaflet.files import read_utf8

Element: TypeAlias = Any
"""An ``xml.etree`` element, as WeasyPrint keeps it."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SOURCE_LINE = "data-source-line"
FARTHEST = 400
"""How many lines below the start of a block its words are looked for."""
WORD = re.compile(r"\w[\w’'-]*")
BETWEEN = r"[\W_]+"
"""Between two words of a source: spaces, the end of a line, and marks such as ``**``."""


class Finder:
    """Answers questions about one HTML tree; the tables it needs are built when the first question comes."""

    def __init__(self, root: Element, source: str, file: Path | None = None, roots: Sequence[Path] = ()) -> None:
        self._root = root
        self._source = source
        self._file = file
        self._roots = roots

    @cached_property
    def _parents(self) -> dict[int, Element]:
        return {id(child): parent for parent in self._root.iter() for child in parent}

    @cached_property
    def _order(self) -> list[Element]:
        return list(self._root.iter())

    @cached_property
    def _lines(self) -> list[str]:
        """The source, line by line; nothing where it cannot be read."""
        try:
            return read_utf8(self._file, inside=self._roots).splitlines() if self._file else []
        except (OSError, UnicodeDecodeError, UnsafeError):
            return []

    def location(self, element: Element | None, text: str | None = None) -> Location | None:
        """Where ``element`` comes from: the nearest ``data-source-line``, or the source as a whole.

        With ``text``, words that are printed there, it is the line and column of these words, if they are found.
        """
        name = element.get("src", "").rpartition("/")[2] if element is not None else ""
        while element is not None:
            line = str(element.get(SOURCE_LINE) or "")
            if line.isdecimal():
                return self._within(int(line), text or name)
            element = self._parents.get(id(element))
        return Location(file=self._source) if self._source else None

    def character(self, character: str) -> Location | None:
        """Where ``character`` is printed, or where the front matter has it; the source as a whole where neither tells."""
        element = self.with_text(character)
        place = self.location(element)
        if place is None or (place.line is not None and not self._lines):
            return place
        first = (place.line or 1) - 1
        for line, text in enumerate(self._lines[first : first + FARTHEST], start=first + 1):
            if character in text:
                return Location(file=self._source, line=line, column=text.index(character) + 1)
        return place

    def _within(self, line: int, text: str) -> Location:
        """The place of ``text`` in the block that begins at ``line``, else that of the block."""
        if not 0 < line <= len(self._lines):
            return Location(file=self._source, line=line)
        block = "\n".join(self._lines[line - 1 : line - 1 + FARTHEST])
        words = WORD.findall(text.replace("\u00ad", "").rstrip("-‐ "))
        for count in (4, 2, 1):
            found = re.search(BETWEEN.join(map(re.escape, words[:count])), block) if words else None
            if found:
                before = block[: found.start()]
                column = found.start() - before.rfind("\n")
                return Location(file=self._source, line=line + before.count("\n"), column=column)
        start = self._lines[line - 1]
        return Location(file=self._source, line=line, column=len(start) - len(start.lstrip()) + 1)

    def pinned(self, element: Element | None) -> bool:
        """Whether ``element`` stands in a section that its author has pinned to a panel."""
        while element is not None:
            parent = self._parents.get(id(element))
            if _has_class(element, "sec") and parent is not None and _has_class(parent, "panel-top"):
                return True
            element = parent
        return False

    def pinned_to(self, panel: str) -> list[str]:
        """The headings of the sections that are pinned to the panels called ``panel``."""
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


def _has_class(element: Element, name: str) -> bool:
    return name in str(element.get("class") or "").split()


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

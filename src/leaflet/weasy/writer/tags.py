"""What WeasyPrint 70 leaves out of a tagged PDF, added while the file is written.

Each repair names the clause that asks for it (ISO 14289-1, PDF/UA-1, unless it says otherwise).
``tests/pdf/test_panel_tags.py`` fails when a repair is no longer needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from leaflet.weasy.fetch import SHIPPED_ROOT, WORKSPACE_ROOT
from leaflet.weasy.writer.list_tags import mend_lists

SVG = "{http://www.w3.org/2000/svg}svg"
SVG_TITLE = "{http://www.w3.org/2000/svg}title"
PX_TO_PT = 0.75
NOTHING_WHEN_EMPTY = frozenset({"/P", "/Link", "/NonStruct", "/Div", "/Span", "/Sect"})
"""Elements that are left out when nothing is in them; an empty table cell, say, keeps its place."""
THINNEST_LINK = 0.1
"""In CSS pixels: where a line breaks just before a link, WeasyPrint leaves a link without width behind."""
PRINTED = 4
"""The annotation flag "Print" (ISO 32000-1, table 165)."""


class Repairs:
    """The wrapped builder of tags for one document."""

    def __init__(self, document: Any, build: Any) -> None:
        self._heights = [page.height * PX_TO_PT for page in document.pages]
        self._build = build
        self._notes = 0
        self._terms: set[int] = set()
        self._descriptions: set[int] = set()

    def finish(self, pdf: Any) -> None:
        """The repairs that need the whole tree."""
        mend_lists(pdf, frozenset(self._terms), frozenset(self._descriptions))

    def build(
        self, box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, tags: Any
    ) -> Iterator[Any]:
        """The structure elements of ``box``, repaired."""
        box = getattr(box, "_box", box)
        if type(box).__name__ == "MarginBox" or is_decoration(box):
            for part in _within(box):
                if kid := tags.pop(part, None):
                    nums[kid["mcid"]] = b"null"
            return
        if box.link_annotation:
            box.link_annotation["F"] = PRINTED  # 7.18.1: what is on the screen is on paper
        for element in self._build(box, parent, pdf, page, nums, annotations, tags):
            if isinstance(getattr(box.element, "tag", None), str):
                self._repair(element, box, page)
            if type(box).__name__ == "FootnoteAreaBox":
                self._make_notes(element, pdf)
            if element["K"] or element["S"] not in NOTHING_WHEN_EMPTY:
                yield element

    def _repair(self, element: Any, box: Any, page: int) -> None:
        source, kind = box.element, element["S"]
        if "::" not in box.element_tag and (lang := source.get("lang")) and box.element_tag not in ("html", "body"):
            element["Lang"] = pydyf.String(lang)  # 7.2: a change of language is declared
        if kind == "/TH":  # 7.5: headers have a scope
            element["A"]["Scope"] = "/Row" if source.get("scope") in ("row", "rowgroup") else "/Column"
        elif kind == "/Figure" and "A" in element:  # ISO 32000-1, 14.8.5.4.3: points, from the bottom
            left, top, right, bottom = element["A"]["BBox"]
            height = self._heights[page]
            element["A"]["BBox"] = pydyf.Array(
                round(v, 3)
                for v in (left * PX_TO_PT, height - bottom * PX_TO_PT, right * PX_TO_PT, height - top * PX_TO_PT)
            )
        elif kind == "/LI" and box.element_tag in ("dt", "dd"):
            (self._terms if box.element_tag == "dt" else self._descriptions).add(element.number)
        elif kind == "/NonStruct" and box.element_tag == "figure" and (label := source.get("aria-label")):
            element["Alt"] = pydyf.String(label)

    def _make_notes(self, area: Any, pdf: Any) -> None:
        """7.9: each footnote is a Note with an ID of its own."""
        for reference in area["K"]:
            if isinstance(reference, bytes):
                note = pdf.objects[int(reference.split()[0])]
                self._notes += 1
                note["S"] = "/Note"
                note["ID"] = pydyf.String(f"note-{self._notes}")


def artifacts(page: Any) -> Iterator[Any]:
    """7.1: what is no content (running heads, page numbers, ornaments) is an artifact: the boxes that make it."""
    for box in page.descendants(placeholders=True):
        box = getattr(box, "_box", box)
        if type(box).__name__ == "MarginBox" or is_decoration(box):
            yield from _within(box)


def _within(box: Any) -> Iterator[Any]:
    parts = box.descendants(placeholders=True) if hasattr(box, "descendants") else (box,)
    return (getattr(part, "_box", part) for part in parts)


def is_decoration(box: Any) -> bool:
    """Whether an image says nothing: drawn inside the page without a title, hidden, or with an empty alt text."""
    if not hasattr(box, "replacement") or box.element is None:
        return False
    element = box.element
    if element.get("aria-hidden") == "true":
        return True
    if element.tag == SVG:
        title = element.find(SVG_TITLE)
        return title is None or not (title.text or "").strip()
    return bool(element.get("alt") == "")


def one_per_link(links: list[Any]) -> list[Any]:
    """7.18.5: one annotation for each link on a line; WeasyPrint makes one more for every box inside it."""
    kept: list[list[Any]] = []
    for kind, target, area, box in links:
        if area[2] - area[0] < THINNEST_LINK:
            continue
        target = target.removeprefix(WORKSPACE_ROOT).removeprefix(SHIPPED_ROOT)
        if kept and _is_part_of(kept[-1], target, box):
            kept[-1][2] = _around(kept[-1][2], area)
        else:
            kept.append([kind, target, area, box])
    return [tuple(link) for link in kept]


def _is_part_of(last: list[Any], target: str, box: Any) -> bool:
    """Whether ``box`` stands inside the link ``last``, or is the line inside a link that is a block."""
    if last[1] != target:
        return False
    return box.element_tag != "a" or (last[3].element is box.element and type(last[3]) is not type(box))


def _around(one: Any, other: Any) -> tuple[float, float, float, float]:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))

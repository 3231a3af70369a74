"""Repairs of what WeasyPrint 70 leaves out of a tagged PDF, made while the file is written.

Each repair names the clause that asks for it (ISO 14289-1, PDF/UA-1, unless it says otherwise). A test fails when
WeasyPrint makes a repair unnecessary; see docs/upstream/tags.md.

A feature of quality: without it, a PDF has the tags that WeasyPrint makes, and does not claim to be PDF/UA.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import pydyf

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.fetch import SHIPPED_ROOT
from leaflet.weasy.fonts import WORKSPACE_ROOT
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, Box, Element, Pdf, PdfDictionary, WeasyDocument
from leaflet.weasy.writer.artifacts import is_artifact, parts_of
from leaflet.weasy.writer.list_tags import mend_lists

import weasyprint.pdf as writer  # isort: skip
import weasyprint.pdf.tags as tree  # isort: skip

PX_TO_PT = 0.75
NOTHING_WHEN_EMPTY = frozenset({"/P", "/Link", "/NonStruct", "/Div", "/Span", "/Sect"})
"""Elements that are left out when nothing is in them; an empty table cell, say, keeps its place."""
CONTENTS = {"toc": "/TOC", "toc-entry": "/TOCI"}
"""The elements of a table of contents (ISO 32000-1, 14.8.4.2), by the class of the HTML element."""
THINNEST_LINK = 0.1
"""In CSS pixels: where a line breaks just before a link, WeasyPrint leaves a link without width behind."""
FORMULAS = frozenset({"math-inline", "math-display"})
"""The classes of the pictures that are formulas (``html/math_html.py``)."""
CODE = {"pre": "/P", "code": "/Code"}
"""The elements of code (ISO 32000-1, 14.8.4.4.1); Code is part of a line, so a block of it is in a paragraph."""
LISTS = {"ol": "/Ordered", "ul": "/Unordered", "dl": "/Description"}
"""The kinds of lists (ISO 32000-2, table 382), by the element of HTML."""
PRINTED = 4
"""The annotation flag "Print" (ISO 32000-1, table 165)."""

Rectangle: TypeAlias = tuple[float, float, float, float]
Link: TypeAlias = tuple[str, str, Rectangle, Box]
Build: TypeAlias = Callable[..., Iterator[PdfDictionary]]


class TagRepair:
    """Repair of the tags of one document."""

    def __init__(self, document: WeasyDocument, *, for_ua_2: bool = False) -> None:
        self._for_ua_2 = for_ua_2
        self._targets: set[str] = set()
        self._heights = [page.height * PX_TO_PT for page in document.pages]
        self._notes = 0
        self._terms: set[int] = set()
        self._descriptions: set[int] = set()

    def replacements(self) -> tuple[Replacement, ...]:
        """Return the replacements that repair the tags and links of each page."""
        return (
            Replacement(owner=tree, name="_build_box_tree", make=self._repairing),
            Replacement(owner=writer, name="add_links", make=_merging),
        )

    def finish(self, pdf: Pdf) -> None:
        """Make the repairs that need the whole tree."""
        mend_lists(pdf, frozenset(self._terms), frozenset(self._descriptions))

    def _repairing(self, build_plain: Build) -> Build:
        def build(
            box: Box, parent: Anything, pdf: Pdf, page: int, nums: Anything, annotations: Anything, tags: Anything
        ) -> Iterator[PdfDictionary]:
            """Yield the structure elements of ``box``, repaired."""
            box = getattr(box, "_box", box)
            if is_artifact(box):
                for part in parts_of(box):
                    if kid := tags.pop(part, None):
                        nums[kid["mcid"]] = b"null"
                return
            if box.link_annotation:
                box.link_annotation["F"] = PRINTED  # 7.18.1: what is on the screen is on paper
            for element in build_plain(box, parent, pdf, page, nums, annotations, tags):
                if isinstance(getattr(box.element, "tag", None), str):
                    self._repair(element, box, page)
                if type(box).__name__ == "FootnoteAreaBox":
                    self._make_notes(element, pdf)
                if element["K"] or element["S"] not in NOTHING_WHEN_EMPTY:
                    yield element

        return build

    def _repair(self, element: PdfDictionary, box: Box, page: int) -> None:
        source, kind = box.element, element["S"]
        if self._for_ua_2:
            self._prepare(element, source, box.element_tag)
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
            if FORMULAS & set((source.get("class") or "").split()):
                element["S"] = "/Formula"  # 7.7: mathematics is tagged as such, with its words
                if tex := source.get("title"):
                    element["T"] = pydyf.String(tex)
        elif kind == "/Div" and (role := CONTENTS.get(source.get("class", "").partition(" ")[0])):
            element["S"] = role
        elif kind == "/LI" and box.element_tag in ("dt", "dd"):
            (self._terms if box.element_tag == "dt" else self._descriptions).add(element.number)
        elif kind == "/NonStruct" and (role := CODE.get(box.element_tag)):
            element["S"] = role
        elif kind == "/NonStruct" and box.element_tag == "figure" and (label := source.get("aria-label")):
            element["Alt"] = pydyf.String(label)

    def _prepare(self, element: PdfDictionary, source: Element, tag: str) -> None:
        """Add what PDF/UA-2 asks for and only the page knows: the targets of links and the kinds of lists."""
        name = source.get("id")
        if name and "::" not in tag and name not in self._targets:
            self._targets.add(name)
            element["ID"] = pydyf.String(f"#{name}")  # ISO 14289-2, 8.8: links lead to elements
        if element["S"] == "/L" and (kind := LISTS.get(tag)):
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind})  # 8.2.5.25

    def _make_notes(self, area: PdfDictionary, pdf: Pdf) -> None:
        """Make each footnote a Note with an ID of its own (PDF/UA-1, 7.9)."""
        for reference in area["K"]:
            if isinstance(reference, bytes):
                note = pdf.objects[int(reference.split()[0])]
                self._notes += 1
                note["S"] = "/Note"
                note["ID"] = pydyf.String(f"note-{self._notes}")


def _merging(add_links: Callable[..., None]) -> Callable[..., None]:
    def add(links_and_anchors: tuple[Sequence[Link], Anything], *rest: Anything) -> None:
        links, anchors = links_and_anchors
        add_links((one_per_link(links), anchors), *rest)

    return add


def one_per_link(links: Sequence[Link]) -> list[Link]:
    """Return one annotation for each link on a line (7.18.5); WeasyPrint makes one more for every box inside it."""
    merged: list[Link] = []
    for kind, address, area, box in links:
        if area[2] - area[0] < THINNEST_LINK:
            continue
        target = address.removeprefix(WORKSPACE_ROOT).removeprefix(SHIPPED_ROOT)
        if merged and _is_part_of(merged[-1], target, box):
            before, _, around, owner = merged[-1]
            merged[-1] = (before, target, _union(around, area), owner)
        else:
            merged.append((kind, target, area, box))
    return merged


def _is_part_of(last: Link, target: str, box: Box) -> bool:
    """Return whether ``box`` is inside the link ``last``, or is the line inside a link that is a block."""
    if last[1] != target:
        return False
    return box.element_tag != "a" or (last[3].element is box.element and type(last[3]) is not type(box))


def _union(one: Rectangle, other: Rectangle) -> Rectangle:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))

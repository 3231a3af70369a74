"""Estimate of the height that content needs, from its words: good enough to choose a panel, never to decide a fit.

The layout engine measures the result. Before that, the html stage must decide where sections begin and which panel
takes a part for which another is too small; a designer judges that by eye, this module by counting characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import assert_never

from msgspec import Struct

from leaflet.model.chart_data import ChartKind
from leaflet.model.citation import Citations, FormattedReference
from leaflet.model.document import (
    AtAGlance,
    Block,
    Callout,
    Chart,
    CitationReference,
    CodeBlock,
    ContactBlock,
    DefinitionList,
    Division,
    EventBlock,
    Figure,
    Footnote,
    IconArray,
    List,
    MailingPanel,
    Paragraph,
    Quote,
    ReferenceList,
    SafeHtml,
    Section,
    Statistic,
    Table,
    ThematicBreak,
    Timeline,
    WriteIn,
)
from leaflet.model.fold import POINT, Millimetres
from leaflet.model.reference_lists import may_hold
from leaflet.model.walk import Node, plain_text, walk

CITATION = 16
"""Characters of an ordinary in-text citation."""
DRAWN_PEOPLE: Millimetres = 50.7
"""The height of a hundred drawn people."""
MAILING: Millimetres = 100
"""The height of a mailing panel."""


class Column(Struct, frozen=True, kw_only=True):
    """The column that content is set in; sizes are points, the width is millimetres."""

    width: Millimetres
    sizes: Mapping[str, float]
    character: float
    """Mean width of a character of running text in its face, in ems."""

    @property
    def line(self) -> Millimetres:
        """Return the height of a line of the text."""
        return self.sizes["line"] * POINT

    @property
    def characters(self) -> float:
        """Return the number of characters of the text on a line."""
        return self.width / (self.sizes["body"] * POINT * self.character)

    def lines(self, characters: float, size: str = "body", share: float = 1.0) -> int:
        """Return how many lines that many characters take in a given size, on a share of the width."""
        most = self.width * share / (self.sizes[size] * POINT * self.character)
        return max(1, ceil(characters / max(most, 1)))

    def fine(self, characters: float, share: float = 1.0) -> Millimetres:
        """Return the height of a paragraph in fine print."""
        return self.lines(characters, "fine", share) * self.sizes["fine"] * 1.22 * POINT


def room_for(nodes: Iterable[Block], column: Column, citations: Citations) -> Millimetres:
    """Return the height that ``nodes`` take in ``column``."""
    return sum(_height(node, column, citations) for node in nodes)


def characters(nodes: Iterable[Node]) -> int:
    """Return the number of characters of text, with something for each citation."""
    listed = tuple(nodes)
    return len(plain_text(listed)) + CITATION * sum(isinstance(node, CitationReference) for node in walk(listed))


def _height(node: Block, column: Column, citations: Citations) -> Millimetres:  # noqa: C901 - one case for each block
    line = column.line
    match node:
        case Paragraph():
            return (column.lines(characters(node.children)) + 0.5) * line + _notes(node, column)
        case Section():
            return 2.6 * line + room_for(node.blocks, column, citations)
        case List():
            return sum(_item(item.blocks, column, citations) for item in node.items) + 0.5 * line
        case DefinitionList():
            return sum(
                line + sum(room_for(part, column, citations) for part in item.descriptions) for item in node.items
            )
        case Quote() | Division():
            shared = 0.55 if isinstance(node, Division) and "two" in node.attributes.classes else 1.0
            return room_for(node.blocks, column, citations) * shared
        case CodeBlock():
            return (len(node.text.splitlines()) + 1.5) * line
        case ThematicBreak():
            return 2 * line
        case Table():
            return _table(node, column)
        case Figure():
            caption = column.lines(characters(node.caption), "small") * 0.875 * line if node.caption else 0.0
            return column.width * 0.4 + caption + 1.6 * line
        case Callout():
            return 3.25 * line + room_for(node.blocks, column, citations)
        case AtAGlance():
            rows = sum(column.lines(characters(fact.children) * 1.2, share=0.8) + 1 for fact in node.facts)
            return (2.75 + rows * 1.125) * line + room_for(node.blocks, column, citations)
        case Statistic():
            return (1.75 + max(2, column.lines(characters(node.children), share=0.65))) * line
        case Timeline():
            return 4.25 * line if len(node.steps) <= 3 else 2.5 * line * len(node.steps)
        case WriteIn():
            return (2 + 2 * len(node.lines)) * line
        case ContactBlock():
            return 5 * line
        case IconArray():
            return max(DRAWN_PEOPLE, room_for(node.blocks, column, citations)) + 1.25 * line
        case Chart():
            rows = len(node.data.categories) if node.kind is ChartKind.BARS else 10
            words = column.lines(characters(node.heading)) + column.lines(characters(node.caption), "small")
            return (rows * 0.65 + words + 1.5) * line
        case EventBlock():
            return 6 * line
        case MailingPanel():
            return MAILING
        case ReferenceList():
            entries = [entry for entry in citations.references if may_hold(node, entry)]
            return 2 * line + references_room(entries, column) + room_for(node.blocks, column, citations)
        case SafeHtml():
            return (column.lines(len(node.html) * 0.7) + 0.5) * line
        case _:
            assert_never(node)


def _item(blocks: tuple[Block, ...], column: Column, citations: Citations) -> Millimetres:
    """Return the height of a list item: its first paragraph sets no space below."""
    height = 0.0
    for block in blocks:
        if isinstance(block, Paragraph):
            height += column.lines(characters(block.children), share=0.93) * column.line
        else:
            height += _height(block, column, citations)
    return height


def _notes(node: Paragraph, column: Column) -> Millimetres:
    return sum(column.fine(characters(found.blocks)) for found in walk(node.children) if isinstance(found, Footnote))


def _table(node: Table, column: Column) -> Millimetres:
    share = 1 / max(len(node.alignments), 1)
    rows = [[characters(cell.children) for cell in row] for row in (node.head, *node.rows)]
    lines = sum(max((column.lines(cell, "small", share * 0.95) for cell in row), default=0) + 0.6 for row in rows)
    return (lines * 0.875 + 1.25) * column.line


def references_room(entries: Iterable[FormattedReference], column: Column) -> Millimetres:
    """Return the height of a list of references without its heading."""
    return sum(column.fine(len(entry.text or entry.html), 0.93) + 0.25 * column.line for entry in entries)

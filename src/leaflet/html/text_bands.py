"""Text in columns: bands of columns between blocks that need the whole width of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from leaflet.html.height_estimate import Column, characters
from leaflet.html.render_blocks import TOP, blocks, section
from leaflet.html.render_inlines import HtmlContext
from leaflet.html.tables import least_width
from leaflet.model.document import Block, Figure, Paragraph, SafeHtml, Section, Table, Timeline
from leaflet.model.walk import plain_text, walk

MANY_COLUMNS = 5
"""A table of so many columns needs the whole width."""
FEW_COLUMNS = 3
"""A table of fewer stays in its column, however long its texts are."""
MOST_LINES = 2
"""In a row of a table in a column."""
MANY_STEPS = 4
"""So many steps of a timeline are set beside each other over the whole width."""
LONGEST_STEP = 80
"""In characters: longer steps are set below each other, in a column."""
LONG = 420
"""In characters: a paragraph of less, alone between blocks of the whole width, is not divided into columns."""


def text_in_bands(nodes: Sequence[Block], context: HtmlContext, column: Column, *, level: int = TOP) -> Markup:
    """Return ``nodes`` in columns; what is wider than a column is between them, over the whole width.

    A section that holds something wide has its heading over the whole width, and its text in bands of its own.
    """
    written: list[Markup] = []
    for wide, run in groupby(nodes, key=lambda node: _holds_wide(node, column)):
        if not wide:
            written.append(_columns(tuple(run), context, level=level))
            continue
        written.extend(
            section(node, context, text_in_bands(node.blocks, context, column, level=level + 1), "span", level=level)
            if isinstance(node, Section)
            else blocks((node,), context, level=level)
            for node in run
        )
    return Markup("\n").join(written)


def _holds_wide(node: Block, column: Column) -> bool:
    return any(needs_whole_width(inner, column) for inner in walk((node,)))


def needs_whole_width(node: object, column: Column) -> bool:
    """Return whether a block is better set over the whole width of a page than in ``column``."""
    match node:
        case Table():
            return (
                "wide" in node.attributes.classes
                or len(node.alignments) >= MANY_COLUMNS
                or least_width(node) > column.characters
                or _is_cramped(node, column)
            )
        case SafeHtml():
            rows = node.html.split("<tr")
            return max(row.count("<td") + row.count("<th") for row in rows) >= MANY_COLUMNS
        case Timeline():
            steps = [len(plain_text(step.children)) for step in node.steps]
            return len(steps) >= MANY_STEPS and max(steps, default=0) <= LONGEST_STEP and len(steps) <= MANY_STEPS + 2
        case Figure():
            return "wide" in node.attributes.classes
        case _:
            return False


def _is_cramped(node: Table, column: Column) -> bool:
    """Return whether most rows of a table would be high and narrow in one of the columns."""
    count = len(node.alignments)
    if count < FEW_COLUMNS:
        return False
    rows = [
        max((column.lines(characters(cell.children), "small", 0.95 / count) for cell in row), default=0)
        for row in node.rows
    ]
    return 2 * sum(lines > MOST_LINES for lines in rows) > len(rows)


def _columns(nodes: Sequence[Block], context: HtmlContext, *, level: int) -> Markup:
    inner = blocks(nodes, context, level=level)
    short = all(isinstance(node, Paragraph) for node in nodes) and len(plain_text(nodes)) < LONG
    name = "measure" if short else "columns"
    return Markup('<div class="{}">{}</div>').format(name, inner) if nodes else Markup()

"""Text in columns: bands of columns between blocks that need the whole width of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from leaflet.html.height_estimate import Column
from leaflet.html.render_blocks import blocks, least_width, section
from leaflet.html.render_inlines import HtmlContext
from leaflet.model.document import Block, Figure, Paragraph, Section, Table, Timeline
from leaflet.model.walk import plain_text, walk

MANY_COLUMNS = 5
"""A table of so many columns needs the whole width."""
MANY_STEPS = 4
"""So many steps of a timeline are set beside each other over the whole width."""
LONGEST_STEP = 80
"""In characters: longer steps are set below each other, in a column."""
LONG = 420
"""In characters: a paragraph of less, alone between blocks of the whole width, is not divided into columns."""


def text_in_bands(nodes: Sequence[Block], context: HtmlContext, column: Column) -> Markup:
    """Return ``nodes`` in columns; what is wider than a column is between them, over the whole width."""
    written: list[Markup] = []
    for wide, run in groupby(nodes, key=lambda node: _holds_wide(node, column)):
        if not wide:
            written.append(_columns(tuple(run), context, level=2))
            continue
        written.extend(
            _wide_section(node, context, column) if isinstance(node, Section) else blocks((node,), context)
            for node in run
        )
    return Markup("\n").join(written)


def _holds_wide(node: Block, column: Column) -> bool:
    return any(needs_whole_width(inner, column) for inner in walk((node,)))


def needs_whole_width(node: object, column: Column) -> bool:
    """Return whether a block is better set over the whole width of a page than in ``column``."""
    match node:
        case Table():
            if "wide" in node.attributes.classes:
                return True
            return len(node.alignments) >= MANY_COLUMNS or least_width(node) > column.characters
        case Timeline():
            steps = [len(plain_text(step.children)) for step in node.steps]
            return len(steps) >= MANY_STEPS and max(steps, default=0) <= LONGEST_STEP and len(steps) <= MANY_STEPS + 2
        case Figure():
            return "wide" in node.attributes.classes
        case _:
            return False


def _columns(nodes: Sequence[Block], context: HtmlContext, *, level: int) -> Markup:
    inner = blocks(nodes, context, level=level)
    short = all(isinstance(node, Paragraph) for node in nodes) and len(plain_text(nodes)) < LONG
    name = "measure" if short else "columns"
    return Markup('<div class="{}">{}</div>').format(name, inner) if nodes else Markup()


def _wide_section(node: Section, context: HtmlContext, column: Column) -> Markup:
    """Return a section over the whole width, its text in columns before and after blocks that need that width."""
    groups = groupby(node.blocks, key=lambda block: _holds_wide(block, column))
    inner = Markup("\n").join(
        blocks(run, context, level=3) if wide else _columns(tuple(run), context, level=3) for wide, run in groups
    )
    return section(node, context, inner, "span")

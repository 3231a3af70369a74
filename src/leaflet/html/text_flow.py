"""The text over its panels: the arrangements that are worth a layout, and its HTML in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from leaflet.composition import Arrangement, Piece, Slot, Use, arrangements, fresh_starts
from leaflet.design import PanelPart, PanelPlan
from leaflet.html.height_estimate import Column
from leaflet.html.panel_allocation import (
    FIXED,
    block_height,
    panel_column,
    part_height,
    pinned_height,
    space_between,
)
from leaflet.html.render_blocks import blocks
from leaflet.html.render_inlines import HtmlContext
from leaflet.html.source_places import place_of_block
from leaflet.html.text_bands import text_in_bands
from leaflet.model.citation import Citations
from leaflet.model.document import AtAGlance, Attributes, Block, Division, Document, Section, WriteIn
from leaflet.model.fold import LEAF_PAGES, Millimetres, Panel
from leaflet.model.layout import Layout

Arrange: TypeAlias = Callable[..., tuple[Arrangement, ...]]
"""Returns the arrangements of pieces over slots, as ``composition.arrangements`` does."""


class BodySplit(Struct, frozen=True, kw_only=True):
    """A document's blocks by where they go."""

    glances: tuple[AtAGlance, ...]
    write_ins: tuple[WriteIn, ...]
    pinned: Mapping[str, tuple[Section, ...]]
    body: tuple[Block, ...]


class Flow(Struct, frozen=True, kw_only=True):
    """The text as an arrangement divides it."""

    html: Markup
    """On the text's own panels."""
    elsewhere: Mapping[str, Markup]
    """By the name of another panel that holds sections of it."""
    spare: int = 0
    """The number of the text's own panels that are left to the reader for notes."""
    evenly: bool = False
    """True where it was divided among panels, so that lists may stay whole too."""


def panel_of_text(held: Mapping[str, Sequence[PanelPart]]) -> str:
    """Return the name of the panel that holds the text."""
    return next(name for name, parts in held.items() if PanelPart.BODY in parts)


def text_arrangements(
    document: Document,
    split: BodySplit,
    held: Mapping[str, Sequence[PanelPart]],
    plan: PanelPlan,
    citations: Citations,
    layout: Layout,
    measured: Mapping[str, Millimetres],
    pages: int = 0,
    arrange: Arrange = arrangements,
) -> tuple[Arrangement, ...]:
    """Return the arrangements of the text over its panels that are worth a layout, the cheapest first.

    Where pages repeat there is one: as the text comes, or with sections on fresh pages so that it takes ``pages``.

    Panels that "may hold" the body take sections of its beginning or end, as they come before or after it. Heights
    that were measured, by the blocks' places, count instead of estimates. ``arrange`` may know those of equal heights.
    """
    home = panel_of_text(held)
    run = [panel for panel in layout.panels if panel.name == home]
    column = panel_column(run[0], plan)
    if any(panel.repeats for panel in run):
        if not pages:
            return (AS_IT_COMES,)
        return (on_fresh_pages(document, split, held, plan, citations, layout, measured, pages),)
    parts = held[home]
    at = parts.index(PanelPart.BODY)

    def rooms(of: Sequence[PanelPart]) -> list[Piece]:
        return [_part_piece(part, document, citations, column, measured) for part in of]

    pieces = [
        *rooms(parts[:at]),
        *(_piece(node, column, citations, measured) for node in split.body),
        *rooms(parts[at + 1 :]),
    ]
    found = arrange(
        tuple(pieces),
        tuple(_slots(home, document, held, plan, citations, layout, column, measured)),
        line=column.line,
    )
    return tuple(
        replace(
            one,
            places=one.places[at : at + len(split.body)],
            starts=tuple((place - at, part) for place, part in one.starts),
        )
        for one in found
    )


def on_fresh_pages(
    document: Document,
    split: BodySplit,
    held: Mapping[str, Sequence[PanelPart]],
    plan: PanelPlan,
    citations: Citations,
    layout: Layout,
    measured: Mapping[str, Millimetres],
    pages: int,
) -> Arrangement:
    """Return the text of a booklet with sections on fresh pages, so that it takes ``pages``, or nearly; else as it comes."""
    home = panel_of_text(held)
    panel = next(panel for panel in layout.panels if panel.name == home)
    column, parts = panel_column(panel, plan), held[home]
    at = parts.index(PanelPart.BODY)

    def around(of: Sequence[PanelPart]) -> list[Piece]:
        heights = (part_height(part, document, citations, column) for part in of)
        return [Piece(height=height, may_start=False) for height in heights if height]

    before = around(parts[:at])
    body = [
        replace(_piece(node, column, citations, measured), may_start=isinstance(node, Section)) for node in split.body
    ]
    pieces = [*before, *body, *around(parts[at + 1 :])]
    starts: tuple[int, ...] = ()
    for fewer in range(LEAF_PAGES):  # with so many fewer there would be a sheet less
        starts = starts or fresh_starts(pieces, pages - fewer, panel.text_height)
    if not starts:
        return AS_IT_COMES
    return replace(AS_IT_COMES, places=(home,) * len(body), starts=tuple((start - len(before), 0) for start in starts))


def _part_piece(
    part: PanelPart, document: Document, citations: Citations, column: Column, measured: Mapping[str, Millimetres]
) -> Piece:
    """Return a part that is on the panels of the text; where text flows, references go on from one to the next."""
    height = part_height(part, document, citations, column, measured)
    above = ABOVE * column.line if measured and height else 0.0
    entries = len(citations.references) if part is PanelPart.REFERENCES and height else 0
    return Piece(
        height=height,
        above=above,
        may_start=False,
        may_leave=False,
        parts=(height / entries,) * entries if entries else (),
        fixed=FIXED.get(part, 0.0),
    )


AS_IT_COMES = Arrangement(places=(), starts=(), evenly=False, cost=0.0, fullest=0.0)
"""The arrangement of a text on as many pages as it needs."""


ABOVE = 1.6
"""In lines: the space above a section that was measured, beside what every block has."""


def _piece(node: Block, column: Column, citations: Citations, measured: Mapping[str, Millimetres]) -> Piece:
    """Return a block with the heights of its indivisible parts; a heading and its first block are one."""
    height = block_height(node, column, citations, measured)
    known = place_of_block(node) in measured
    if not isinstance(node, Section):
        return Piece(height=height, may_start=False, may_leave=False)
    inner = [block_height(block, column, citations, measured) for block in node.blocks]
    heading = max(0.0, height - sum(inner))
    parts = (heading + inner[0], *inner[1:]) if inner else (height,)
    return Piece(height=height, above=ABOVE * column.line if known else 0.0, parts=parts)


def _slots(
    home: str,
    document: Document,
    held: Mapping[str, Sequence[PanelPart]],
    plan: PanelPlan,
    citations: Citations,
    layout: Layout,
    column: Column,
    measured: Mapping[str, Millimetres],
) -> Iterator[Slot]:
    """Return the panels that may hold text, in reading order; a wider one holds more than the column measured in."""
    seen_own = False
    for panel in layout.panels:
        own = panel.name == home
        seen_own = seen_own or own
        if not own and PanelPart.BODY not in plan.guests[panel.name]:
            continue
        wider = panel.text_width / column.width
        mine = panel_column(panel, plan)
        parts = () if own else held[panel.name]
        heights = {part: part_height(part, document, citations, mine, measured) for part in parts}
        other = sum(heights.values()) + (space_between(heights, mine) if measured else 0.0)
        pinned = 0.0 if own else pinned_height(document, panel.name, mine, citations)
        plate = part_height(PanelPart.END_PLATE, document, citations, mine, measured)
        rest = measured.get(f"panel {panel.name}", pinned)
        yield Slot(
            name=panel.name,
            height=panel.text_height * wider,
            held=0.0 if own else (other + rest) * wider,
            fixed=sum(height * FIXED.get(part, 0.0) for part, height in heights.items()) * wider,
            finished=not own and not pinned and PanelPart.END_PLATE in held[panel.name] and other == plate,
            use=Use.OWN if own else Use.BEHIND if seen_own else Use.BEFORE,
            opens=not own and any(isinstance(node, AtAGlance) for node in document.blocks) and not seen_own,
        )


def flow_text(
    split: BodySplit,
    held: Mapping[str, Sequence[PanelPart]],
    plan: PanelPlan,
    layout: Layout,
    context: HtmlContext,
    arrangement: Arrangement,
) -> Flow:
    """Return the text as ``arrangement`` has it: on its own panels, and as sections on others."""
    home = panel_of_text(held)
    if plan.columns > 1:
        page = next(panel for panel in layout.panels if panel.name == home)
        return Flow(html=text_in_bands(split.body, context, _text_column(page, plan)), elsewhere={})
    if not arrangement.places:
        return Flow(html=blocks(split.body, context), elsewhere={})
    fresh = Markup('<div class="fresh">{}</div>')
    written: dict[str, list[Markup]] = {home: []}
    for place, (node, name) in enumerate(zip(split.body, arrangement.places, strict=True)):
        inner = [part for start, part in arrangement.starts if start == place and part]
        html = blocks((_divided(node, inner),), context)
        written.setdefault(name, []).append(fresh.format(html) if (place, 0) in arrangement.starts else html)
    texts = {name: Markup("\n").join(parts) for name, parts in written.items()}
    return Flow(
        html=texts.pop(home),
        elsewhere=texts,
        spare=arrangement.spare,
        evenly=arrangement.evenly,
    )


def _divided(node: Block, parts: Sequence[int]) -> Block:
    """Return a section whose ``parts`` begin panels."""
    if not isinstance(node, Section) or not parts:
        return node
    inner = tuple(
        Division(attributes=Attributes(classes=("fresh",)), blocks=(block,), location=node.location)
        if part in parts
        else block
        for part, block in enumerate(node.blocks)
    )
    return replace(node, blocks=inner)


SMALLER = 1.15
"""The factor by which a line of a table holds more characters than one of the text."""


def text_measure(plan: PanelPlan, layout: Layout, held: Mapping[str, Sequence[PanelPart]]) -> float:
    """Return how many characters of a table a line of the text's narrowest page holds, over all its columns."""
    return panel_column(_narrowest_page(layout, held), plan).characters * SMALLER


def text_width(plan: PanelPlan, layout: Layout, held: Mapping[str, Sequence[PanelPart]]) -> Millimetres:
    """Return the width of the narrowest column of the text."""
    return _text_column(_narrowest_page(layout, held), plan).width


def _narrowest_page(layout: Layout, held: Mapping[str, Sequence[PanelPart]]) -> Panel:
    """Return the narrowest of the panels of the text."""
    home = panel_of_text(held)
    return min((panel for panel in layout.panels if panel.name == home), key=lambda panel: panel.text_width)


def _text_column(panel: Panel, plan: PanelPlan) -> Column:
    """Return a column of a page whose text has several."""
    width = (panel.text_width - (plan.columns - 1) * plan.column_gap) / plan.columns
    return Column(width=width, sizes=plan.sizes, character=plan.character)

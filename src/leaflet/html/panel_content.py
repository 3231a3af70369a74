"""The content of each panel: the parts that it holds, sections pinned to it, and the text that flows over a run of panels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from leaflet.composition import Arrangement, Piece, Slot, Use, arrangements, fresh_starts
from leaflet.design import PanelPart, PanelPlan
from leaflet.html.byline import says_all
from leaflet.html.height_estimate import Column
from leaflet.html.panel_allocation import block_height, described_authors, part_height, pinned_height, shows_event
from leaflet.html.render_blocks import blocks
from leaflet.html.render_inlines import HtmlContext
from leaflet.html.source_places import place_of_block
from leaflet.html.text_bands import text_in_bands
from leaflet.model.citation import Citations
from leaflet.model.document import AtAGlance, Attributes, Block, Division, Document, Section, WriteIn
from leaflet.model.fold import POINT, Millimetres, Panel
from leaflet.model.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelContent:
    """Content of one panel, or of the run of panels of one name."""

    name: str
    parts: tuple[str, ...]
    closing: tuple[str, ...]
    """The parts that close its text, where its pages repeat."""
    pinned: Markup
    text: Markup
    """Sections of the text that its own panels left to this one."""
    before: bool
    """A reader meets it before the text's own panels, so that its own parts come first."""
    foot: str
    """The part at the foot of the panel, or nothing."""
    bare: bool
    """Nothing was found for it: the reader gets lines to write on."""
    narrow: bool
    """It is a narrow column, where little fits beside something else."""
    lines: int
    """The number of lines to write on that fit on a panel of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySplit:
    """A document's blocks by where they go."""

    glances: tuple[AtAGlance, ...]
    write_ins: tuple[WriteIn, ...]
    pinned: Mapping[str, tuple[Section, ...]]
    body: tuple[Block, ...]


def split_blocks(document: Document, held: Mapping[str, Sequence[PanelPart]]) -> BodySplit:
    """Take out of the body what the layout puts elsewhere; only whole blocks of the outermost level move."""
    places = {part: name for name, parts in held.items() for part in parts}
    home = places[PanelPart.BODY]
    glances: list[AtAGlance] = []
    write_ins: list[WriteIn] = []
    pinned: dict[str, tuple[Section, ...]] = {}
    body: list[Block] = []
    for node in document.blocks:
        if isinstance(node, AtAGlance) and PanelPart.AT_A_GLANCE in places:
            glances.append(node)
        elif isinstance(node, WriteIn) and PanelPart.WRITE_IN in places:
            write_ins.append(node)
        elif isinstance(node, Section) and node.panel not in (None, home):
            pinned[str(node.panel)] = (*pinned.get(str(node.panel), ()), node)
        else:
            body.append(node)
    return BodySplit(
        glances=tuple(glances),
        write_ins=tuple(write_ins),
        pinned=pinned,
        body=tuple(body),
    )


def panel_contents(
    layout: Layout,
    plan: PanelPlan,
    held: Mapping[str, Sequence[PanelPart]],
    split: BodySplit,
    flow: Flow,
    context: HtmlContext,
    facts: Mapping[str, object],
) -> tuple[PanelContent, ...]:
    """Return the content of each panel, in the order of the layout."""
    metadata = context.document.metadata
    present = {
        PanelPart.COVER: True,
        PanelPart.AT_A_GLANCE: bool(split.glances),
        PanelPart.WRITE_IN: bool(split.write_ins),
        PanelPart.BODY: bool(split.body),
        PanelPart.EVENT: shows_event(context.document),
        PanelPart.AUTHOR: bool(described_authors(metadata)) and not (facts["byline"] and says_all(metadata)),
        PanelPart.REFERENCES: bool(facts["references"]),
        PanelPart.FURTHER_READING: bool(metadata.further_reading),
        PanelPart.RELATED: bool(metadata.related),
        PanelPart.CITE: bool(facts["own"]),
        PanelPart.END_PLATE: any(facts[key] for key in ("contact", "qr", "dates", "imprint"))
        or bool(metadata.disclaimer),
    }
    repeating = {panel.name for panel in layout.panels if panel.repeats}
    shown = {name: [part for part in parts if present[part]] for name, parts in held.items()}
    feet = {name: _foot(parts, name in repeating) for name, parts in shown.items()}
    for name, parts in held.items():
        bare = metadata.notes and name not in split.pinned and name not in flow.elsewhere
        if bare and PanelPart.WRITE_IN in parts and shown[name] and not feet[name]:
            feet[name] = _notes_below(shown[name], name, plan, layout, context)
    names = [panel.name for panel in layout.panels]
    home = next(name for name, parts in held.items() if PanelPart.BODY in parts)
    return tuple(
        PanelContent(
            name=name,
            text=flow.elsewhere.get(name, Markup()),
            before=names.index(name) < names.index(home),
            parts=tuple(
                part.value for part in parts if part != feet[name] and not (name in repeating and part in CLOSING)
            ),
            closing=tuple(part.value for part in parts if name in repeating and part in CLOSING),
            foot=feet[name],
            pinned=blocks(split.pinned.get(name, ()), context),
            bare=name not in {*repeating, *flow.elsewhere} and not split.pinned.get(name) and not parts,
            narrow=min(panel.text_width for panel in layout.panels if panel.name == name) < NARROW,
            lines=_lines_to_write(next(panel for panel in layout.panels if panel.name == name), plan),
        )
        for name, parts in shown.items()
    )


def plate_css(panels: Sequence[PanelContent]) -> str:
    """Return rules that give a panel with nothing but the plate the plate's ground, so that it is no white page."""
    alone = [
        panel.name
        for panel in panels
        if panel.foot == PanelPart.END_PLATE.value and not (panel.parts or panel.text or panel.pinned)
    ]
    return "".join(f"@page {name}{{background:var(--plate)}}" for name in alone)


CLOSING = (
    PanelPart.AUTHOR,
    PanelPart.REFERENCES,
    PanelPart.FURTHER_READING,
    PanelPart.RELATED,
    PanelPart.CITE,
    PanelPart.END_PLATE,
)
BLANK_NOTES = "blank-notes"


def _foot(parts: Sequence[PanelPart], repeats: bool) -> str:
    """Return the part at the foot of a panel: the end plate, or the lines to write on below something else."""
    if repeats or not parts:
        return ""
    last = parts[-1]
    return last.value if last is PanelPart.END_PLATE or (last is PanelPart.WRITE_IN and len(parts) > 1) else ""


NARROW: Millimetres = 62
"""A line of 10 points of narrower text holds about 35 characters."""
MOST_LINES = 12
HEADING_LINES = 3
"""The number of lines of text that the heading of the lines to write on takes, with the space around it."""


def _lines_to_write(panel: Panel, plan: PanelPlan) -> int:
    """Return how many lines to write on a panel of nothing else holds; each is as high as two lines of text."""
    lines = panel.text_height / POINT / plan.sizes["line"]
    return min(MOST_LINES, max(1, int((lines - HEADING_LINES) / 2)))


def _notes_below(parts: Sequence[PanelPart], name: str, plan: PanelPlan, layout: Layout, context: HtmlContext) -> str:
    """Return the part of empty lines to write on, where a panel made for them would stay half bare."""
    panel = next(panel for panel in layout.panels if panel.name == name)
    column = _column(panel, plan)
    used = sum(part_height(part, context.document, context.citations, column) for part in parts)
    return BLANK_NOTES if not panel.repeats and used < panel.text_height * 0.55 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The text as an arrangement divides it."""

    html: Markup
    """On the text's own panels."""
    elsewhere: Mapping[str, Markup]
    """By the name of another panel that holds sections of it."""
    spare: int = 0
    """The number of the text's own panels that are left to the reader for notes."""
    evenly: bool = False
    """True where it was divided among panels, so that lists may stay whole too."""


def text_arrangements(
    document: Document,
    split: BodySplit,
    held: Mapping[str, Sequence[PanelPart]],
    plan: PanelPlan,
    citations: Citations,
    layout: Layout,
    measured: Mapping[str, Millimetres],
    pages: int = 0,
) -> tuple[Arrangement, ...]:
    """Return the arrangements of the text over its panels that are worth a layout, the cheapest first.

    Where pages repeat there is one: as the text comes, or with sections on fresh pages so that it takes ``pages``.

    Panels that "may hold" the body take sections of its beginning or end, as they come before or after it. Heights
    that were measured, by the blocks' places, count instead of estimates.
    """
    home = next(name for name, parts in held.items() if PanelPart.BODY in parts)
    run = [panel for panel in layout.panels if panel.name == home]
    column = _column(run[0], plan)
    if any(panel.repeats for panel in run):
        if not pages:
            return (AS_IT_COMES,)
        return (on_fresh_pages(document, split, held, plan, citations, layout, measured, pages),)
    parts = held[home]
    at = parts.index(PanelPart.BODY)

    def rooms(of: Sequence[PanelPart]) -> list[Piece]:
        heights = (part_height(part, document, citations, column, measured) for part in of)
        above = ABOVE * column.line if measured else 0.0
        return [
            Piece(height=height, above=above if height else 0.0, may_start=False, may_leave=False) for height in heights
        ]

    pieces = [
        *rooms(parts[:at]),
        *(_piece(node, column, citations, measured) for node in split.body),
        *rooms(parts[at + 1 :]),
    ]
    found = arrangements(
        pieces, tuple(_slots(home, document, held, plan, citations, layout, column, measured)), line=column.line
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
    """Return the text of a booklet with sections on fresh pages, so that it takes ``pages``; else as it comes."""
    home = next(name for name, parts in held.items() if PanelPart.BODY in parts)
    panel = next(panel for panel in layout.panels if panel.name == home)
    column, parts = _column(panel, plan), held[home]
    at = parts.index(PanelPart.BODY)

    def around(of: Sequence[PanelPart]) -> list[Piece]:
        heights = (part_height(part, document, citations, column) for part in of)
        return [Piece(height=height, may_start=False) for height in heights if height]

    before = around(parts[:at])
    body = [
        replace(_piece(node, column, citations, measured), may_start=isinstance(node, Section)) for node in split.body
    ]
    starts = fresh_starts([*before, *body, *around(parts[at + 1 :])], pages, panel.text_height)
    if not starts:
        return AS_IT_COMES
    return replace(AS_IT_COMES, places=(home,) * len(body), starts=tuple((start - len(before), 0) for start in starts))


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
        mine = _column(panel, plan)
        parts = () if own else held[panel.name]
        other = sum(part_height(part, document, citations, mine, measured) for part in parts)
        pinned = 0.0 if own else pinned_height(document, panel.name, mine, citations)
        plate = part_height(PanelPart.END_PLATE, document, citations, mine, measured)
        rest = measured.get(f"panel {panel.name}", pinned)
        yield Slot(
            name=panel.name,
            height=panel.text_height * wider,
            held=0.0 if own else (other + rest) * wider,
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
    home = next(name for name, parts in held.items() if PanelPart.BODY in parts)
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
    home = next(name for name, parts in held.items() if PanelPart.BODY in parts)
    narrowest = min((panel for panel in layout.panels if panel.name == home), key=lambda panel: panel.text_width)
    return _column(narrowest, plan).characters * SMALLER


def text_width(plan: PanelPlan, layout: Layout, held: Mapping[str, Sequence[PanelPart]]) -> Millimetres:
    """Return the width of the narrowest column of the text."""
    home = next(name for name, parts in held.items() if PanelPart.BODY in parts)
    narrowest = min((panel for panel in layout.panels if panel.name == home), key=lambda panel: panel.text_width)
    return _text_column(narrowest, plan).width


def _text_column(panel: Panel, plan: PanelPlan) -> Column:
    """Return a column of a page whose text has several."""
    width = (panel.text_width - (plan.columns - 1) * plan.column_gap) / plan.columns
    return Column(width=width, sizes=plan.sizes, character=plan.character)


def _column(panel: Panel, plan: PanelPlan) -> Column:
    """Return the column in which the text of ``panel`` is measured."""
    return Column(width=panel.text_width, sizes=plan.sizes, character=plan.character)

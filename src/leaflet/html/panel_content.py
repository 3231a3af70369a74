"""The content of each panel: the parts that it holds, sections pinned to it, and the text that flows over a run of panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from leaflet.design import PanelPart, PanelPlan
from leaflet.html.blocks import blocks
from leaflet.html.height_estimate import Column, room_for
from leaflet.html.inlines import HtmlContext
from leaflet.html.panel_allocation import fresh_starts, part_room, spare_panels
from leaflet.model.document import AtAGlance, Block, Document, Section, WriteIn
from leaflet.model.fold import POINT, Millimetres, Panel
from leaflet.model.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelContent:
    """Content of one panel, or of the run of panels of one name."""

    name: str
    parts: tuple[str, ...]
    pinned: Markup
    foot: str
    """The part that stands at the foot of the panel, or nothing."""
    bare: bool
    """Nothing was found for it: the reader gets lines to write on."""
    narrow: bool
    """It is a narrow column, where little fits beside something else."""
    lines: int
    """How many lines to write on a panel of its kind has room for."""


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
    context: HtmlContext,
    facts: Mapping[str, object],
) -> tuple[PanelContent, ...]:
    metadata = context.document.metadata
    present = {
        PanelPart.COVER: True,
        PanelPart.AT_A_GLANCE: bool(split.glances),
        PanelPart.WRITE_IN: bool(split.write_ins),
        PanelPart.BODY: bool(split.body),
        PanelPart.AUTHOR: bool(metadata.authors),
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
        if PanelPart.WRITE_IN in parts and shown[name] and not feet[name] and name not in split.pinned:
            feet[name] = _notes_below(shown[name], name, plan, layout, context)
    return tuple(
        PanelContent(
            name=name,
            parts=tuple(part.value for part in parts if part != feet[name]),
            foot=feet[name],
            pinned=blocks(split.pinned.get(name, ()), context),
            bare=name not in repeating and not split.pinned.get(name) and not parts,
            narrow=min(panel.text_width for panel in layout.panels if panel.name == name) < NARROW,
            lines=_lines_to_write(next(panel for panel in layout.panels if panel.name == name), plan),
        )
        for name, parts in shown.items()
    )


BLANK_NOTES = "blank-notes"


def _foot(parts: Sequence[PanelPart], repeats: bool) -> str:
    """Return the part at the foot of a panel: the end plate, or the lines to write on below something else."""
    if repeats or not parts:
        return ""
    last = parts[-1]
    return last.value if last is PanelPart.END_PLATE or (last is PanelPart.WRITE_IN and len(parts) > 1) else ""


NARROW: Millimetres = 62
"""Narrower text has room for about 35 characters on a line of 10 points."""
MOST_LINES = 12
HEADING_LINES = 3
"""How many lines of text the heading of the lines to write on takes, with the space around it."""


def _lines_to_write(panel: Panel, plan: PanelPlan) -> int:
    """Return how many lines to write on a panel of nothing else holds; each is as high as two lines of text."""
    lines = panel.text_height / POINT / plan.sizes["line"]
    return min(MOST_LINES, max(1, int((lines - HEADING_LINES) / 2)))


def _notes_below(parts: Sequence[PanelPart], name: str, plan: PanelPlan, layout: Layout, context: HtmlContext) -> str:
    """Return the part of empty lines to write on, where a panel made for them would stay half bare."""
    panel = next(panel for panel in layout.panels if panel.name == name)
    column = _column(panel, plan)
    used = sum(part_room(part, context.document, context.citations, column) for part in parts)
    return BLANK_NOTES if not panel.repeats and used < panel.text_height * 0.55 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The text over its run of panels, and how many of them it leaves to the reader for notes."""

    html: Markup
    spare: int = 0
    evenly: bool = False
    """Whether it was divided among panels, so that lists may be kept whole too."""


def flow_text(
    split: BodySplit,
    held: Mapping[str, Sequence[PanelPart]],
    plan: PanelPlan,
    context: HtmlContext,
    layout: Layout,
    *,
    evenly: bool,
) -> Flow:
    """Return the text; on a run of panels, sections begin on fresh panels where that fills all of them evenly."""
    name = next(name for name, parts in held.items() if PanelPart.BODY in parts)
    run = [panel for panel in layout.panels if panel.name == name]
    if len(run) < 2 or not evenly:
        return Flow(html=blocks(split.body, context))
    column = _column(run[0], plan)
    # A wider panel holds as much more of what was measured in the first one's width.
    rooms = [panel.text_height * panel.text_width / column.width for panel in run]
    parts = held[name]
    before, after = parts[: parts.index(PanelPart.BODY)], parts[parts.index(PanelPart.BODY) + 1 :]
    heights = [
        *(part_room(part, context.document, context.citations, column) for part in before),
        *(room_for([node], column, context.citations) for node in split.body),
        *(part_room(part, context.document, context.citations, column) for part in after),
    ]
    may_start = [*(False for _ in before), *(isinstance(node, Section) for node in split.body), *(False for _ in after)]
    starts = fresh_starts(heights, may_start, rooms)
    written = ((place, blocks((node,), context)) for place, node in enumerate(split.body, start=len(before)))
    fresh = Markup('<div class="fresh">{}</div>')
    return Flow(
        html=Markup("\n").join(fresh.format(html) if place in starts else html for place, html in written),
        spare=spare_panels(heights, starts, rooms),
        evenly=True,
    )


def _column(panel: Panel, plan: PanelPlan) -> Column:
    """Return the column of ``panel`` in which the height of content is estimated."""
    return Column(width=panel.text_width, sizes=plan.sizes, character=plan.character)

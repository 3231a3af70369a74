"""The content of each panel: the parts that it holds, sections pinned to it, and its share of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from leaflet.design import PanelPart, PanelPlan
from leaflet.html.byline import says_all
from leaflet.html.panel_allocation import described_authors, panel_column, part_height, shows_event
from leaflet.html.render_blocks import blocks
from leaflet.html.render_inlines import HtmlContext
from leaflet.html.text_flow import BodySplit, Flow, panel_of_text
from leaflet.model.document import AtAGlance, Block, Document, Section, WriteIn
from leaflet.model.fold import POINT, Millimetres, Panel
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata


class PanelContent(Struct, frozen=True, kw_only=True):
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
    home = panel_of_text(held)
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


def bare_panels(panels: Sequence[PanelContent], metadata: Metadata) -> tuple[str, ...]:
    """Return the names of panels on which nothing at all is printed, so that art must finish them."""
    if metadata.notes or metadata.abstract:
        return ()
    return tuple(panel.name for panel in panels if panel.bare and not panel.foot and not panel.pinned)


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
    column = panel_column(panel, plan)
    used = sum(part_height(part, context.document, context.citations, column) for part in parts)
    return BLANK_NOTES if not panel.repeats and used < panel.text_height * 0.55 else ""

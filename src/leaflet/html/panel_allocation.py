"""Allocation of parts to panels: a choice among arrangements that are all correct, by estimates of their height."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from leaflet.composition import Arrangement, fullness
from leaflet.design import PanelPart, PanelPlan
from leaflet.html.height_estimate import Column, references_room, room_for
from leaflet.html.page_parts import shown_address
from leaflet.html.source_places import place_of_block
from leaflet.model.citation import Citations
from leaflet.model.document import AtAGlance, Block, Document, EventBlock, ReferenceList, Section, WriteIn
from leaflet.model.fold import Millimetres, Panel
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata, Person
from leaflet.model.walk import all_nodes

FULL = 0.96
"""A panel that is estimated fuller than this is relieved of parts that another panel may hold."""
HOPEFUL = 1.12
"""Up to this estimate a leaflet is tried at full size: estimates are rather too high than too low."""
CAUTION = 0.95
"""The factor by which content is set smaller than the estimate at first; where that leaves space, it grows again."""
NEARLY = 1.02
"""Up to this fill, by heights that were measured, an arrangement is tried at full size."""
SCRAPS = 0.16
"""Parts that take less of a panel's height than this look lost above an end plate."""
BREAKS = 1.05
"""The factor by which text that flows from panel to panel takes more than the sum of its blocks."""
QR_HEIGHT: Millimetres = 27.0


CLASSES = {
    PanelPart.AT_A_GLANCE: "glance",
    PanelPart.AUTHOR: "author",
    PanelPart.REFERENCES: "refs",
    PanelPart.FURTHER_READING: "reading",
    PanelPart.RELATED: "related",
    PanelPart.CITE: "cite",
    PanelPart.END_PLATE: "endplate",
    PanelPart.WRITE_IN: "notes",
    PanelPart.EVENT: "event",
}
"""The class of each part's element, by which its height was measured."""
FIXED = {
    PanelPart.REFERENCES: 1.0,
    PanelPart.FURTHER_READING: 1.0,
    PanelPart.RELATED: 1.0,
    PanelPart.CITE: 1.0,
    PanelPart.END_PLATE: 0.7,
}
"""The share of each part's height that is the same at every scale, for it is fine print."""
ABOVE = 1.3
"""In lines: the space above a part, where other parts of its panel are before it."""
AT_FOOT = frozenset({PanelPart.WRITE_IN, PanelPart.END_PLATE})
INK = 0.6
"""In lines: the height of the space around a block, which is not part of its ink."""
NOTHING: Mapping[str, Millimetres] = {}


def relieve(
    plan: PanelPlan,
    layout: Layout,
    document: Document,
    citations: Citations,
    measured: Mapping[str, Millimetres] = NOTHING,
) -> Mapping[str, tuple[PanelPart, ...]]:
    """Return the parts of each panel: as the layout has them, or with some moved to where they may go and fit better."""
    if layout.repeats_pages:
        return plan.held
    homes = {part: name for name, parts in plan.held.items() for part in parts}
    columns = _columns(plan, layout)
    fullest = _fullest(plan, layout, document, citations, measured)
    if fullest(homes) <= FULL:
        cleared = _without_scraps(plan, homes, layout, document, citations, measured)
        places = cleared if fullest(cleared) <= FULL else homes
        return {name: _ordered(name, plan, places) for name in plan.held}
    movable = [
        part
        for part, home in homes.items()
        if part is not PanelPart.BODY
        and any(part in guests for guests in plan.guests.values())
        and part_height(part, document, citations, columns[home], measured)
    ]
    options = [[homes[part], *(name for name, guests in plan.guests.items() if part in guests)] for part in movable]
    choices = ({**homes, **dict(zip(movable, option, strict=True))} for option in product(*options))
    best = min(choices, key=lambda places: (round(max(fullest(places), FULL), 2), _moved(places, homes)))
    return {name: _ordered(name, plan, best) for name in plan.held}


def _without_scraps(
    plan: PanelPlan,
    homes: Mapping[PanelPart, str],
    layout: Layout,
    document: Document,
    citations: Citations,
    measured: Mapping[str, Millimetres],
) -> Mapping[PanelPart, str]:
    """Return ``homes`` with the few lines above an end plate moved below the text in short, so that the plate is alone."""
    plate, glance = homes.get(PanelPart.END_PLATE), homes.get(PanelPart.AT_A_GLANCE)
    if plate is None or glance in (None, plate) or homes[PanelPart.BODY] == plate:
        return homes
    panel = next(panel for panel in layout.panels if panel.name == plate)
    column = panel_column(panel, plan)
    heights = {
        part: part_height(part, document, citations, column, measured)
        for part in plan.held[plate]
        if part is not PanelPart.END_PLATE
    }
    scraps = [part for part, height in heights.items() if height]
    little = sum(heights.values()) < panel.text_height * SCRAPS
    movable = glance is not None and all(part in plan.guests[glance] for part in scraps)
    shown = any(isinstance(node, AtAGlance) for node in document.blocks)
    return {**homes, **dict.fromkeys(scraps, glance)} if glance and scraps and little and movable and shown else homes


def estimated_scale(arrangement: Arrangement, plan: PanelPlan, layout: Layout, *, measured: bool = False) -> float:
    """Return the scale at which everything should fit its panels, from which the measuring begins.

    Estimates are rather too high than too low, so type is set at its full size wherever that may be enough.
    """
    full = arrangement.fullest
    smallest = max(layout.fit.smallest, layout.fit.minimum_points / plan.sizes["body"])
    hopeful, caution = (NEARLY, 1.0) if measured else (HOPEFUL, CAUTION)
    return 1.0 if full <= hopeful else min(1.0, max(smallest, round(caution / full**0.5, 2)))


def fullest_panel(
    plan: PanelPlan,
    layout: Layout,
    document: Document,
    citations: Citations,
    held: Mapping[str, tuple[PanelPart, ...]],
) -> float:
    """Return how full the fullest panel is by the parts that it holds beside the text."""
    homes: dict[PanelPart, str] = {part: name for name, parts in held.items() for part in parts}
    del homes[PanelPart.BODY]
    return _fullest(plan, layout, document, citations, NOTHING)(homes)


def _fullest(
    plan: PanelPlan, layout: Layout, document: Document, citations: Citations, measured: Mapping[str, Millimetres]
) -> Callable[[Mapping[PanelPart, str]], float]:
    """Return a function that estimates how full the fullest panel is when parts are in given places."""
    runs, columns = _runs(plan, layout), _columns(plan, layout)
    available = {name: sum(panel.text_height for panel in panels) for name, panels in runs.items()}
    pinned = {
        name: measured.get(f"panel {name}", 0.0)
        if measured and len(runs[name]) == 1
        else pinned_height(document, name, columns[name], citations)
        for name in runs
    }
    heights = {
        (part, name): part_height(part, document, citations, columns[name], measured)
        for name in runs
        for part in (*plan.held[name], *plan.guests[name])
        if part is not PanelPart.BODY or part in plan.held[name]
    }

    def fullest(places: Mapping[PanelPart, str]) -> float:
        used, fixed = dict(pinned), dict.fromkeys(pinned, 0.0)
        for name in used:
            held = {part: heights[part, name] for part, place in places.items() if place == name}
            used[name] += sum(held.values()) + (space_between(held, columns[name]) if measured else 0.0)
            fixed[name] += sum(height * FIXED.get(part, 0.0) for part, height in held.items())
        breaks = {name: BREAKS if measured and len(runs[name]) > 1 else 1.0 for name in used}
        return max(fullness(used[name] * breaks[name], fixed[name], available[name]) for name in used)

    return fullest


def _runs(plan: PanelPlan, layout: Layout) -> dict[str, list[Panel]]:
    """Return the panels of each name."""
    return {name: [panel for panel in layout.panels if panel.name == name] for name in plan.held}


def _columns(plan: PanelPlan, layout: Layout) -> dict[str, Column]:
    """Return the narrowest column of each name's panels."""
    return {
        name: Column(width=min(panel.text_width for panel in panels), sizes=plan.sizes, character=plan.character)
        for name, panels in _runs(plan, layout).items()
    }


def _moved(places: Mapping[PanelPart, str], homes: Mapping[PanelPart, str]) -> int:
    return sum(places[part] != homes[part] for part in homes)


def _ordered(name: str, plan: PanelPlan, places: Mapping[PanelPart, str]) -> tuple[PanelPart, ...]:
    """Return the panel's own parts, then its guests; what belongs to its foot stays last."""
    own = [part for part in plan.held[name] if places[part] == name]
    guests = [part for part in plan.guests[name] if places.get(part) == name]
    foot = [own.pop()] if own and own[-1] in (PanelPart.WRITE_IN, PanelPart.END_PLATE) else []
    return (*own, *guests, *foot)


def pinned_height(document: Document, name: str, column: Column, citations: Citations) -> Millimetres:
    """Return the height of the sections that are pinned to panel ``name``."""
    sections = [node for node in document.blocks if isinstance(node, Section) and node.panel == name]
    return room_for(sections, column, citations)


def space_between(heights: Mapping[PanelPart, Millimetres], column: Column) -> Millimetres:
    """Return the space between the parts of one panel, whose heights were measured."""
    return max(0, sum(height > 0 and part not in AT_FOOT for part, height in heights.items()) - 1) * ABOVE * column.line


def block_height(node: Block, column: Column, citations: Citations, measured: Mapping[str, Millimetres]) -> Millimetres:
    """Return the height of ``node``: as it was measured, or else as it is estimated."""
    known = measured.get(place_of_block(node))
    return room_for([node], column, citations) if known is None else known + INK * column.line


def part_height(
    part: PanelPart,
    document: Document,
    citations: Citations,
    column: Column,
    measured: Mapping[str, Millimetres] = NOTHING,
) -> Millimetres:
    """Return the height that ``part`` takes in ``column``; 0 for what the document has not."""
    metadata, line = document.metadata, column.line
    heading = 2.0 * line
    if measured and part in CLASSES:
        return measured.get(f"part {CLASSES[part]}", 0.0)
    match part:
        case PanelPart.COVER:
            return 0.0
        case PanelPart.AT_A_GLANCE:
            return room_for([node for node in document.blocks if isinstance(node, AtAGlance)], column, citations)
        case PanelPart.WRITE_IN:
            return room_for([node for node in document.blocks if isinstance(node, WriteIn)], column, citations)
        case PanelPart.BODY:
            return sum(block_height(node, column, citations, measured) for node in flowing(document))
        case PanelPart.EVENT:
            return 8.0 * line if shows_event(document) else 0.0
        case PanelPart.AUTHOR:
            words = [
                len(f"{p.name}, {p.role}, {_elsewhere(p, metadata)}. {p.bio} {p.email} {p.orcid}")
                for p in described_authors(metadata)
            ]
            return heading + sum(column.lines(count) for count in words) * line if words else 0.0
        case PanelPart.REFERENCES:
            if any(isinstance(node, ReferenceList) for node in all_nodes(document)) or not citations.references:
                return 0.0
            return heading + references_room(citations.references, column)
        case PanelPart.FURTHER_READING | PanelPart.RELATED:
            tips = metadata.further_reading if part is PanelPart.FURTHER_READING else metadata.related
            return (
                heading + sum(column.fine(len(f"{tip.text}: {shown_address(tip.url)}"), 0.93) for tip in tips)
                if tips
                else 0.0
            )
        case PanelPart.CITE:
            own = citations.own if metadata.cite.show else ()
            return heading + sum(column.fine(len(entry.text), 0.82) + 0.25 * line for entry in own) if own else 0.0
        case PanelPart.END_PLATE:
            lines = 3.0 * line if metadata.contact or metadata.url else 0.0
            code = QR_HEIGHT if metadata.url else 0.0
            legal = column.fine(len(metadata.disclaimer)) + 4 * column.fine(1)
            return lines + max(code, 6.5 * line if metadata.contact else 0.0) + legal


def described_authors(metadata: Metadata) -> tuple[Person, ...]:
    """Return the authors, if a reader learns more of any of them than the name of the publisher or of an organisation."""
    if not metadata.about_author:
        return ()
    is_described = any(p.bio or p.role or p.email or p.orcid or _elsewhere(p, metadata) for p in metadata.authors)
    is_person = any(not p.literal for p in metadata.authors) and not metadata.publisher
    return metadata.authors if is_described or metadata.reviewers or is_person else ()


def shows_event(document: Document) -> bool:
    """Return whether the layout's place for an event has one: the text may show it at a place of its own."""
    has_own = any(isinstance(node, EventBlock) for node in all_nodes(document))
    return document.metadata.event is not None and not has_own


def _elsewhere(person: Person, metadata: Metadata) -> str:
    """Return the employer of ``person``, if the leaflet does not name it already as its publisher."""
    return person.affiliation if person.affiliation != metadata.publisher else ""


def flowing(document: Document) -> tuple[Block, ...]:
    """Return the blocks that flow through the body's panels: all but what the outermost level gives to other panels."""
    return tuple(
        node
        for node in document.blocks
        if not isinstance(node, AtAGlance | WriteIn) and not (isinstance(node, Section) and node.panel)
    )


def panel_column(panel: Panel, plan: PanelPlan) -> Column:
    """Return the column in which the text of ``panel`` is measured."""
    return Column(width=panel.text_width, sizes=plan.sizes, character=plan.character)

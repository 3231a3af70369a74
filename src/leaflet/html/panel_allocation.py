"""Allocation of parts to panels, and of sections to fresh panels within a run.

Both are choices among arrangements that are all correct; estimates of their height pick the most even one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise, product

from leaflet.design import PanelPart, PanelPlan
from leaflet.html.height_estimate import Column, references_room, room_for
from leaflet.html.page_parts import shown_address
from leaflet.model.citation import Citations
from leaflet.model.document import AtAGlance, Block, Document, ReferenceList, Section, WriteIn
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata, Person
from leaflet.model.walk import walk

FULL = 0.96
"""A panel that is estimated fuller than this is relieved of parts that another panel may hold."""
EVEN = 1.12
"""Sections are given fresh panels while that makes the fullest panel at most so much fuller than the mean."""
ROOMY = 0.8
"""Up to this estimate a panel surely holds what it is given."""
LONELY = 0.4
"""Where text that flows would leave its last panel emptier than this, sections begin on fresh panels if they can."""
HOPEFUL = 1.01
"""Up to this estimate a leaflet is tried at full size: estimates are rather too high than too low."""
CAUTION = 0.95
"""How much smaller than the estimate content is set at first; if that leaves room, it grows again."""
QR_HEIGHT: Millimetres = 27.0


def relieve(
    plan: PanelPlan, layout: Layout, document: Document, citations: Citations
) -> Mapping[str, tuple[PanelPart, ...]]:
    """Return the parts of each panel: as the layout has them, or with some moved to where they may go and fit better."""
    if any(panel.repeats for panel in layout.panels):
        return plan.held
    homes = {part: name for name, parts in plan.held.items() for part in parts}
    fullness = _fullness(plan, layout, document, citations, 1.0)
    if fullness(homes) <= FULL:
        return plan.held
    movable = [part for part in homes if any(part in guests for guests in plan.guests.values())]
    options = [[homes[part], *(name for name, guests in plan.guests.items() if part in guests)] for part in movable]
    choices = ({**homes, **dict(zip(movable, option, strict=True))} for option in product(*options))
    best = min(choices, key=lambda places: (round(max(fullness(places), FULL), 2), _moved(places, homes)))
    return {name: _ordered(name, plan, best) for name in plan.held}


def estimated_scale(
    plan: PanelPlan, layout: Layout, document: Document, citations: Citations, held: Mapping[str, tuple[PanelPart, ...]]
) -> float:
    """Return the scale at which everything should fit its panels: where the pdf stage begins to measure.

    Type takes room on two axes, so it is the root of what is too much, and a little less for breaks that fall badly.
    """
    if any(panel.repeats for panel in layout.panels):
        return 1.0
    homes = {part: name for name, parts in held.items() for part in parts}
    full = _fullness(plan, layout, document, citations, 1.0)(homes)
    smallest = max(layout.fit.smallest, layout.fit.minimum_points / plan.sizes["body"])
    return 1.0 if full <= HOPEFUL else min(1.0, max(smallest, round(CAUTION / full**0.5, 2)))


def _fullness(
    plan: PanelPlan, layout: Layout, document: Document, citations: Citations, scale: float
) -> Callable[[Mapping[PanelPart, str]], float]:
    """Return a function that estimates how full the fullest panel is when parts are in given places."""
    runs = {name: [panel for panel in layout.panels if panel.name == name] for name in plan.held}
    sizes = {key: size if key == "fine" else size * scale for key, size in plan.sizes.items()}
    columns = {
        name: Column(width=min(panel.text_width for panel in panels), sizes=sizes, character=plan.character)
        for name, panels in runs.items()
    }
    room = {name: sum(panel.text_height for panel in panels) for name, panels in runs.items()}
    pinned = {name: _pinned(document, name, columns[name], citations) for name in runs}
    heights = {
        (part, name): part_room(part, document, citations, columns[name])
        for name in runs
        for part in (*plan.held[name], *plan.guests[name])
    }

    def fullness(places: Mapping[PanelPart, str]) -> float:
        used = dict(pinned)
        for part, name in places.items():
            used[name] += heights[part, name]
        return max(used[name] / room[name] for name in used)

    return fullness


def _moved(places: Mapping[PanelPart, str], homes: Mapping[PanelPart, str]) -> int:
    return sum(places[part] != homes[part] for part in homes)


def _ordered(name: str, plan: PanelPlan, places: Mapping[PanelPart, str]) -> tuple[PanelPart, ...]:
    """Return the panel's own parts, then its guests; what belongs to its foot stays last."""
    own = [part for part in plan.held[name] if places[part] == name]
    guests = [part for part in plan.guests[name] if places.get(part) == name]
    foot = [own.pop()] if own and own[-1] in (PanelPart.WRITE_IN, PanelPart.END_PLATE) else []
    return (*own, *guests, *foot)


def _pinned(document: Document, name: str, column: Column, citations: Citations) -> Millimetres:
    sections = [node for node in document.blocks if isinstance(node, Section) and node.panel == name]
    return room_for(sections, column, citations)


def part_room(part: PanelPart, document: Document, citations: Citations, column: Column) -> Millimetres:
    """Return the height that ``part`` takes in ``column``; 0 for what the document has not."""
    metadata, line = document.metadata, column.line
    heading = 2.0 * line
    match part:
        case PanelPart.COVER:
            return 0.0
        case PanelPart.AT_A_GLANCE:
            return room_for([node for node in document.blocks if isinstance(node, AtAGlance)], column, citations)
        case PanelPart.WRITE_IN:
            return room_for([node for node in document.blocks if isinstance(node, WriteIn)], column, citations)
        case PanelPart.BODY:
            return room_for(flowing(document), column, citations)
        case PanelPart.AUTHOR:
            words = [
                len(f"{p.name}, {p.role}, {_elsewhere(p, metadata)}. {p.bio} {p.email} {p.orcid}")
                for p in metadata.authors
            ]
            return heading + sum(column.lines(count) for count in words) * line if words else 0.0
        case PanelPart.REFERENCES:
            if any(isinstance(node, ReferenceList) for node in walk(document.blocks)) or not citations.references:
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
            legal = column.fine(len(metadata.disclaimer)) + 4 * column.fine(1)
            return 3.0 * line + max(QR_HEIGHT, 6.5 * line if metadata.contact else 0.0) + legal


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


def fresh_starts(
    heights: Sequence[Millimetres], may_start: Sequence[bool], rooms: Sequence[Millimetres]
) -> tuple[int, ...]:
    """Return the blocks that should begin a new panel, so that panels with ``rooms`` are filled evenly.

    Empty where whole blocks would fill them so unevenly that text had better flow from one to the next. Where there
    are fewer blocks than panels, as many panels as there are blocks are used.

    >>> fresh_starts([60, 50, 40, 70, 30, 60], [True] * 6, [120] * 3)
    (2, 4)
    >>> fresh_starts([60, 50], [True] * 2, [120] * 3)
    (1,)
    >>> fresh_starts([60, 60, 60, 60], [True] * 4, [70, 140, 70])
    (1, 3)
    """
    starts = [place for place in range(1, len(heights)) if may_start[place]]
    used = min(len(rooms), len(starts) + 1)
    if used < 2:
        return ()
    cuts = min(combinations(starts, used - 1), key=lambda chosen: _fullest(heights, chosen, rooms))
    fullest, whole = _fullest(heights, cuts, rooms), sum(heights)
    roomy = fullest <= ROOMY
    even = used == len(rooms) and fullest <= whole / sum(rooms) * EVEN
    thin = fullest <= 1 and whole <= sum(rooms[:-1])
    lonely = fullest <= FULL and whole <= sum(rooms[:-1]) + rooms[-1] * LONELY
    return cuts if roomy or even or thin or lonely else ()


def spare_panels(heights: Sequence[Millimetres], starts: Sequence[int], rooms: Sequence[Millimetres]) -> int:
    """Return how many panels stay empty for certain, so that a reader may be given them for notes."""
    return 0 if _fullest(heights, starts, rooms) > ROOMY else len(rooms) - len(starts) - 1


def _fullest(heights: Sequence[Millimetres], cuts: Sequence[int], rooms: Sequence[Millimetres]) -> float:
    """Return how full the fullest panel is, as a share of its space."""
    edges = (0, *cuts, len(heights))
    return max(sum(heights[start:end]) / room for (start, end), room in zip(pairwise(edges), rooms, strict=False))

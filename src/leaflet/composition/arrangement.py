"""Arrangements of a text over the panels of a folded leaflet, ordered by what they cost.

The text is a sequence of pieces (sections, for the most part) whose heights are known or estimated, the leaflet a
sequence of slots in reading order: panels before the text's own, its own panels, and those behind it. An arrangement
assigns the pieces to panels, and whether the text on its own panels flows from one to the next or begins each
of them with a piece. ``arrangements`` returns them, the cheapest first; ``docs/composition.md`` explains the costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, combinations_with_replacement, pairwise
from math import ceil

from leaflet.model.fold import Millimetres

OVER = 4000.0
"""For all of a panel's height that its content is too high: nothing else may outweigh it."""
SHRUNK = 2000.0
"""For setting type at half its size; a twentieth smaller costs a twentieth of this twice: 100 for a step of 5 %."""
EMPTY = 400.0
"""For a panel without anything, in proportion down to HALF of its height."""
BARE = 300.0
"""For a panel before the text that holds nothing at all: its colour finishes it."""
HALF = 0.5
DIVIDED = 60.0
"""For a piece divided over a fold."""
UNEVEN = 20.0
"""For each line of difference between the ends of neighbouring panels, beyond ALLOWED."""
ALLOWED = 1.0
MOST_UNEVEN = 240.0
MOVED = 30.0
"""For a piece that leaves the text's own panels."""
JOINED = 60.0
"""For such a piece on a panel that holds something else which the reader is meant to see first."""
STEP = 0.05
"""A leaflet must be fuller than its panels by this much for a further step of smaller type."""
SPARE = 0.02
"""The share of a panel that breaks are expected to lose, where text flows."""
MOST_BEFORE, MOST_BEHIND = 4, 5
"""The most pieces that may leave the text's own panels, at its beginning and at its end."""
MOST = 3
"""The number of arrangements that are worth a layout."""


class Use(StrEnum):
    """The purpose of a slot."""

    BEFORE = "before"
    """A reader meets it before the text's own panels."""
    OWN = "own"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of the outermost level."""

    height: Millimetres
    may_start: bool = True
    """True for a section, which may begin a panel; False for the rest of something."""
    may_leave: bool = True
    """True where it may be put on another panel than the text's own."""
    parts: tuple[Millimetres, ...] = ()
    """The heights of what it may be divided into, the heading with what it leads into being one."""

    @property
    def chunks(self) -> tuple[Millimetres, ...]:
        """Return the heights of its indivisible parts."""
        return self.parts or (self.height,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A panel that may hold text."""

    name: str
    height: Millimetres
    """The height that its text may take, in the width that the pieces were measured in."""
    held: Millimetres = 0.0
    """The part of that height that other content takes."""
    use: Use = Use.OWN
    opens: bool = False
    """It holds something that the reader is meant to see first, such as the facts in short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """An assignment of pieces to panels."""

    places: tuple[str, ...]
    """For each piece the name of its panel."""
    starts: tuple[int, ...]
    """The pieces that begin a panel of the text's own; empty where the text flows."""
    evenly: bool
    cost: float
    fullest: float
    """The estimated fill of the fullest panel at full size."""
    spare: int = 0
    """The number of the text's own panels that stay empty for certain."""
    reasons: tuple[tuple[str, float], ...] = field(default=())
    """Each part of the cost, by its name."""

    @property
    def steps(self) -> int:
        """Return by how many steps its type must be smaller than at full size; fewer come before anything else."""
        return max(0, ceil((self.fullest - 1) / STEP - 1e-9))

    @property
    def moving(self) -> float:
        """Return the part of its cost that is for pieces that left the text's own panels."""
        return sum(cost for name, cost in self.reasons if name.startswith("sections on"))

    def __str__(self) -> str:
        moved = [name for name, _ in self.reasons if name.startswith("sections on")]
        return ", ".join(("evenly" if self.evenly else "flowing", *moved))


def arrangements(pieces: Sequence[Piece], slots: Sequence[Slot], *, line: Millimetres) -> tuple[Arrangement, ...]:
    """Return at most MOST arrangements of ``pieces`` over ``slots``, the cheapest first; at least one.

    >>> own = [Slot(name="inside", height=100.0) for _ in range(3)]
    >>> best = arrangements([Piece(height=h) for h in (60, 30, 80, 50, 40)], own, line=5)[0]
    >>> best.starts, best.evenly
    ((2, 3), True)
    """
    found = [
        _judged(pieces, slots, places, starts, line)
        for places in _places(pieces, slots)
        for starts in _starts(pieces, slots, places)
    ]
    found.sort(key=lambda one: (one.steps, round(one.cost, 3), not one.evenly, one.places, one.starts))
    flowing = next((one for one in found if not one.evenly), None)
    kept = found[: MOST - 1]
    return tuple(kept if flowing is None or flowing in kept else (*kept, flowing))


def _places(pieces: Sequence[Piece], slots: Sequence[Slot]) -> Iterator[tuple[str, ...]]:
    """Yield each way to give first pieces to panels before the text's own, and last pieces to panels behind."""
    (own,) = {slot.name for slot in slots if slot.use is Use.OWN}
    before = [slot.name for slot in slots if slot.use is Use.BEFORE]
    behind = [slot.name for slot in slots if slot.use is Use.BEHIND]
    heads = _movable(pieces, MOST_BEFORE) if before else 0
    tails = _movable(pieces[::-1], MOST_BEHIND) if behind else 0
    for head in range(heads + 1):
        for tail in range(min(tails, len(pieces) - head) + 1):
            rest = len(pieces) - head - tail
            if rest == 0 and len(pieces) > 1:
                continue
            for first in combinations_with_replacement(before, head):
                for last in combinations_with_replacement(behind, tail):
                    yield (*first, *([own] * rest), *last)


def _movable(pieces: Sequence[Piece], most: int) -> int:
    count = 0
    for piece in pieces[:most]:
        if not (piece.may_start and piece.may_leave):
            break
        count += 1
    return count


def _starts(pieces: Sequence[Piece], slots: Sequence[Slot], places: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Yield no starts, for text that flows, and each way to begin the text's own panels with pieces."""
    yield ()
    own = [slot for slot in slots if slot.use is Use.OWN]
    mine = [place for place, name in enumerate(places) if name == own[0].name]
    may = [place for place in mine[1:] if pieces[place].may_start]
    used = min(len(own), len(may) + 1)
    if used > 1:
        yield from combinations(may, used - 1)


def _judged(
    pieces: Sequence[Piece], slots: Sequence[Slot], places: tuple[str, ...], starts: tuple[int, ...], line: Millimetres
) -> Arrangement:
    own = [slot for slot in slots if slot.use is Use.OWN]
    mine = [place for place, name in enumerate(places) if name == own[0].name]
    filled = (
        _evenly(pieces, mine, starts, own)
        if starts or len(own) == 1 or len(mine) == 1
        else _flowing(pieces, mine, own, line)
    )
    fills = [used / slot.height for used, slot in zip(filled.used, own, strict=True)]
    for slot in slots:
        if slot.use is not Use.OWN:
            here = sum(pieces[place].height for place, name in enumerate(places) if name == slot.name)
            fills.append((here + slot.held) / slot.height)
    reasons = dict(_reasons(slots, places, filled, fills, own[0].name, line))
    return Arrangement(
        places=places,
        starts=starts,
        evenly=bool(starts) or len(own) == 1,
        cost=sum(reasons.values()),
        fullest=max(fills),
        spare=sum(used == 0 for used in filled.used),
        reasons=tuple(reasons.items()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """The text's own panels, filled."""

    used: tuple[Millimetres, ...]
    divided: int = 0


def _evenly(pieces: Sequence[Piece], mine: Sequence[int], starts: Sequence[int], own: Sequence[Slot]) -> _Filled:
    edges = (mine[0] if mine else 0, *starts, mine[-1] + 1 if mine else 0)
    used = [sum(pieces[place].height for place in range(first, last)) for first, last in pairwise(edges)]
    whole = [*used, *[0.0] * (len(own) - len(used))]
    return _Filled(used=tuple(height + slot.held for height, slot in zip(whole, own, strict=True)))


def _flowing(pieces: Sequence[Piece], mine: Sequence[int], own: Sequence[Slot], line: Millimetres) -> _Filled:
    """Fill the panels one after the other; what is left over goes to the last."""
    used, divided, panel = [slot.held for slot in own], 0, 0
    for place in mine:
        for number, chunk in enumerate(pieces[place].chunks):
            full = used[panel] + chunk > own[panel].height * (1 - SPARE) + line / 2
            if full and panel + 1 < len(own) and used[panel] > own[panel].held:
                panel += 1
                divided += number > 0
            used[panel] += chunk
    return _Filled(used=tuple(used), divided=divided)


def _reasons(
    slots: Sequence[Slot],
    places: Sequence[str],
    filled: _Filled,
    fills: Sequence[float],
    own: str,
    line: Millimetres,
) -> Iterator[tuple[str, float]]:
    """Yield what an arrangement costs, each thing by its name."""
    fullest = max(fills)
    if fullest > 1:
        yield "type set smaller", SHRUNK * (1 - fullest**-0.5) + OVER * max(0.0, fullest - 1.3)
    bare = sum(slot.use is Use.BEFORE and slot.name not in places and not slot.held for slot in slots)
    if empty := sum(max(0.0, HALF - fill) / HALF for fill in fills) - bare:
        yield "panels under half full", EMPTY * empty
    if bare:
        yield "panels without anything", BARE * bare
    if filled.divided:
        yield "sections over a fold", DIVIDED * filled.divided
    ends = [used for used in filled.used if used]
    apart = sum(max(0.0, abs(one - other) / line - ALLOWED) for one, other in pairwise(ends))
    if apart:
        yield "uneven ends", min(MOST_UNEVEN, UNEVEN * apart)
    for slot in slots:
        count = places.count(slot.name) if slot.name != own else 0
        if count:
            yield f"sections on {slot.name}", count * MOVED + (JOINED if slot.opens else 0)

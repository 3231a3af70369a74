"""Arrangements of a text over the panels of a folded leaflet, ordered by what they cost.

The text is a sequence of pieces (sections, for the most part) whose heights are known or estimated, the leaflet a
sequence of slots in reading order: panels before the text's own, its own panels, and those behind it. An arrangement
assigns the pieces to panels, and whether the text on its own panels flows from one to the next or begins each
of them with a piece. ``arrangements`` returns them, the cheapest first; ``docs/composition.md`` explains the costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import combinations, combinations_with_replacement, pairwise, product
from math import ceil

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.composition.costs import (
    BARE,
    DIVIDED,
    HOPELESS,
    JOINED,
    MOST_UNEVEN,
    MOVED,
    NEEDLESS,
    SHRUNK,
    WHITE,
    emptiness,
    fullness,
    unevenness,
)
from leaflet.model.fold import Millimetres

OVER = 4000.0
"""For all of a panel's height that its content is too high: nothing else may outweigh it."""
STEP = 0.05
"""A leaflet must be fuller than its panels by this much for a further step of smaller type."""
SPARE = 0.02
"""The share of a panel that breaks are expected to lose, where text flows."""
BISECTIONS = 6
LIKELY = 0.8
"""The share of its panels that a text which flows can fill at least, for the most part."""
MOST_BEFORE, MOST_BEHIND = 4, 5
"""The most pieces that may leave the text's own panels, at its beginning and at its end."""
MOST = 3
"""The number of arrangements that are worth a layout."""
NEAREST = 4
"""The number of places near its share of the text at which each further panel may begin, where a section is divided."""

LONG = 0.5
"""A section of less of a panel's height than this is not divided to spread a text evenly."""

SHRED = 0.12
"""A section is not divided so that less of a panel's height than this is apart from the rest of it."""

LEFT = "sections that left empty panels"

Start = tuple[int, int]
"""The piece that begins a panel, and its part: 0 for the whole piece."""


class Use(StrEnum):
    """The purpose of a slot."""

    BEFORE = "before"
    """A reader meets it before the text's own panels."""
    OWN = "own"
    BEHIND = "behind"


class Piece(Struct, frozen=True, kw_only=True):
    """A block of the outermost level."""

    height: Millimetres
    above: Millimetres = 0.0
    """The space above it, which it has not at the head of a panel."""
    may_start: bool = True
    """True for a section, which may begin a panel; False for the rest of something."""
    may_leave: bool = True
    """True where it may be put on another panel than the text's own."""
    parts: tuple[Millimetres, ...] = ()
    """The heights of what it may be divided into, the heading with what it leads into being one."""
    fixed: float = 0.0
    """The share of its height that is the same at every scale: fine print is never set smaller."""

    @property
    def chunks(self) -> tuple[Millimetres, ...]:
        """Return the heights of its indivisible parts."""
        return self.parts or (self.height,)


class Slot(Struct, frozen=True, kw_only=True):
    """A panel that may hold text."""

    name: str
    height: Millimetres
    """The height that its text may take, in the width that the pieces were measured in."""
    held: Millimetres = 0.0
    """The part of that height that other content takes."""
    fixed: Millimetres = 0.0
    """The part of what is held that is the same at every scale."""
    use: Use = Use.OWN
    finished: bool = False
    """Without text it is finished as it is: all that it holds is seated at its foot, on a ground of its own."""
    opens: bool = False
    """It holds something that the reader is meant to see first, such as the facts in short."""


class Arrangement(Struct, frozen=True, kw_only=True):
    """An assignment of pieces to panels."""

    places: tuple[str, ...]
    """For each piece the name of its panel."""
    starts: tuple[Start, ...]
    """The piece that begins each further panel of the text's own; empty where the text flows."""
    evenly: bool
    cost: float
    fullest: float
    """The estimated fullness of the fullest panel at full size."""
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
        return sum(cost for name, cost in self.reasons if name.startswith("sections on") or name == LEFT)

    def __str__(self) -> str:
        moved = [name for name, _ in self.reasons if name.startswith("sections on")]
        return ", ".join(("evenly" if self.evenly else "flowing", *moved))


def arrangements(pieces: Sequence[Piece], slots: Sequence[Slot], *, line: Millimetres) -> tuple[Arrangement, ...]:
    """Return at most MOST arrangements of ``pieces`` over ``slots``, the cheapest first; at least one.

    >>> own = [Slot(name="inside", height=100.0) for _ in range(3)]
    >>> best = arrangements([Piece(height=h) for h in (60, 30, 80, 50, 40)], own, line=5)[0]
    >>> best.starts, best.evenly
    (((2, 0), (3, 0)), True)
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


def _starts(pieces: Sequence[Piece], slots: Sequence[Slot], places: Sequence[str]) -> Iterator[tuple[Start, ...]]:
    """Yield no starts, for text that flows, and each way to begin the text's own panels with pieces or their parts."""
    yield ()
    own = [slot for slot in slots if slot.use is Use.OWN]
    mine = [place for place, name in enumerate(places) if name == own[0].name]
    may = [(place, 0) for place in mine[1:] if pieces[place].may_start]
    used = min(len(own), len(may) + 1)
    whole = tuple(combinations(may, used - 1)) if used > 1 else ()
    yield from whole
    yield from (starts for starts in _near_shares(pieces, mine, own) if starts not in whole)


def _near_shares(pieces: Sequence[Piece], mine: Sequence[int], own: Sequence[Slot]) -> Iterator[tuple[Start, ...]]:
    """Yield ways to begin panels near to equal shares of the text, within long sections too."""
    panels, long = len(own), own[0].height * LONG
    before, ends = 0.0, dict[Start, Millimetres]()
    for place in mine:
        whole, shred, begin = sum(pieces[place].chunks), own[0].height * SHRED, before
        for part, chunk in enumerate(pieces[place].chunks):
            divides = pieces[place].height > long and shred <= before - begin <= whole - shred
            if before and pieces[place].may_start and (not part or divides):
                ends[place, part] = before
            before += chunk
    if panels < 2 or len(ends) < panels - 1:
        return
    near = []
    for share in range(1, panels):
        aim = before * share / panels
        near.append(sorted(sorted(ends, key=lambda start: (abs(ends[start] - aim), start))[:NEAREST]))
    yield from (starts for starts in product(*near) if all(one < other for one, other in pairwise(starts)))


def _judged(
    pieces: Sequence[Piece],
    slots: Sequence[Slot],
    places: tuple[str, ...],
    starts: tuple[Start, ...],
    line: Millimetres,
) -> Arrangement:
    own = [slot for slot in slots if slot.use is Use.OWN]
    mine = [place for place, name in enumerate(places) if name == own[0].name]
    filled = _evenly(pieces, mine, starts, own) if starts or len(own) == 1 else _flowing(pieces, mine, own, line)
    fills = [used / slot.height for used, slot in zip(filled.used, own, strict=True)]
    sizes = zip(filled.used, filled.fixed, own, strict=True)
    needs = [filled.needed] if filled.needed else [fullness(used, fixed, slot.height) for used, fixed, slot in sizes]
    for slot in slots:
        if slot.use is not Use.OWN:
            here = [pieces[place] for place, name in enumerate(places) if name == slot.name]
            spaces = sum(piece.above for piece in (here if slot.held else here[1:]))
            used = sum(piece.height for piece in here) + spaces + slot.held
            fills.append(used / slot.height)
            needs.append(fullness(used, slot.fixed, slot.height))
    empty = sum(map(emptiness, fills)) - sum(
        emptiness(slot.held / slot.height) for slot in slots if slot.name not in places and _is_finished(slot)
    )
    reasons = dict(_reasons(slots, places, filled, max(needs), empty, line))
    return Arrangement(
        places=places,
        starts=starts,
        evenly=bool(starts) or len(own) == 1,
        cost=sum(reasons.values()),
        fullest=max(needs),
        spare=sum(used == 0 for used in filled.used),
        reasons=tuple(reasons.items()),
    )


class _Filled(Struct, frozen=True, kw_only=True):
    """The text's own panels, filled."""

    used: tuple[Millimetres, ...]
    fixed: tuple[Millimetres, ...]
    """The part of that which is the same at every scale."""
    divided: int = 0
    needed: float = 0.0
    """The fullness of all of them together, where text flows and is too much."""


def _evenly(pieces: Sequence[Piece], mine: Sequence[int], starts: Sequence[Start], own: Sequence[Slot]) -> _Filled:
    used, fixed, panel = [slot.held for slot in own], [slot.fixed for slot in own], 0
    for place in mine:
        for part, chunk in enumerate(pieces[place].chunks):
            panel += (place, part) in starts
            used[panel] += chunk + (pieces[place].above if part == 0 and used[panel] else 0.0)
            fixed[panel] += chunk * pieces[place].fixed
    return _Filled(used=tuple(used), fixed=tuple(fixed), divided=sum(part > 0 for _, part in starts))


def _flowing(pieces: Sequence[Piece], mine: Sequence[int], own: Sequence[Slot], line: Millimetres) -> _Filled:
    """Fill the panels one after the other; what is left over goes to the last."""
    filled = _flowed(pieces, mine, own, line, 1.0)
    if filled.used[-1] <= own[-1].height:
        return filled
    height = sum(slot.height for slot in own)
    high = min(1.0, 1 / fullness(sum(filled.used), sum(filled.fixed), height))
    low = high * LIKELY
    if _flowed(pieces, mine, own, line, low).used[-1] > own[-1].height:
        low, high = min(low, 1 / HOPELESS), low
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if _flowed(pieces, mine, own, line, middle).used[-1] <= own[-1].height:
            low = middle
        else:
            high = middle
    return replace(filled, needed=1 / low)


def _flowed(
    pieces: Sequence[Piece], mine: Sequence[int], own: Sequence[Slot], line: Millimetres, smaller: float
) -> _Filled:
    """Fill the panels with text that takes ``smaller`` times the height that it takes at full size."""
    used, fixed, divided, panel = [slot.held for slot in own], [slot.fixed for slot in own], 0, 0
    for place in mine:
        share = smaller + pieces[place].fixed * (1 - smaller)
        for number, chunk in enumerate(pieces[place].chunks):
            above = pieces[place].above * smaller if number == 0 and used[panel] else 0.0
            full = used[panel] + above + chunk * share > own[panel].height * (1 - SPARE) + line / 2
            if full and panel + 1 < len(own) and used[panel] > own[panel].held:
                panel += 1
                divided += number > 0
                above = 0.0
            used[panel] += above + chunk * share
            fixed[panel] += chunk * pieces[place].fixed
    return _Filled(used=tuple(used), fixed=tuple(fixed), divided=divided)


def _is_finished(slot: Slot) -> bool:
    return slot.finished or (slot.use is Use.BEFORE and not slot.held)


def _reasons(
    slots: Sequence[Slot],
    places: Sequence[str],
    filled: _Filled,
    fullest: float,
    empty: float,
    line: Millimetres,
) -> Iterator[tuple[str, float]]:
    """Yield what an arrangement costs, each thing by its name."""
    if fullest > 1:
        yield "type set smaller", SHRUNK * (1 - fullest**-0.5) + OVER * max(0.0, fullest - 1.3)
    if empty > 0:
        yield "panels not well filled", empty
    bare = sum(slot.use is Use.BEFORE and slot.name not in places and not slot.held for slot in slots)
    white = sum(not used for used in filled.used)
    if bare or white:
        yield "panels without anything", BARE * bare + WHITE * white
    if filled.divided:
        yield "sections over a fold", DIVIDED * filled.divided
    ends = [used for used in filled.used if used]
    if apart := sum(unevenness(one - other, line) for one, other in pairwise(ends)):
        yield "uneven ends", min(MOST_UNEVEN, apart)
    share = sum(filled.used) / sum(slot.height for slot in slots if slot.use is Use.OWN)
    if len(set(places)) > 1 and (lacking := emptiness(share)):
        yield LEFT, NEEDLESS * lacking
    for slot in slots:
        count = places.count(slot.name) if slot.use is not Use.OWN else 0
        if count:
            yield f"sections on {slot.name}", count * MOVED + (JOINED if slot.opens else 0)

"""Printer's marks: crop, fold and registration marks, colour bar and job line, all outside the bleed, none content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from leaflet.model.fold import Millimetres
from leaflet.sheet.placement import SheetSide
from leaflet.sheet.text_paths import POINTS_PER_MM, OutlineFont

GAP: Millimetres = 1.0
"""The distance between the bleed and a mark."""
LENGTH: Millimetres = 5.0
SHORTEST: Millimetres = 2.0
"""The least length of a crop mark; a shorter one is left out, because the paper ends there."""
LINE_POINTS = 0.25
JOB_POINTS = 5.5
INSET: Millimetres = 4.0
"""The distance of the job line and the colour bar from the crop marks and from each other."""
TARGET: Millimetres = 5.0
"""The size of a registration mark, the cross included."""
PATCH: Millimetres = 4.0
"""The side of a patch of the colour bar."""
CLEAR: Millimetres = 1.5
"""The distance of text and patches from the marks of folds and cuts."""

REGISTRATION = "CSRegistration"
"""The name of the colour that prints on every plate (Separation "All") in a sheet's resources."""

INKS: Mapping[str, tuple[str, tuple[float, float, float, float]]] = {
    REGISTRATION: ("All", (1, 1, 1, 1)),
    "CSCyan": ("Cyan", (1, 0, 0, 0)),
    "CSMagenta": ("Magenta", (0, 1, 0, 0)),
    "CSYellow": ("Yellow", (0, 0, 1, 0)),
    "CSBlack": ("Black", (0, 0, 0, 1)),
}
"""The inks of the marks by their names in a sheet's resources, with what each looks like as a mixture."""
TINTS = (1.0, 0.5)
"""The share of each ink in the patches of the colour bar."""

Line: TypeAlias = tuple[Millimetres, Millimetres, Millimetres, Millimetres]
"""A line as x1, y1, x2, y2 from the paper's bottom left corner."""


class SheetFrame(Struct, frozen=True, kw_only=True):
    """One side with its bleed, in coordinates of the paper; all marks are between its bleed and its edges."""

    side: SheetSide
    bleed: Millimetres

    @property
    def left(self) -> Millimetres:
        """Return the trim's left edge."""
        return self.side.margins[0]

    @property
    def bottom(self) -> Millimetres:
        """Return the trim's lower edge."""
        return self.side.margins[1]

    @property
    def vertical_space(self) -> Millimetres:
        """Return the space above the bleed, and below it."""
        return self.side.margins[1] - self.bleed

    @property
    def horizontal_space(self) -> Millimetres:
        """Return the space to the left of the bleed, and to the right."""
        return self.side.margins[0] - self.bleed

    @property
    def across(self) -> tuple[Millimetres, ...]:
        """Return the positions of folds and cuts that are marked above and below, from the paper's left edge."""
        return tuple(self.left + x for x in sorted({*self.side.folds, *self.side.cuts}))

    @property
    def upwards(self) -> tuple[Millimetres, ...]:
        """Return the positions of folds and cuts that are marked on the left and right, from the paper's lower edge."""
        return tuple(self.bottom + y for y in sorted({*self.side.level_folds, *self.side.level_cuts}))


def draw_marks(side: SheetSide, bleed: Millimetres, job: str, font: OutlineFont) -> bytes:
    """Return the content stream with all marks of one side, as artifacts; the paper's corner is at the origin."""
    frame = SheetFrame(side=side, bleed=bleed)
    parts = [
        "/Artifact BMC q",
        f"/{REGISTRATION} CS 1 SCN /{REGISTRATION} cs 1 scn {LINE_POINTS:g} w",
        *(_line(*ends) for ends in crop_lines(frame)),
        *(piece for centre in targets(frame) for piece in _target(*centre)),
        "q [2 1.5] 0 d",
        *(_line(*ends) for ends in fold_lines(frame)),
        "Q",
        *_job(frame, job, font),
        *_colour_bar(frame),
        "Q EMC",
    ]
    return "\n".join(parts).encode()


# ---------------------------------------------------------------- where marks stand


def crop_lines(frame: SheetFrame) -> Iterator[Line]:
    """Yield a mark at both ends of every cut."""
    yield from _ends(frame, frame.side.cuts, frame.side.level_cuts)


def fold_lines(frame: SheetFrame) -> Iterator[Line]:
    """Yield a mark at both ends of every fold."""
    yield from _ends(frame, frame.side.folds, frame.side.level_folds)


def _ends(frame: SheetFrame, across: Sequence[Millimetres], upwards: Sequence[Millimetres]) -> Iterator[Line]:
    width, height = frame.side.paper
    near, far = _reach(frame.vertical_space)
    for x in (frame.left + place for place in across if far > near):
        yield x, frame.vertical_space - far, x, frame.vertical_space - near
        yield x, height - frame.vertical_space + near, x, height - frame.vertical_space + far
    near, far = _reach(frame.horizontal_space)
    for y in (frame.bottom + place for place in upwards if far > near):
        yield frame.horizontal_space - far, y, frame.horizontal_space - near, y
        yield width - frame.horizontal_space + near, y, width - frame.horizontal_space + far, y


def _reach(space: Millimetres) -> tuple[Millimetres, Millimetres]:
    """Return the ends of a mark, measured from the bleed outwards; nothing where the paper ends too soon."""
    far = min(GAP + LENGTH, space)
    return (GAP, far) if far - GAP >= SHORTEST else (0.0, 0.0)


def targets(frame: SheetFrame) -> Iterator[tuple[Millimetres, Millimetres]]:
    """Return the centres of the registration marks: one in the middle of each edge, clear of folds and cuts."""
    width, height = frame.side.paper
    away = GAP + TARGET / 2
    if frame.vertical_space >= GAP + TARGET:
        x = _clear_of(frame.across, width / 2)
        yield x, frame.vertical_space - away
        yield x, height - frame.vertical_space + away
    if frame.horizontal_space >= GAP + TARGET:
        y = _clear_of(frame.upwards, height / 2)
        yield frame.horizontal_space - away, y
        yield width - frame.horizontal_space + away, y


def _clear_of(taken: Sequence[Millimetres], wanted: Millimetres) -> Millimetres:
    """Return the place nearest to ``wanted`` where a registration mark touches none of the marks ``taken``."""
    distance = TARGET / 2 + CLEAR
    places = [wanted, *(mark + step * distance for mark in taken for step in (-1, 1))]
    free = [place for place in places if all(abs(place - mark) >= distance - 1e-6 for mark in taken)]
    return min(free, key=lambda place: (round(abs(place - wanted), 3), place))


def run_of(
    widths: Sequence[Millimetres], taken: Sequence[Millimetres], start: Millimetres, gap: Millimetres
) -> list[Millimetres]:
    """Return the starts of pieces of these widths, one after the other from ``start``, none of them on a mark."""
    places = []
    x = start
    for width in widths:
        for mark in sorted(taken):
            if x - CLEAR < mark < x + width + CLEAR:
                x = mark + CLEAR
        places.append(x)
        x += width + gap
    return places


# ---------------------------------------------------------------- the job line and the colour bar


def job_facts(side: SheetSide, job: str) -> tuple[str, ...]:
    """Return the printer's text beside the sheet: the job, the side, the trimmed size and how the paper is turned."""
    size = f"{round(side.width, 1):g} × {round(side.height, 1):g} mm"
    return tuple(part for part in (job, side.name, size, side.turning) if part)


def _job(frame: SheetFrame, job: str, font: OutlineFont) -> Iterator[str]:
    """Yield the job line below the sheet; nothing on paper where it does not fit."""
    if frame.vertical_space < GAP + LENGTH:
        return
    facts = job_facts(frame.side, job)
    widths = [font.width(fact, JOB_POINTS) for fact in facts]
    taken = _with_targets(frame)
    y = frame.vertical_space - GAP - JOB_POINTS / POINTS_PER_MM
    for fact, x in zip(facts, run_of(widths, taken, frame.left + INSET, INSET), strict=True):
        yield from font.draw(fact, x, y, JOB_POINTS)


def _colour_bar(frame: SheetFrame) -> Iterator[str]:
    """Yield patches of the four inks above the sheet, full and half."""
    if frame.vertical_space < GAP + LENGTH:
        return
    patches = [(name, tint) for tint in TINTS for name in INKS if name != REGISTRATION]
    places = run_of([PATCH] * len(patches), _with_targets(frame), frame.left + INSET, 0.0)
    if places[-1] + PATCH > frame.left + frame.side.width:
        return
    y = frame.side.paper[1] - frame.vertical_space + GAP
    for (name, tint), x in zip(patches, places, strict=True):
        yield f"/{name} cs {tint:g} scn {_points(x)} {_points(y)} {_points(PATCH)} {_points(PATCH)} re f"


def _with_targets(frame: SheetFrame) -> tuple[Millimetres, ...]:
    """Return the marks above and below, with the registration mark as its two sides and its middle."""
    x = next(iter(targets(frame)))[0]
    return (*frame.across, x - TARGET / 2, x, x + TARGET / 2)


# ---------------------------------------------------------------- instructions


def _target(x: Millimetres, y: Millimetres) -> Iterator[str]:
    """Yield a registration mark: a circle with a cross through it."""
    half = TARGET / 2
    yield _line(x - half, y, x + half, y)
    yield _line(x, y - half, x, y + half)
    radius, bend = TARGET * 0.3, TARGET * 0.3 * 0.5523
    yield f"{_points(x + radius)} {_points(y)} m"
    for along, across in ((0, 1), (-1, 0), (0, -1), (1, 0)):
        before = (across, -along)
        first = (x + before[0] * radius + along * bend, y + before[1] * radius + across * bend)
        second = (x + along * radius + before[0] * bend, y + across * radius + before[1] * bend)
        end = (x + along * radius, y + across * radius)
        yield " ".join(_points(value) for point in (first, second, end) for value in point) + " c"
    yield "s"


def _line(x1: Millimetres, y1: Millimetres, x2: Millimetres, y2: Millimetres) -> str:
    return "{} {} m {} {} l S".format(*(_points(value) for value in (x1, y1, x2, y2)))


def _points(value: Millimetres) -> str:
    return f"{value * POINTS_PER_MM:.3f}"

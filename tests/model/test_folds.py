"""Fold geometry: widths that printers publish, laws for any sheet, and paper folded and opened in thought."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.model.fold import STRIPS, Crease, Fold, creases, fold_sides, panel_order, panel_widths, strip_widths

KINDS = [(fold, strips) for fold, counts in STRIPS.items() for strips in counts]

PUBLISHED = {
    (Fold.LETTER, 297.0, 3.0): (100, 100, 97),
    (Fold.LETTER, 420.0, 3.0): (141, 141, 138),
    (Fold.LETTER, 279.4, 3.0): (94.13, 94.13, 91.13),
    (Fold.LETTER, 297.0, 2.0): (99.67, 99.67, 97.67),
    (Fold.Z, 297.0, 2.0): (99, 99, 99),
    (Fold.GATE, 297.0, 2.0): (73.25, 150.5, 73.25),
    (Fold.GATE, 420.0, 2.0): (104, 212, 104),
    (Fold.ROLL, 297.0, 2.0): (75.75, 75.75, 73.75, 71.75),
    (Fold.ROLL, 420.0, 2.0): (106.5, 106.5, 104.5, 102.5),
    (Fold.HALF, 297.0, 2.0): (148.5, 148.5),
    (Fold.ACCORDION, 297.0, 2.0): (99, 99, 99),
}


@pytest.mark.parametrize(("case", "widths"), PUBLISHED.items(), ids=lambda value: "-".join(map(str, value)))
def test_widths_are_those_that_printers_publish(case: tuple[Fold, float, float], widths: tuple[float, ...]) -> None:
    fold, sheet, tuck = case
    assert strip_widths(fold, sheet, len(widths), tuck=tuck, gap=2) == pytest.approx(widths, abs=0.005)


@given(kind=st.sampled_from(KINDS), sheet=st.floats(100, 1000), tuck=st.floats(0, 5), gap=st.floats(0, 5))
def test_the_panels_of_a_side_fill_the_sheet(kind: tuple[Fold, int], sheet: float, tuck: float, gap: float) -> None:
    fold, strips = kind
    widths = panel_widths(fold, strip_widths(fold, sheet, strips, tuck=tuck, gap=gap))
    for side in fold_sides(fold, widths):
        assert sum(place.width for place in side.placements) == pytest.approx(sheet)
        assert side.placements[0].x == 0
        for left, right in pairwise(side.placements):
            assert right.x == pytest.approx(left.x + left.width)


@given(kind=st.sampled_from(KINDS), sheet=st.floats(100, 1000), tuck=st.floats(0, 5), gap=st.floats(0, 5))
def test_both_panels_of_a_strip_lie_on_the_same_paper(
    kind: tuple[Fold, int], sheet: float, tuck: float, gap: float
) -> None:
    fold, strips = kind
    widths = panel_widths(fold, strip_widths(fold, sheet, strips, tuck=tuck, gap=gap))
    outside, inside = fold_sides(fold, widths)
    for front, reverse in zip(inside.placements, reversed(outside.placements), strict=True):
        assert front.width == reverse.width
        assert front.x == pytest.approx(sheet - reverse.x - reverse.width)


@pytest.mark.parametrize(("fold", "strips"), KINDS)
def test_imposition_places_every_panel_once(fold: Fold, strips: int) -> None:
    outside, inside = panel_order(fold, strips)
    assert sorted(outside + inside) == list(range(2 * strips))


@given(sheet=st.floats(100, 1000), tuck=st.floats(0.5, 5), gap=st.floats(0.5, 5))
def test_what_folds_inside_is_narrower_than_what_it_folds_into(sheet: float, tuck: float, gap: float) -> None:
    for fold in (Fold.LETTER, Fold.ROLL):
        cover, *rest = strip_widths(fold, sheet, STRIPS[fold][0], tuck=tuck, gap=gap)
        assert rest[0] == pytest.approx(cover)
        assert all(wide - narrow == pytest.approx(tuck) for wide, narrow in pairwise(rest))
    left, middle, right = strip_widths(Fold.GATE, sheet, 3, tuck=tuck, gap=gap)
    assert middle - left - right == pytest.approx(2 * gap)
    assert sheet - 2 * (left + right) == pytest.approx(2 * gap)


# ---------------------------------------------------------------- paper


@dataclass(frozen=True)
class Face:
    """One side of one strip."""

    strip: int
    inside: bool

    def turned(self) -> Face:
        return Face(self.strip, not self.inside)


Pile = list[Face]
"""What lies on one place of the table, the lowest first, each by the face that is up."""


def close(piles: list[Pile], crease: int, way: Crease, *, move_left: bool) -> list[Pile]:
    """Fold all that lies on one side of ``crease`` (piles before it) over or under what lies on the other."""
    if move_left:
        moving, staying = piles[:crease][::-1], piles[crease:]
    else:
        moving, staying = piles[crease:], piles[:crease][::-1]
    assert len(moving) <= len(staying), "the moved paper would hang over the edge"
    result = []
    for place, pile in enumerate(staying):
        over = [face.turned() for face in reversed(moving[place])] if place < len(moving) else []
        result.append(pile + over if way is Crease.VALLEY else over + pile)
    return result if move_left else result[::-1]


def flat(fold: Fold, strips: int) -> list[Pile]:
    """The open sheet, inside up; the middle of a gate is as wide as two strips."""
    if fold is Fold.GATE:
        return [[Face(0, True)], [Face(1, True)], [Face(1, True)], [Face(2, True)]]
    return [[Face(strip, True)] for strip in range(strips)]


def closings(fold: Fold, strips: int) -> list[list[Pile]]:
    """The states of the paper from open to closed, from the right to the left, the cover last."""
    ways = creases(fold, strips)
    states = [flat(fold, strips)]
    match fold:
        case Fold.GATE:
            states.append(close(states[-1], 3, ways[1], move_left=False))
            states.append(close(states[-1], 1, ways[0], move_left=True))
        case _:
            for crease in range(strips - 1, 0, -1):
                states.append(close(states[-1], crease, ways[crease - 1], move_left=crease == 1))
    return states


def read(fold: Fold, strips: int) -> list[Face]:
    """The faces in the order in which a reader meets them.

    While the leaflet is being opened, what is seen of its outside; then the whole inside; then, the sheet turned over,
    what was not seen yet. A zigzag is pulled open at once.
    """
    states = closings(fold, strips)
    if Crease.MOUNTAIN in creases(fold, strips):
        states = [states[0], states[-1]]
    met: list[Face] = []
    for state in reversed(states):
        for pile in state:
            if not pile[-1].inside and pile[-1] not in met:
                met.append(pile[-1])
    met += dict.fromkeys(pile[-1] for pile in states[0])
    turned = dict.fromkeys(pile[0].turned() for pile in reversed(states[0]))
    return met + [face for face in turned if face not in met]


@pytest.mark.parametrize(("fold", "strips"), KINDS)
def test_a_reader_who_opens_the_sheet_meets_the_panels_in_order(fold: Fold, strips: int) -> None:
    outside, inside = panel_order(fold, strips)
    printed = {Face(strip, True): panel for strip, panel in enumerate(inside)}
    printed |= {Face(strip, False): panel for strip, panel in enumerate(reversed(outside))}
    assert [printed[face] for face in read(fold, strips)] == list(range(2 * strips))


@pytest.mark.parametrize(("fold", "strips"), KINDS)
def test_the_closed_leaflet_shows_its_cover_and_is_one_strip_wide(fold: Fold, strips: int) -> None:
    outside, _ = panel_order(fold, strips)
    closed = closings(fold, strips)[-1]
    assert len(closed) == (2 if fold is Fold.GATE else 1)
    top = closed[0][-1]
    assert not top.inside
    assert outside[strips - 1 - top.strip] == 0
    assert {face.strip for pile in closed for face in pile} == set(range(strips))


def test_the_folds_of_a_zigzag_alternate() -> None:
    assert creases(Fold.ACCORDION, 4) == (Crease.VALLEY, Crease.MOUNTAIN, Crease.VALLEY)


def test_a_letter_fold_folds_the_flap_first_and_hides_it() -> None:
    closed = closings(Fold.LETTER, 3)[-1][0]
    assert [face.strip for face in closed] == [1, 2, 0]

"""Fold geometry: widths that printers publish, laws for any sheet, and paper folded and opened in thought."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.model.fold import (
    ONE_SIDED,
    ROWS,
    STRIPS,
    Crease,
    Fold,
    FoldedPart,
    fold_sides,
    folding,
    mirrored_side,
    panel_count,
    strip_widths,
)

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


@given(
    kind=st.sampled_from(KINDS),
    sheet=st.floats(100, 1000),
    height=st.floats(100, 1000),
    tuck=st.floats(0, 5),
    gap=st.floats(0, 5),
)
def test_the_panels_of_a_side_fill_the_sheet(
    kind: tuple[Fold, int], sheet: float, height: float, tuck: float, gap: float
) -> None:
    fold, strips = kind
    rows = ROWS.get(fold, 1)
    for side in fold_sides(fold, strip_widths(fold, sheet, strips, tuck=tuck, gap=gap), height):
        for row in range(rows):
            across = side.placements[row * strips : (row + 1) * strips]
            assert sum(place.width for place in across) == pytest.approx(sheet)
            assert across[0].x == 0
            for left, right in pairwise(across):
                assert right.x == pytest.approx(left.x + left.width)
            assert {place.y for place in across} == {height - (row + 1) * height / rows}


@given(kind=st.sampled_from(KINDS), sheet=st.floats(100, 1000), tuck=st.floats(0, 5), gap=st.floats(0, 5))
def test_both_panels_of_a_strip_lie_on_the_same_paper(
    kind: tuple[Fold, int], sheet: float, tuck: float, gap: float
) -> None:
    fold, strips = kind
    if fold in ONE_SIDED:
        return
    outside, inside = fold_sides(fold, strip_widths(fold, sheet, strips, tuck=tuck, gap=gap), 210)
    for row in range(ROWS.get(fold, 1)):
        fronts = inside.placements[row * strips : (row + 1) * strips]
        reverses = outside.placements[row * strips : (row + 1) * strips][::-1]
        for front, reverse in zip(fronts, reverses, strict=True):
            assert front.width == reverse.width
            assert front.x == pytest.approx(sheet - reverse.x - reverse.width)


@pytest.mark.parametrize(("fold", "strips"), KINDS)
def test_imposition_places_every_panel_once(fold: Fold, strips: int) -> None:
    sides = fold_sides(fold, (100.0,) * strips, 210)
    placed = sorted(place.panel for side in sides for place in side.placements)
    assert placed == list(range(panel_count(fold, strips)))


@given(sheet=st.floats(100, 1000), tuck=st.floats(0.5, 5), gap=st.floats(0.5, 5))
def test_what_folds_inside_is_narrower_than_what_it_folds_into(sheet: float, tuck: float, gap: float) -> None:
    for fold in (Fold.LETTER, Fold.ROLL):
        cover, *rest = strip_widths(fold, sheet, STRIPS[fold][0], tuck=tuck, gap=gap)
        assert rest[0] == pytest.approx(cover)
        assert all(wide - narrow == pytest.approx(tuck) for wide, narrow in pairwise(rest))
    left, middle, right = strip_widths(Fold.GATE, sheet, 3, tuck=tuck, gap=gap)
    assert middle - left - right == pytest.approx(2 * gap)
    assert sheet - 2 * (left + right) == pytest.approx(2 * gap)


def test_the_folds_of_a_zigzag_alternate() -> None:
    assert [step.way for step in folding(Fold.ACCORDION, 4)] == [Crease.VALLEY, Crease.MOUNTAIN, Crease.VALLEY]


def test_a_letter_fold_folds_the_flap_first() -> None:
    assert [(step.place, step.part) for step in folding(Fold.LETTER, 3)] == [
        (2, FoldedPart.RIGHT),
        (1, FoldedPart.LEFT),
    ]


def test_mirrored_sides_run_the_other_way() -> None:
    strips = strip_widths(Fold.LETTER, 297, 3, tuck=3, gap=2)
    outside = mirrored_side(fold_sides(Fold.LETTER, strips, 210)[0], 297)
    assert [(place.panel, place.x, place.width) for place in outside.placements] == [
        (0, 0, 100),
        (5, 100, 100),
        (1, 200, 97),
    ]

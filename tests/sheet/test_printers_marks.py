"""Printer's marks stand outside the bleed, on no other mark, and only where the paper has room for them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from leaflet.model.fold import STRIPS, Fold
from leaflet.model.layout import PressSheet
from leaflet.sheet import OutlineFont
from leaflet.sheet.placement import SheetSide, place
from leaflet.sheet.printer_marks import (
    CLEAR,
    TARGET,
    SheetFrame,
    crop_lines,
    draw_marks,
    fold_lines,
    job_facts,
    run_of,
    targets,
)
from sheet.paper import layout_of

KINDS = [(fold, strips) for fold, counts in STRIPS.items() for strips in counts]


def side_of(fold: Fold, strips: int, size: tuple[float, float], press: PressSheet | None = None) -> SheetSide:
    layout = layout_of(fold, strips, size, press_sheet=press)
    return place(layout, range(len(layout.panels)), [(panel.width, panel.height) for panel in layout.panels])[0]


@given(
    kind=st.sampled_from(KINDS),
    size=st.tuples(st.floats(200, 700), st.floats(100, 700)),
    columns=st.integers(1, 3),
    rows=st.integers(1, 3),
    gutter=st.floats(0, 20),
)
def test_all_lines_lie_between_the_bleed_and_the_edge_of_the_paper(
    kind: tuple[Fold, int], size: tuple[float, float], columns: int, rows: int, gutter: float
) -> None:
    side = side_of(*kind, size, PressSheet(columns=columns, rows=rows, gutter=gutter))
    frame = SheetFrame(side=side, bleed=3)
    width, height = side.paper
    for x1, y1, x2, y2 in (*crop_lines(frame), *fold_lines(frame)):
        assert 0 <= min(x1, x2) <= max(x1, x2) <= width
        assert 0 <= min(y1, y2) <= max(y1, y2) <= height
        outside = (max(x1, x2) < 7, min(x1, x2) > width - 7, max(y1, y2) < 7, min(y1, y2) > height - 7)
        assert any(outside)
    for x, y in targets(frame):
        assert all(abs(x - mark) >= TARGET / 2 for mark in frame.across) or 7 < y < height - 7
        assert all(abs(y - mark) >= TARGET / 2 for mark in frame.upwards) or 7 < x < width - 7


@given(
    widths=st.lists(st.floats(1, 60), min_size=1, max_size=8),
    taken=st.lists(st.floats(0, 300), max_size=6),
    start=st.floats(0, 50),
)
def test_pieces_of_a_row_keep_clear_of_marks_and_of_each_other(
    widths: list[float], taken: list[float], start: float
) -> None:
    places = run_of(widths, taken, start, 2.0)
    end = start - 2.0
    for x, width in zip(places, widths, strict=True):
        assert x >= end + 2.0 - 1e-6
        assert not any(x - CLEAR + 1e-6 < mark < x + width + CLEAR - 1e-6 for mark in taken)
        end = x + width


def test_the_job_line_says_the_side_the_size_and_how_to_turn() -> None:
    side = side_of(Fold.LETTER, 3, (297.0, 210.0))
    assert job_facts(side, "walking") == ("walking", "outside", "297 × 210 mm", "turn on the short edge")


def test_marks_are_one_artifact_in_inks_of_their_own() -> None:
    drawn = draw_marks(side_of(Fold.LETTER, 3, (297.0, 210.0)), 3, "walking", OutlineFont()).decode()
    assert drawn.startswith("/Artifact BMC q")
    assert drawn.endswith("Q EMC")
    assert drawn.count("BMC") == drawn.count("EMC") == 1
    assert len(re.findall(r"/CS(?:Cyan|Magenta|Yellow|Black) cs (?:1|0\.5) scn", drawn)) == 8
    assert not re.search(r"\b(?:rg|RG|k|K|g|G)\b", drawn)


def test_paper_without_room_has_no_marks() -> None:
    drawn = draw_marks(
        side_of(Fold.LETTER, 3, (297.0, 210.0), PressSheet(size=(297, 210))), 3, "walking", OutlineFont()
    ).decode()
    assert " l S" not in drawn
    assert " re f" not in drawn

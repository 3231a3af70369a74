"""Every fold on any paper: printed, cut, folded and opened in thought, its panels are met upright and in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.errors import LayoutError, Severity
from leaflet.model.fold import ONE_SIDED, STRIPS, Fold, panel_count
from leaflet.model.layout import Filling, Layout, PressSheet
from leaflet.model.paper import Duplex
from leaflet.sheet.booklet import section_sheets, section_warning, with_blanks
from leaflet.sheet.placement import place
from sheet.paper import Print, behind, closings, layout_of, printed, read_booklet, read_folded

KINDS = [(fold, strips) for fold, counts in STRIPS.items() if fold is not Fold.ZINE for strips in counts]
DUPLEX = st.sampled_from([None, *Duplex])
SHEETS = st.tuples(st.floats(250, 700), st.floats(100, 700))


def sizes_of(layout: Layout, pages: int) -> list[tuple[float, float]]:
    panels = [layout.panel_at(page) for page in range(pages)]
    return [(panel.width, panel.height) for panel in panels if panel]


def test_the_closed_leaflet_is_one_strip_wide_with_its_cover_on_top() -> None:
    for fold, strips in KINDS:
        closed = closings(layout_of(fold, strips), strips)[-1]
        assert len(closed) == (2 if fold is Fold.GATE else 1)
        tops = [pile[-1] for pile in closed.values()]
        assert not any(top.inside for top in tops)


@given(
    kind=st.sampled_from(KINDS),
    size=SHEETS,
    tuck=st.floats(0, 5),
    gap=st.floats(0, 5),
    columns=st.integers(1, 3),
    rows=st.integers(1, 3),
    gutter=st.floats(0, 20),
    duplex=DUPLEX,
    mirrored=st.booleans(),
)
def test_a_reader_meets_every_panel_upright_and_in_order(
    kind: tuple[Fold, int],
    size: tuple[float, float],
    tuck: float,
    gap: float,
    columns: int,
    rows: int,
    gutter: float,
    duplex: Duplex | None,
    mirrored: bool,
) -> None:
    fold, strips = kind
    press = PressSheet(columns=columns, rows=rows, gutter=gutter)
    layout = layout_of(fold, strips, size, tuck=tuck, gap=gap, press_sheet=press, duplex=duplex)
    layout = layout.mirrored() if mirrored else layout
    count = panel_count(fold, strips)
    sides = place(layout, range(count), sizes_of(layout, count))
    assert len(sides) == (1 if fold in ONE_SIDED else 2)
    for column in range(columns):
        for row in range(rows):
            corner = (column * (size[0] + gutter), row * (size[1] + gutter))
            assert read_folded(layout, strips, sides, corner) == [Print(page, True) for page in range(count)]


@given(
    pages=st.integers(1, 200),
    most=st.integers(1, 12),
    size=SHEETS,
    duplex=DUPLEX,
    mirrored=st.booleans(),
    cover=st.booleans(),
)
def test_a_booklet_is_read_from_cover_to_back(
    pages: int, most: int, size: tuple[float, float], duplex: Duplex | None, mirrored: bool, cover: bool
) -> None:
    layout = replace(layout_of(Fold.BOOKLET, 2, size, duplex=duplex), section_pages=4 * most)
    layout = layout.mirrored() if mirrored else layout
    sides = place(layout, [0] * pages, sizes_of(layout, pages), back_cover=cover)
    met: list[int | None] = []
    for sheets in section_sheets(pages, layout.section_pages):
        section, sides = sides[: 2 * sheets], sides[2 * sheets :]
        met += read_booklet(layout, section)
    assert not sides
    assert met == list(with_blanks(pages, back_cover=cover))
    assert [page for page in met if page is not None] == list(range(pages))
    assert len(met) % 4 == 0
    assert len(met) - pages < 4
    if pages > 1 and cover:
        assert (met[0], met[-1]) == (0, pages - 1)


def test_blank_pages_come_before_the_back_cover_or_after_the_text() -> None:
    assert with_blanks(6) == (0, 1, 2, 3, 4, None, None, 5)
    assert with_blanks(6, back_cover=False) == (0, 1, 2, 3, 4, 5, None, None)
    assert with_blanks(8) == tuple(range(8))


@given(pages=st.integers(1, 2000), most=st.integers(1, 30))
def test_sections_are_as_few_and_as_even_as_can_be(pages: int, most: int) -> None:
    sheets = section_sheets(pages, 4 * most)
    assert sum(sheets) == -(-pages // 4)
    assert max(sheets) <= most
    assert max(sheets) - min(sheets) <= 1
    assert len(sheets) == -(-sum(sheets) // most)


def test_more_pages_than_one_section_holds_are_a_warning() -> None:
    layout = layout_of(Fold.BOOKLET, 2)
    assert not section_warning(48, layout, "it.md")
    (problem,) = section_warning(100, layout, "it.md")
    assert problem.severity is Severity.WARNING
    assert problem.message == (
        "100 pages are more than one stitched section holds (48): the sheets make 3 sections of 36, 32 and 32 pages"
    )


def test_creep_begins_again_with_each_section() -> None:
    layout = replace(layout_of(Fold.BOOKLET, 2), thickness=0.1, section_pages=12)
    sides = place(layout, [0] * 20, sizes_of(layout, 20))
    assert [side.name for side in sides if "outside" in side.name] == [
        *(f"section 1 sheet {sheet} outside" for sheet in (1, 2, 3)),
        *(f"section 2 sheet {sheet} outside" for sheet in (1, 2)),
    ]
    creeps = [min(page.x for page in side.pages) for side in sides[::2]]
    assert creeps == pytest.approx([0, 0.1, 0.2, 0, 0.1])


def test_pages_of_inner_sheets_creep_towards_the_fold() -> None:
    layout = replace(layout_of(Fold.BOOKLET, 2), thickness=0.1)
    sides = place(layout, [0] * 12, sizes_of(layout, 12))
    assert [side.name for side in sides][:3] == ["sheet 1 outside", "sheet 1 inside", "sheet 2 outside"]
    for sheet in range(3):
        for side in sides[2 * sheet : 2 * sheet + 2]:
            left, right = sorted(side.pages, key=lambda page: page.x)
            assert left.x == pytest.approx(0.1 * sheet)
            assert right.x == pytest.approx(148.5 - 0.1 * sheet)
            # Neither page prints beyond the fold, however far it is pushed.
            assert left.x + left.width + left.bleed.right == pytest.approx(148.5)
            assert right.x - right.bleed.left == pytest.approx(148.5)


@given(
    pages=st.integers(1, 13),
    columns=st.integers(1, 3),
    rows=st.integers(1, 3),
    gutter=st.floats(0, 20),
    duplex=DUPLEX,
)
def test_step_and_repeat_has_each_back_behind_its_front(
    pages: int, columns: int, rows: int, gutter: float, duplex: Duplex | None
) -> None:
    press = PressSheet(columns=columns, rows=rows, gutter=gutter)
    layout = layout_of(Fold.NONE, 1, (105, 148), press_sheet=press, duplex=duplex)
    sides = place(layout, [0] * pages, sizes_of(layout, pages))
    assert len(sides) == pages
    for number in range(0, pages - 1, 2):
        front, back = sides[number], sides[number + 1]
        assert [page.again for page in front.pages] == [False] + [True] * (columns * rows - 1)
        for column in range(columns):
            for row in range(rows):
                x, y = column * (105 + gutter) + 50, row * (148 + gutter) + 70
                assert printed(front, front.width - x, y) == Print(number, True)
                assert behind(layout, back, x, y) == Print(number + 1, True)


@given(pages=st.integers(1, 30), columns=st.integers(1, 3), rows=st.integers(1, 3), gutter=st.floats(0, 20))
def test_n_up_shows_every_page_once_in_reading_order(pages: int, columns: int, rows: int, gutter: float) -> None:
    press = PressSheet(columns=columns, rows=rows, gutter=gutter, filling=Filling.SEQUENCE)
    layout = layout_of(Fold.NONE, 1, (105, 148), press_sheet=press)
    sides = place(layout, [0] * pages, sizes_of(layout, pages))
    met = [
        here.page
        for side in sides
        for row in reversed(range(rows))
        for column in range(columns)
        if (here := printed(side, column * (105 + gutter) + 50, row * (148 + gutter) + 70))
    ]
    assert met == list(range(pages))


@given(pages=st.integers(1, 30), columns=st.integers(1, 3), rows=st.integers(1, 3))
def test_the_piles_of_a_cut_stack_put_on_each_other_are_in_order(pages: int, columns: int, rows: int) -> None:
    press = PressSheet(columns=columns, rows=rows, filling=Filling.STACK)
    layout = layout_of(Fold.NONE, 1, (105, 148), press_sheet=press)
    sheets = place(layout, [0] * pages, sizes_of(layout, pages))
    met = [
        here.page
        for row in reversed(range(rows))
        for column in range(columns)
        for sheet in sheets
        if (here := printed(sheet, column * 105 + 50, row * 148 + 70))
    ]
    assert met == list(range(pages))


@given(
    kind=st.sampled_from([*KINDS, (Fold.BOOKLET, 2), (Fold.NONE, 1)]),
    gutter=st.floats(0, 12),
    columns=st.integers(1, 3),
    rows=st.integers(1, 2),
)
def test_no_page_prints_where_another_does_or_off_the_paper(
    kind: tuple[Fold, int], gutter: float, columns: int, rows: int
) -> None:
    fold, strips = kind
    layout = layout_of(fold, strips, press_sheet=PressSheet(columns=columns, rows=rows, gutter=gutter))
    count = len(layout.panels) if layout.sides else 8
    panels = range(count) if layout.sides else [0] * count
    for side in place(layout, panels, sizes_of(layout, count)):
        boxes = [
            (
                page.x - page.bleed.left,
                page.y - page.bleed.bottom,
                page.x + page.width + page.bleed.right,
                page.y + page.height + page.bleed.top,
            )
            for page in side.pages
        ]
        for place_, (left, bottom, right, top) in enumerate(boxes):
            assert left >= -3 - 1e-6
            assert bottom >= -3 - 1e-6
            assert right <= side.width + 3 + 1e-6
            assert top <= side.height + 3 + 1e-6
            for other in boxes[place_ + 1 :]:
                width = min(right, other[2]) - max(left, other[0])
                height = min(top, other[3]) - max(bottom, other[1])
                assert min(width, height) < 1e-6


def test_a_press_sheet_that_is_too_small_is_refused() -> None:
    layout = layout_of(Fold.HALF, 2, press_sheet=PressSheet(size=(297, 210), columns=2))
    with pytest.raises(LayoutError, match=r"puts 594 × 210 mm on a press sheet of A4 \(297 × 210 mm\)"):
        place(layout, range(4), sizes_of(layout, 4))


def test_a_named_press_sheet_holds_the_block_in_its_middle() -> None:
    press = PressSheet(size=(320, 450), rows=2, gutter=6)
    layout = layout_of(Fold.LETTER, 3, press_sheet=press)
    side = place(layout, range(6), sizes_of(layout, 6))[0]
    assert side.paper == pytest.approx((320, 450))
    assert side.margins == pytest.approx((11.5, 12))
    assert side.turning == "turn on the long edge"
    assert side.level_cuts == (0, 210, 216, 426)


def _ring(layout: Layout) -> list[tuple[int, int]]:
    """The cells of a zine (strip, row from the top) along the band that the slit makes of the sheet, from the cover."""
    strips = 4
    upper = [(strip, 0) for strip in range(strips)]
    lower = [(strip, 1) for strip in range(strips)]
    ring = [lower[3], *reversed(upper), *lower[:3]]
    return [(strips - 1 - strip, row) for strip, row in ring] if layout.right_to_left else ring


@given(size=SHEETS, columns=st.integers(1, 2), gutter=st.floats(0, 20), duplex=DUPLEX, mirrored=st.booleans())
def test_a_zine_is_read_along_its_band_with_every_page_upright(
    size: tuple[float, float], columns: int, gutter: float, duplex: Duplex | None, mirrored: bool
) -> None:
    layout = layout_of(Fold.ZINE, 4, size, press_sheet=PressSheet(columns=columns, gutter=gutter), duplex=duplex)
    layout = layout.mirrored() if mirrored else layout
    (front,) = place(layout, range(8), sizes_of(layout, 8))
    for column in range(columns):
        met = []
        for strip, row in _ring(layout):
            x = column * (size[0] + gutter) + (strip + 0.5) * size[0] / 4
            found = printed(front, x, size[1] * (0.75 - row / 2))
            # The upper row is folded over to the back, head over heels.
            met.append(found and Print(found.page, found.upright is (row == 1)))
        assert met == [Print(page, True) for page in range(8)]

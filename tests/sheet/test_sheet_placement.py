"""Places of pages on the sheet: geometry without any PDF."""

from __future__ import annotations

import pytest

from leaflet.errors import LayoutError
from leaflet.sheet.placement import place
from panel_samples import HANDOUT, TRIFOLD, WIDTHS

SIZES = [(width, 210.0) for width in WIDTHS]
IN_ORDER = range(6)


def test_a_letter_fold_reads_flap_back_cover_outside() -> None:
    outside, inside = place(TRIFOLD, IN_ORDER, SIZES)
    assert sorted((page.x, page.width, page.page) for page in outside.pages) == [
        (0, 97, 1),
        (97, 100, 5),
        (197, 100, 0),
    ]
    assert sorted((page.x, page.width, page.page) for page in inside.pages) == [
        (0, 100, 2),
        (100, 100, 3),
        (200, 97, 4),
    ]
    assert (outside.folds, inside.folds) == ((97, 197), (100, 200))


def test_pages_are_painted_in_reading_order() -> None:
    for one in place(TRIFOLD, IN_ORDER, SIZES):
        assert [page.page for page in one.pages] == sorted(page.page for page in one.pages)


def test_bleed_stops_at_the_folds() -> None:
    outside, _ = place(TRIFOLD, IN_ORDER, SIZES)
    bleeds = {page.page: page.bleed for page in outside.pages}
    assert (bleeds[1].left, bleeds[1].right) == (3, 0)
    assert (bleeds[5].left, bleeds[5].right) == (0, 0)
    assert (bleeds[0].left, bleeds[0].right) == (0, 3)
    assert {(bleed.top, bleed.bottom) for bleed in bleeds.values()} == {(3, 3)}


def test_an_empty_panel_leaves_its_place_free() -> None:
    _, inside = place(TRIFOLD, (0, 1, 2, 3, 5), [SIZES[panel] for panel in (0, 1, 2, 3, 5)])
    assert [(page.page, page.x) for page in inside.pages] == [(2, 0), (3, 100)]


def test_a_page_too_many_gets_a_sheet_of_its_own() -> None:
    sides = place(TRIFOLD, (0, 1, 2, 3, 4, None, 5), [*SIZES[:5], (100.0, 210.0), SIZES[5]])
    assert [one.name for one in sides] == ["outside", "inside", "page 6"]
    assert (sides[2].width, [page.page for page in sides[2].pages]) == (100, [5])


def test_each_page_of_a_handout_is_a_side() -> None:
    sides = place(HANDOUT, (None, None), [(210.0, 297.0)] * 2)
    assert [(one.name, one.width, one.height, one.folds) for one in sides] == [
        ("page 1", 210, 297, ()),
        ("page 2", 210, 297, ()),
    ]


def test_a_page_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(LayoutError, match=r'page 2 measures 100 × 210 mm, but the panel "flap" is 97 × 210 mm'):
        place(TRIFOLD, IN_ORDER, [SIZES[0], SIZES[0], *SIZES[2:]])


def test_a_panel_shown_twice_is_refused() -> None:
    with pytest.raises(LayoutError, match=r'page 2 shows the panel "cover" a second time'):
        place(TRIFOLD, (0, 0), [SIZES[0], SIZES[0]])

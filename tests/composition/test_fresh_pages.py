"""Sections begin pages so that the text of a booklet fills its sheets."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from leaflet.composition import Piece, fresh_starts
from leaflet.composition.fresh_pages import SPARE

HEIGHTS = st.lists(st.floats(5, 250), min_size=1, max_size=9)


def pages_of(heights: list[float], starts: tuple[int, ...], room: float) -> int:
    """Return the number of pages that the pieces take with these starts."""
    runs = [0, *starts, len(heights)]
    return sum(max(1, ceil(sum(heights[one:other]) * (1 + SPARE) / room)) for one, other in pairwise(runs))


@given(heights=HEIGHTS, pages=st.integers(1, 24))
def test_the_text_takes_the_pages_that_it_is_to_fill(heights: list[float], pages: int) -> None:
    starts = fresh_starts([Piece(height=height) for height in heights], pages, 100)
    if starts:
        assert pages_of(heights, starts, 100) == pages
        assert list(starts) == sorted(set(starts))
        assert all(0 < start < len(heights) for start in starts)


def test_what_begins_no_page_goes_on() -> None:
    pieces = [Piece(height=40), Piece(height=30, may_start=False), Piece(height=60), Piece(height=70)]
    assert fresh_starts(pieces, 3, 100) == (2, 3)
    assert 1 not in fresh_starts(pieces, 4, 100)


def test_sections_stay_together_where_their_pages_would_be_empty() -> None:
    pieces = [Piece(height=height) for height in (90, 20, 70, 90)]
    assert fresh_starts(pieces, 3, 100) == (1, 3)


def test_more_pages_than_sections_cannot_be_filled() -> None:
    assert fresh_starts([Piece(height=30)], 4, 100) == ()

"""Arrangements of a text over panels: their order, and the laws that they obey."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.composition import Arrangement, Piece, Slot, Use, arrangements

LINE = 4.8
INSIDE = Slot(name="inside", height=180.0)
FLAP = Slot(name="flap", height=180.0, use=Use.BEFORE)
BACK = Slot(name="back", height=180.0, held=60.0, use=Use.BEHIND)
heights = st.lists(st.floats(8, 170), min_size=1, max_size=7)


def best(pieces: list[float], *slots: Slot) -> Arrangement:
    return arrangements([Piece(height=height) for height in pieces], slots, line=LINE)[0]


@given(heights)
def test_pieces_keep_their_order_over_the_panels(pieces: list[float]) -> None:
    for one in arrangements([Piece(height=h) for h in pieces], (FLAP, INSIDE, INSIDE, INSIDE, BACK), line=LINE):
        order = [("flap", "inside", "back").index(name) for name in one.places]
        assert order == sorted(order)
        assert len(one.places) == len(pieces)
        assert list(one.starts) == sorted(set(one.starts))
        assert all(one.places[place] == "inside" for place, _ in one.starts)
        assert len(one.starts) <= 2


@given(heights)
def test_the_same_pieces_are_always_arranged_in_the_same_way(pieces: list[float]) -> None:
    assert best(pieces, FLAP, INSIDE, INSIDE, BACK) == best(pieces, FLAP, INSIDE, INSIDE, BACK)


@given(heights, st.floats(0, 120))
def test_more_space_never_makes_type_smaller(pieces: list[float], more: float) -> None:
    slots = (FLAP, INSIDE, INSIDE, INSIDE, BACK)
    roomier = tuple(replace(slot, height=slot.height + more) for slot in slots)
    assert best(pieces, *roomier).steps <= best(pieces, *slots).steps


@given(heights)
def test_one_more_panel_never_makes_type_smaller(pieces: list[float]) -> None:
    assert best(pieces, INSIDE, INSIDE, INSIDE, BACK).steps <= best(pieces, INSIDE, INSIDE, INSIDE).steps


@given(heights)
def test_what_some_arrangement_holds_at_full_size_is_not_set_smaller(pieces: list[float]) -> None:
    found = arrangements([Piece(height=h) for h in pieces], (INSIDE, INSIDE, INSIDE), line=LINE)
    assert found[0].steps == min(one.steps for one in found)


def test_whole_sections_on_even_panels_come_before_sections_over_a_fold() -> None:
    assert best([95, 60, 100, 70, 60], INSIDE, INSIDE, INSIDE).starts == ((2, 0), (3, 0))
    assert best([150, 150, 150], INSIDE, INSIDE, INSIDE).starts == ((1, 0), (2, 0))


def test_the_last_section_goes_to_an_empty_back_where_the_text_fills_its_panels() -> None:
    found = best([120, 150, 90, 80, 60, 50], INSIDE, INSIDE, INSIDE, BACK)
    assert found.places[-1] == "back"
    assert found.steps == 0


def test_a_little_text_stays_on_its_own_panels() -> None:
    assert set(best([80, 90, 100], FLAP, INSIDE, INSIDE, INSIDE, replace(BACK, held=120.0)).places) == {"inside"}


def test_text_goes_on_below_the_facts_in_short_only_where_it_is_needed() -> None:
    opening = replace(FLAP, held=100.0, opens=True)
    assert "flap" not in best([100, 100, 100], opening, INSIDE, INSIDE, INSIDE).places
    assert "flap" in best([70, 175, 175, 175], opening, INSIDE, INSIDE, INSIDE).places


def test_a_short_text_spreads_over_its_panels() -> None:
    assert best([30, 36, 26], INSIDE, INSIDE, INSIDE).starts == ((1, 0), (2, 0))


def test_sections_stay_where_the_text_has_space() -> None:
    """A back that takes in a section is full, and type stays small on panels that are half empty."""
    slots = (INSIDE, INSIDE, replace(BACK, held=70.0))
    assert set(best([30, 25, 50, 65], *slots).places) == {"inside"}
    assert "back" in best([90, 80, 95, 90, 60], *slots).places


def test_a_long_section_is_divided_where_that_fills_panels_evenly() -> None:
    long = Piece(height=300.0, parts=(60.0,) * 5)
    found = arrangements([long, Piece(height=100.0)], (INSIDE, INSIDE, INSIDE), line=LINE)[0]
    assert found.starts == ((0, 2), (0, 4))


def test_a_short_section_is_not_divided() -> None:
    short = Piece(height=40.0, parts=(14.0, 14.0, 12.0))
    assert arrangements([short], (INSIDE, INSIDE, INSIDE), line=LINE)[0].starts == ()


def test_a_back_with_nothing_but_its_plate_is_finished() -> None:
    plate = replace(BACK, finished=True)
    assert set(best([100, 100, 100], INSIDE, INSIDE, INSIDE, plate).places) == {"inside"}


def test_fine_print_goes_on_from_panel_to_panel_where_text_flows() -> None:
    text = [Piece(height=90.0) for _ in range(4)]
    references = Piece(height=200.0, may_start=False, may_leave=False, parts=(20.0,) * 10, fixed=1.0)
    flowing = arrangements([*text, references], (INSIDE, INSIDE, INSIDE), line=LINE)[0]
    whole = arrangements([*text, replace(references, parts=())], (INSIDE, INSIDE, INSIDE), line=LINE)[0]
    assert not flowing.evenly
    assert 1 < flowing.fullest < 1.5 < whole.fullest


@given(heights, st.floats(0, 1))
def test_fine_print_never_lets_type_be_larger(pieces: list[float], fixed: float) -> None:
    slots = (INSIDE, INSIDE, INSIDE)
    plain = arrangements([Piece(height=height) for height in pieces], slots, line=LINE)[0]
    fine = arrangements([Piece(height=height, fixed=fixed) for height in pieces], slots, line=LINE)[0]
    assert fine.fullest >= plain.fullest - 1e-9 or fine.steps >= plain.steps

"""Choosing panels by estimated height: even panels, and nothing moved without need."""

from __future__ import annotations

from dataclasses import replace

from documents import LAYOUTS, citations, document, glance, section, text
from hypothesis import given
from hypothesis import strategies as st

from leaflet.design.layouts import PanelPart, load_layout, load_panel_plan
from leaflet.html.panel_allocation import fresh_starts, relieve, spare_panels
from leaflet.model.citation import FormattedReference
from leaflet.model.document import Paragraph


@given(st.lists(st.floats(1, 400), min_size=1, max_size=9), st.integers(1, 4))
def test_starts_are_places_between_blocks_in_order(heights: list[float], panels: int) -> None:
    starts = fresh_starts(heights, [True] * len(heights), [180] * panels)
    assert list(starts) == sorted(set(starts))
    assert all(0 < start < len(heights) for start in starts)
    assert len(starts) <= panels - 1
    assert 0 <= spare_panels(heights, starts, [180] * panels) < panels


def test_text_flows_where_whole_sections_would_fill_panels_unevenly() -> None:
    assert fresh_starts([300, 20, 20], [True] * 3, [180] * 3) == ()


def test_a_last_panel_is_not_left_nearly_empty() -> None:
    heights = [95, 60, 100, 70, 60]  # two panels and a fifth of the third, if the text flowed
    assert fresh_starts(heights, [True] * 5, [180] * 3) == (2, 3)
    assert fresh_starts([150, 150, 150], [True] * 3, [180] * 3) == (1, 2)
    assert fresh_starts([175, 10, 175, 15], [True] * 4, [180] * 3) == ()


def test_parts_stay_where_the_layout_puts_them_while_there_is_room() -> None:
    layout = load_layout(LAYOUTS / "trifold-a4")
    plan = load_panel_plan(layout)
    assert relieve(plan, layout, document(), citations()) == plan.held


def test_many_references_send_other_parts_to_panels_that_may_hold_them() -> None:
    layout = load_layout(LAYOUTS / "trifold-a4")
    plan = load_panel_plan(layout)
    entries = tuple(FormattedReference(id=str(n), html="x" * 180, text="x" * 180) for n in range(14))
    source = document(glance(), section("Why", Paragraph(children=text("So."))))
    held = relieve(plan, layout, source, replace(citations(), references=entries))
    assert PanelPart.REFERENCES in held["inside"] or PanelPart.REFERENCES in held["flap"]
    assert sorted(part for parts in held.values() for part in parts) == sorted(
        part for parts in plan.held.values() for part in parts
    )
    assert held["back"][-1] is PanelPart.END_PLATE

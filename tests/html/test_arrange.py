"""Choosing panels by estimated height: even panels, and nothing moved without need."""

from __future__ import annotations

from documents import LAYOUTS, citations, document, glance, section, text
from msgspec.structs import replace

from leaflet.design.layouts import PanelPart, load_layout, load_panel_plan
from leaflet.html.panel_allocation import relieve
from leaflet.model.citation import FormattedReference
from leaflet.model.document import Paragraph


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

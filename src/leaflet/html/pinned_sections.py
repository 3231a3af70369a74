"""Sections that ask for a panel by its name."""

from __future__ import annotations

from leaflet.errors import LayoutError, Problem
from leaflet.model.document import Document, Section
from leaflet.model.layout import Layout
from leaflet.model.walk import all_nodes


def refuse_unknown_panels(document: Document, layout: Layout) -> None:
    """Refuse sections that are pinned to a panel which ``layout`` has not.

    Raises:
        LayoutError: some do not; the message lists the panels that there are.
    """
    names = dict.fromkeys(panel.name for panel in layout.panels)
    problems = [
        Problem(
            message=f'there is no panel called "{node.panel}" in this layout',
            location=node.location,
            hint=f"choose one of {', '.join(names)}",
        )
        for node in all_nodes(document)
        if isinstance(node, Section) and node.panel is not None and node.panel not in names
    ]
    if problems:
        raise LayoutError(problems)

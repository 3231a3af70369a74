"""The height that the title of a cover may take, by estimates of the other parts of its panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leaflet.design import PanelPart, PanelPlan
from leaflet.html.height_estimate import Column
from leaflet.html.panel_allocation import panel_column, part_height
from leaflet.model.citation import Citations
from leaflet.model.document import Document, Figure
from leaflet.model.fold import POINT, Millimetres
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata

ART_SHARE = 0.2
"""The share of a cover's height that its art takes."""
AROUND = 3.0
"""In lines: the organisation's name and the space around a title."""
CAUTION = 1.1
"""The factor by which the parts beside a title may be higher than they are expected to be."""


def title_space(
    document: Document,
    citations: Citations,
    layout: Layout,
    plan: PanelPlan,
    held: Mapping[str, Sequence[PanelPart]],
) -> Millimetres:
    """Return the height for the title where its layout lets it grow; 0 elsewhere, and on one page that is full already."""
    panel = layout.panels[0]
    parts = held.get(panel.name, ())
    has_own_panel = len(layout.panels) > 1
    if layout.fit.largest_title <= 1 or PanelPart.COVER not in parts or (layout.is_compact and not has_own_panel):
        return 0.0
    column = panel_column(panel, plan)
    beside = sum(part_height(part, document, citations, column) for part in parts if part is not PanelPart.COVER)
    art = ART_SHARE * panel.height if has_own_panel else 0.0
    return max(0.0, panel.text_height - beside * CAUTION - art - _words_around(document.metadata, column))


def opens_with_bleed(document: Document) -> bool:
    """Return whether a picture that reaches the edges of the paper comes first, so that art above it would compete."""
    first = document.blocks[0] if document.blocks else None
    return isinstance(first, Figure) and "full-bleed" in first.attributes.classes


def _words_around(metadata: Metadata, column: Column) -> Millimetres:
    """Return the height of the words of a cover other than its title, and of the space around them."""
    subtitle = 0.0
    if metadata.subtitle:
        rows = column.lines(len(metadata.subtitle), "subtitle")
        subtitle = rows * 1.3 * column.sizes["subtitle"] * POINT + 0.75 * column.line
    audience = column.lines(len(metadata.audience)) + 1.0 if metadata.audience else 0.0
    return subtitle + (AROUND + audience) * column.line

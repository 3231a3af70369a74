"""The internal names of WeasyPrint by which words change in pages that are laid out; a part of ``internals.py``."""

from __future__ import annotations

from leaflet.weasy.features import Feature, Internal

F = Feature
BOXES = "weasyprint.formatting_structure.boxes"

CHANGE = (
    Internal(
        module="weasyprint.formatting_structure.build",
        name="element_to_box",
        features=(F.CHANGED_TEXT,),
        signature="(element, style_for, get_image_from_uri, base_url, target_collector, counter_style, footnotes, "
        "state=None)",
    ),
    Internal(
        module="weasyprint.formatting_structure.build",
        name="create_anonymous_boxes",
        features=(F.CHANGED_TEXT,),
        signature="(box)",
    ),
    Internal(
        module="weasyprint.layout.background",
        name="layout_box_backgrounds",
        features=(F.CHANGED_TEXT,),
        signature="(page, box, get_image_from_uri, layout_children=True, style=None)",
    ),
    Internal(module="weasyprint.css.targets", name="TargetCollector", features=(F.CHANGED_TEXT,), signature="()"),
    Internal(
        module="weasyprint.css",
        name="StyleFor.__call__",
        features=(F.CHANGED_TEXT,),
        signature="(self, element, pseudo_type=None)",
    ),
    Internal(
        module="weasyprint.layout",
        name="LayoutContext",
        features=(F.CHANGED_TEXT,),
        attributes=(
            *("style_for", "get_image_from_uri", "counter_style", "_excluded_shapes", "_excluded_shapes_root_boxes"),
            *("footnotes", "running_elements", "broken_out_of_flow", "page_bottom", "current_page", "forced_break"),
        ),
    ),
    Internal(
        module=BOXES,
        name="Box",
        features=(F.CHANGED_TEXT,),
        attributes=("process_whitespace", "process_text_transform", "translate", "is_flex_item", "is_grid_item"),
    ),
    Internal(module=BOXES, name="LineBox", features=(F.CHANGED_TEXT,)),
    Internal(module=BOXES, name="BlockBox", features=(F.CHANGED_TEXT,)),
)

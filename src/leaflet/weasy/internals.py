"""Every internal name of WeasyPrint, pydyf and fontTools that leaflet uses, as WeasyPrint 70 and pydyf 0.13 have it.

``tests/weasy/test_contract.py`` compares the list with the installed versions. When a new version of WeasyPrint comes out:
run that test, read what changed, mend the features that it names, and add the version to ``features.TESTED``.
"""

from __future__ import annotations

from leaflet.weasy.change_internals import CHANGE
from leaflet.weasy.features import PROPERTY, Feature, Internal
from leaflet.weasy.selector_internals import SELECTORS

F = Feature
PLACE = "context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes"
WHOLE_LAYOUT = f"({PLACE}, adjoining_margins, first_letter_style, first_line_style, discard, max_lines)"
SPLIT = "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)"
BOXES = "weasyprint.formatting_structure.boxes"

DOCUMENT = (
    Internal(
        module="weasyprint.document",
        name="Page",
        features=(F.CORE,),
        signature="(page_box)",
        attributes=("_page_box", "width", "height", "bleed", "links", "anchors", "bookmarks", "forms", "paint"),
    ),
    Internal(
        module="weasyprint.document",
        name="Document",
        features=(F.CORE,),
        attributes=("pages", "metadata", "copy", "write_pdf"),
    ),
    Internal(
        module="weasyprint.document",
        name="get_all_computed_styles",
        features=(F.CASCADE_CACHE,),
        signature="(html, user_stylesheets=None, presentational_hints=False, font_config=None, counter_style=None, "
        "color_profiles=None, page_rules=None, layers=None, target_collector=None, forms=False)",
    ),
    Internal(module="weasyprint", name="HTML._ua_counter_style", features=(F.CASCADE_CACHE,), signature="(self)"),
    Internal(
        module="weasyprint.css.targets",
        name="TargetCollector",
        features=(F.CASCADE_CACHE,),
        attributes=("collect_anchor", "target_lookup_items"),
    ),
    Internal(
        module="weasyprint.css",
        name="StyleFor",
        features=(F.CASCADE_CACHE,),
        attributes=("_cascaded_styles", "_computed_styles"),
    ),
    Internal(
        module="weasyprint.css",
        name="ComputedStyle",
        features=(F.STYLE_CACHE,),
        signature="(parent_style, cascaded, pseudo_type, root_style, base_url, font_config, initial_page_sizes)",
        attributes=("specified", "__missing__", "copy"),
    ),
    Internal(module="weasyprint.css", name="ComputedStyle", features=(F.BASELINE_GRID,), attributes=("cascaded",)),
    Internal(
        module="weasyprint.css",
        name="AnonymousStyle",
        features=(F.BLOCK_CACHE,),
        signature="(parent_style)",
        attributes=("parent_style", "anonymous_style"),
    ),
)
BOX_TREE = (
    Internal(
        module=BOXES,
        name="Box",
        features=(F.CORE,),
        signature="(element_tag, style, element)",
        attributes=(
            *("element", "element_tag", "style", "children", "all_children", "descendants"),
            *("position_x", "position_y", "width", "height", "content_box_x", "content_box_y"),
            *("border_box_x", "border_box_y", "border_width", "border_height", "margin_width", "margin_height"),
        ),
    ),
    Internal(module=BOXES, name="PageBox", features=(F.CORE,), attributes=("page_type",)),
    Internal(module=BOXES, name="MarginBox", features=(F.CORE,)),
    Internal(module=BOXES, name="TextBox", features=(F.CORE,), attributes=("text",)),
    Internal(module=BOXES, name="ReplacedBox", features=(F.CORE,), attributes=("replacement",)),
    Internal(
        module=BOXES,
        name="Box",
        features=(F.BLOCK_CACHE,),
        attributes=(
            *("copy", "is_in_normal_flow", "is_floated", "remove_decoration_sides", "is_flex_item", "is_grid_item"),
            *("is_table_wrapper", "is_column", "bookmark_label", "string_set", "footnote", "note", "missing_link"),
            *("first_letter_style", "first_line_style", "force_fragmentation"),
        ),
    ),
    Internal(
        module=BOXES,
        name="TextBox",
        features=(F.BLOCK_CACHE,),
        attributes=("leading_collapsible_space", "trailing_collapsible_space"),
    ),
    Internal(module=BOXES, name="Box", features=(F.READING_ORDER,), attributes=("is_outside_marker", "is_floated")),
    Internal(
        module=BOXES, name="Box.translate", features=(F.READING_ORDER, F.COLUMN_FOOTER, F.SEATED_FOOT), attributes=()
    ),
    Internal(module=BOXES, name="FootnoteAreaBox", features=(F.READING_ORDER, F.TAG_REPAIR, F.SEATED_FOOT)),
    Internal(module=BOXES, name="Box", features=(F.TAG_REPAIR, F.PAGE_RECORDING), attributes=("link_annotation",)),
    Internal(module=BOXES, name="BlockBox", features=(F.READING_ORDER, F.BASELINE_GRID, F.COLUMN_FOOTER)),
    Internal(module=BOXES, name="TableBox", features=(F.BASELINE_GRID,)),
    Internal(module=BOXES, name="BlockBox.get_wrapped_table", features=(F.BASELINE_GRID,), signature="(self)"),
    Internal(module=BOXES, name="InlineBox", features=(F.TEXT_WRAP, F.LINE_CACHE)),
    Internal(
        module="weasyprint.layout.absolute",
        name="AbsolutePlaceholder",
        features=(F.CORE, F.BLOCK_CACHE),
        signature="(box)",
        attributes=("_box", "_layout_done"),
    ),
    Internal(
        module="weasyprint.stacking",
        name="StackingContext",
        features=(F.OPERATOR_CACHE,),
        signature="(box, child_contexts, blocks, floats, blocks_and_cells, page)",
        attributes=("box", "negative_z_contexts", "float_contexts", "zero_z_contexts", "positive_z_contexts"),
    ),
)
LAYOUT = (
    Internal(
        module="weasyprint.layout",
        name="LayoutContext",
        features=(F.BLOCK_CACHE, F.TEXT_WRAP),
        attributes=("excluded_shapes",),
    ),
    Internal(
        module="weasyprint.layout",
        name="LayoutContext",
        features=(F.BLOCK_CACHE,),
        attributes=(
            *("_excluded_shapes_root_boxes", "footnotes", "current_page_footnotes", "reported_footnotes"),
            *("page_bottom", "current_page", "forced_break", "in_column", "broken_out_of_flow"),
        ),
    ),
    *(
        Internal(module="weasyprint.layout", name=f"LayoutContext.{name}", features=(F.FOOTNOTE_AREA,), signature=takes)
        for name, takes in (("_update_footnote_area", "(self)"), ("layout_footnote", "(self, footnote)"))
    ),
    Internal(
        module="weasyprint.layout",
        name="layout_backgrounds",
        features=(F.SEATED_FOOT,),
        signature="(page, get_image_from_uri)",
    ),
    Internal(module="weasyprint.layout", name="LayoutContext", features=(F.COLUMN_FOOTER,), attributes=("footnotes",)),
    Internal(
        module="weasyprint.layout",
        name="LayoutContext",
        features=(F.COVER_ART,),
        signature="(style_for, get_image_from_uri, font_config, counter_style, target_collector)",
    ),
    Internal(
        module="weasyprint.layout.block",
        name="block_container_layout",
        features=(F.BLOCK_CACHE,),
        signature=WHOLE_LAYOUT.replace("containing_block, ", ""),
    ),
    Internal(
        module="weasyprint.layout.block",
        name="block_level_layout",
        features=(F.BASELINE_GRID,),
        signature="(context, box, bottom_space, skip_stack, containing_block, page_is_empty=True, absolute_boxes=None, "
        "fixed_boxes=None, adjoining_margins=None, first_letter_style=None, first_line_style=None, discard=False, "
        "max_lines=None)",
    ),
    Internal(
        module="weasyprint.layout.block",
        name="collapse_margin",
        features=(F.BASELINE_GRID,),
        signature="(adjoining_margins)",
    ),
    Internal(module="weasyprint.text.line_break", name="strut", features=(F.BASELINE_GRID,), signature="(style)"),
    Internal(
        module="weasyprint.layout.block",
        name="block_box_layout",
        features=(F.COLUMN_FOOTER, F.COLUMN_TRIALS),
        signature=WHOLE_LAYOUT,
    ),
    Internal(module=BOXES, name="Box", features=(F.COLUMN_TRIALS,), attributes=("is_column",)),
    Internal(
        module="weasyprint.layout",
        name="LayoutContext.overflows_page",
        features=(F.COLUMN_TRIALS,),
        signature="(self, bottom_space, position_y)",
    ),
    Internal(
        module="weasyprint.layout",
        name="LayoutContext",
        features=(F.COLUMN_TRIALS,),
        attributes=(
            *("excluded_shapes", "footnotes", "current_page_footnotes", "reported_footnotes"),
            *("page_bottom", "current_page", "forced_break", "broken_out_of_flow", "running_elements"),
        ),
    ),
    Internal(
        module="weasyprint.layout.block",
        name="flex_layout",
        features=(F.COLUMN_FOOTER,),
        signature=f"({PLACE}, discard)",
    ),
    Internal(
        module="weasyprint.layout.block",
        name="iter_line_boxes",
        features=(F.TEXT_WRAP, F.LINE_CACHE),
        signature="(context, box, position_y, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes, "
        "first_letter_style, first_line_style)",
    ),
    Internal(
        module="weasyprint.layout.block",
        name="columns_layout",
        features=(F.COLUMN_BALANCE,),
        signature=f"({PLACE}, adjoining_margins, first_letter_style, first_line_style)",
    ),
    Internal(
        module="weasyprint.layout.block",
        name="remove_placeholders",
        features=(F.COLUMN_BALANCE,),
        signature="(context, box_list, absolute_boxes, fixed_boxes)",
    ),
    Internal(
        module="weasyprint.layout",
        name="LayoutContext",
        features=(F.COLUMN_BALANCE, F.LINE_CACHE),
        attributes=("excluded_shapes", "reported_footnotes", "page_bottom", "in_column"),
    ),
    *(
        Internal(module=f"weasyprint.layout.{module}", name="split_first_line", features=features, signature=SPLIT)
        for module, features in (("inline", (F.LINE_FILL, F.LONG_WORDS)), ("preferred", (F.LONG_WORDS,)))
    ),
    Internal(
        module="weasyprint.layout.background",
        name="BackgroundLayer",
        features=(F.COVER_ART,),
        attributes=(
            *("image", "size", "position", "repeat", "unbounded", "painting_area", "positioning_area"),
            "clipped_boxes",
        ),
    ),
    Internal(
        module="weasyprint.layout.background",
        name="Background",
        features=(F.COVER_ART,),
        attributes=("layers", "_replace"),
    ),
    Internal(
        module="weasyprint.layout.replaced",
        name="cover_constraint_image_sizing",
        features=(F.COVER_ART,),
        signature="(constraint_width, constraint_height, intrinsic_ratio)",
    ),
    Internal(
        module="weasyprint.images",
        name="get_image_from_uri",
        features=(F.COVER_ART,),
        signature="(cache, url_fetcher, options, url, forced_mime_type=None, context=None, orientation='from-image')",
    ),
    Internal(module=BOXES, name="PageBox", features=(F.COVER_ART,), attributes=("bleed_area",)),
)
PAINTING = (
    Internal(
        module="weasyprint.draw",
        name="draw_stacking_context",
        features=(F.OPERATOR_CACHE,),
        signature="(stream, stacking_context)",
    ),
    Internal(
        module="weasyprint.pdf.stream",
        name="Stream",
        features=(F.PAGE_RECORDING,),
        signature="(fonts, page_rectangle, resources, images, tags, color_profiles, output_intent, *args, **kwargs)",
        attributes=(
            *("_resources", "_images", "_fonts", "_tags", "_ctm_stack", "ctm", "_color_profiles", "_output_intent"),
            "page_rectangle",
        ),
    ),
    Internal(
        module="weasyprint.pdf.stream",
        name="Stream",
        features=(F.OPERATOR_CACHE,),
        attributes=(
            *("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke"),
            *("_current_font",),
        ),
    ),
    Internal(
        module="weasyprint.pdf.stream",
        name="Stream.add_group",
        features=(F.PAGE_RECORDING,),
        signature="(self, x, y, width, height)",
    ),
    Internal(
        module="weasyprint.pdf.stream",
        name="Stream.add_pattern",
        features=(F.PAGE_RECORDING,),
        signature="(self, x, y, width, height, repeat_width, repeat_height, matrix)",
    ),
    Internal(
        module="weasyprint.pdf.stream",
        name="Stream.add_shading",
        features=(F.PAGE_RECORDING,),
        signature="(self, shading_type, domain, coords, extend, function, color_space=None)",
    ),
    Internal(
        module="weasyprint.pdf.stream", name="Stream.set_state", features=(F.PAGE_RECORDING,), signature="(self, state)"
    ),
    Internal(
        module="weasyprint.document",
        name="Page.paint",
        features=(F.PAGE_RECORDING,),
        signature="(self, stream, scale=1)",
    ),
)
WRITING = (
    Internal(
        module="weasyprint.pdf.tags",
        name="_build_box_tree",
        features=(F.TAG_REPAIR,),
        signature="(box, parent, pdf, page_number, nums, annotations, tags)",
    ),
    Internal(
        module="weasyprint.pdf",
        name="add_links",
        features=(F.TAG_REPAIR,),
        signature="(links_and_anchors, matrix, pdf, page, names, tags)",
    ),
    Internal(
        module="weasyprint.pdf.fonts",
        name="Font.clean",
        features=(F.FONT_SUBSET,),
        signature="(self, to_unicode, hinting)",
    ),
    Internal(
        module="weasyprint.pdf.fonts",
        name="Font",
        features=(F.FONT_SUBSET, F.PAGE_RECORDING),
        signature="(pango_font, description, font_size)",
        attributes=("file_content", "index", "missing", "widths", "to_unicode"),
    ),
    Internal(
        module="weasyprint.pdf.fonts",
        name="Font",
        features=(F.FONT_SUBSET,),
        attributes=("hb_face", "weight", "style", "font_size", "variations", "tables"),
    ),
    Internal(
        module="weasyprint.text.fonts",
        name="get_hb_object_data",
        features=(F.FONT_SUBSET,),
        signature="(hb_object, ot_color=None, glyph=None)",
    ),
    Internal(module="weasyprint.text.ffi", name="ffi", features=(F.FONT_SUBSET, F.ISOLATED_FONTS)),
    Internal(module="weasyprint.text.ffi", name="pango", features=(F.CORE,)),
    Internal(module="weasyprint.text.ffi", name="harfbuzz", features=(F.FONT_SUBSET,)),
    Internal(module="weasyprint.text.ffi", name="harfbuzz_subset", features=(F.FONT_SUBSET,)),
    Internal(module="weasyprint.text.fonts", name="ffi", features=(F.ISOLATED_FONTS,)),
    Internal(module="weasyprint.text.fonts", name="fontconfig", features=(F.ISOLATED_FONTS,)),
    Internal(
        module="weasyprint.text.fonts",
        name="FontConfiguration.__init__",
        features=(F.ISOLATED_FONTS,),
        signature="(self)",
        attributes=("FcInitLoadConfigAndFonts",),
    ),
    Internal(
        module="weasyprint.text.fonts",
        name="FontConfiguration.add_font_face",
        features=(F.CORE,),
        signature="(self, rule_descriptors, url_fetcher)",
    ),
    Internal(module="fontTools.ttLib.tables._h_e_a_d", name="timestampNow", features=(F.FONT_DATES,), signature="()"),
    Internal(module="pydyf", name="Stream.data", features=(F.COMPRESSION,), signature=PROPERTY),
    Internal(
        module="pydyf",
        name="_to_bytes",
        features=(F.COMPRESSION, F.PAGE_RECORDING, F.OPERATOR_CACHE),
        signature="(item)",
    ),
    Internal(
        module="pydyf", name="PDF", features=(F.CORE,), attributes=("objects", "pages", "catalog", "info", "add_object")
    ),
    Internal(
        module="pydyf",
        name="Stream",
        features=(F.CORE,),
        signature="(stream=None, extra=None, compress=False)",
        attributes=("stream", "extra", "compress"),
    ),
)
INTERNALS = (*DOCUMENT, *SELECTORS, *BOX_TREE, *LAYOUT, *CHANGE, *PAINTING, *WRITING)

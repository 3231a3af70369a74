"""Layouts, styles, an organisation's look, contrast and cover art."""

from leaflet.design.art import cover_art
from leaflet.design.canvas import Canvas
from leaflet.design.contrast import contrast, mixed, readable
from leaflet.design.cover import art_for_cover, bare_panel_css, cover_css, set_title
from leaflet.design.cover_photo import scrim_over
from leaflet.design.icons import IconSet, data_address, load_icons
from leaflet.design.layout_css import SHARED, CssChecks, LayoutCss, load_layout_css
from leaflet.design.layout_words import Family, LinkPlace, NotePlace, PanelPart
from leaflet.design.layouts import PanelPlan, layout_schema, load_layout, load_panel_plan
from leaflet.design.line_ends import tie_short_last_word
from leaflet.design.organisation_look import apply_organisation
from leaflet.design.page_css import page_css, token_css, type_css, within_style
from leaflet.design.running_lines import RunningLines, foot_css, head_points
from leaflet.design.spread_art import band_css, with_bands
from leaflet.design.styles import Style, checked_css, load_style, style_schema, with_css
from leaflet.design.typeface_css import with_typefaces
from leaflet.model.typefaces import FACES

__all__ = [
    "FACES",
    "SHARED",
    "Canvas",
    "CssChecks",
    "Family",
    "IconSet",
    "LayoutCss",
    "LinkPlace",
    "NotePlace",
    "PanelPart",
    "PanelPlan",
    "RunningLines",
    "Style",
    "apply_organisation",
    "art_for_cover",
    "band_css",
    "bare_panel_css",
    "checked_css",
    "contrast",
    "cover_art",
    "cover_css",
    "data_address",
    "foot_css",
    "head_points",
    "layout_schema",
    "load_icons",
    "load_layout",
    "load_layout_css",
    "load_panel_plan",
    "load_style",
    "mixed",
    "page_css",
    "readable",
    "scrim_over",
    "set_title",
    "style_schema",
    "tie_short_last_word",
    "token_css",
    "type_css",
    "with_bands",
    "with_css",
    "with_typefaces",
    "within_style",
]

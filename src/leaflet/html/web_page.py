"""The web page: one standalone, responsive HTML file that asks no server for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache

from markupsafe import Markup

from leaflet.design import (
    Canvas,
    Style,
    cover_art,
    data_address,
    load_panel_plan,
    scrim_over,
    token_css,
    within_style,
)
from leaflet.errors import Location
from leaflet.files import picture_address, picture_tones, read_picture, read_utf8
from leaflet.html.additions import additional_css
from leaflet.html.byline import WITH_BYLINE
from leaflet.html.code_colours import code_css
from leaflet.html.coins import context_objects
from leaflet.html.component_css import component_css
from leaflet.html.drawn_look import drawn_look
from leaflet.html.endnotes import endnotes
from leaflet.html.event_facts import event_facts
from leaflet.html.linked_data import json_ld
from leaflet.html.meta_tags import SCHEMAS, meta_tags
from leaflet.html.page_resources import PageResources
from leaflet.html.page_templates import packaged_text
from leaflet.html.panel_allocation import shows_event
from leaflet.html.part_facts import listed_keys, part_facts
from leaflet.html.picture_formats import as_png
from leaflet.html.render_blocks import at_a_glance, blocks
from leaflet.html.render_inlines import HtmlContext, Medium
from leaflet.html.tables import common_widths
from leaflet.model.citation import Citations
from leaflet.model.document import NO_ATTRIBUTES, AtAGlance, Document
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout
from leaflet.model.picture import PictureKind
from leaflet.model.workspace import Workspace

DRAWING: Millimetres = 92
DRAWN_POINTS = 11.5
"""The width of charts and the size of their letters: both fit the screen of a phone."""
BAND = Canvas(width=104, height=64, beside=True)


def render_web(
    document: Document,
    citations: Citations,
    style: Style,
    *,
    workspace: Workspace,
    resources: PageResources | None = None,
    layout: Layout | None = None,
    has_places: bool = False,
    font_css: Callable[[str], str] | None = None,
) -> str:
    """Return the whole leaflet as one HTML file: images, CSS and machine-readable metadata inside it.

    ``layout`` is that of the leaflet on paper, which says whether there is a byline below the title. With ``has_places``,
    elements name their places in the source, for a preview. ``font_css`` returns rules for the fonts of a page.

    Raises:
        SourceError: an image cannot be read.
        UnsafeError: an image lies outside the workspace.
    """
    resources = resources or PageResources()
    labels = resources.labels(document.metadata.lang)
    inline = inline_pictures(document, workspace)
    context = HtmlContext(
        document=document,
        citations=citations,
        labels=labels,
        medium=Medium.WEB,
        notes_at_end=True,
        has_places=has_places,
        image_address=lambda image: inline(image.path, image.location),
        icon_set=resources.icons,
        listed=listed_keys(document, citations, has_place=True),
        drawn=drawn_look(style, DRAWING, DRAWN_POINTS, labels),
        common_widths=common_widths(document.blocks),
        qr_path=resources.qr_path,
        with_breaks_in_links=resources.with_breaks_in_links,
    )
    glances = [node for node in document.blocks if isinstance(node, AtAGlance)]
    body = [node for node in document.blocks if not isinstance(node, AtAGlance)]
    glance = Markup().join(at_a_glance(node, context) for node in glances)
    text = blocks(body, context)
    own = (
        _css(document, style, workspace, inline, resources)
        + code_css(document, style)
        + additional_css(document, Medium.WEB, resources)
    )
    css = within_style(own + resources.icons.css(context.icons, style))
    values = {
        **part_facts(context, resources, has_byline=_has_byline(layout, workspace)),
        "lang": document.metadata.lang,
        "style": f"{style.name} motif-{style.motif}",
        "wordmark": style.wordmark,
        "glance": glance,
        "body": text,
        "event": event_facts(NO_ATTRIBUTES, context) if shows_event(document) else "",
        "notes": endnotes(context),
        "meta_tags": meta_tags(document.metadata, citations),
        "schemas": SCHEMAS,
        "json_ld": json_ld(document.metadata, citations),
        "context_objects": context_objects(citations),
        "script": Markup(packaged_text("copy.js")),  # noqa: S704 - a file of leaflet's own
        "policy": _policy(),
        "css": Markup(css),  # noqa: S704 - from files; css_string and within_style guard the rest
    }
    page = resources.fill_own("web.html.j2", values)
    if font_css is None:
        return page
    fonts = within_style(font_css(page))
    return resources.fill_own("web.html.j2", {**values, "css": Markup(f"{fonts}\n{css}")})  # noqa: S704 - as above


def _has_byline(layout: Layout | None, workspace: Workspace) -> bool:
    return layout is not None and load_panel_plan(layout, workspace.roots).family in WITH_BYLINE


def _policy() -> str:
    """Return the content security policy: show what is in the page, run its one script, ask no server for anything."""
    script = base64.b64encode(hashlib.sha256(packaged_text("copy.js").encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _css(
    document: Document,
    style: Style,
    workspace: Workspace,
    inline: Callable[[str, Location | None], str],
    resources: PageResources,
) -> str:
    shared = next(
        path for folder in workspace.folders("layouts") if (path := folder / "shared/components.css").is_file()
    )
    metadata = document.metadata
    art = data_address(cover_art(style, metadata.art_seed, BAND))
    if metadata.cover:
        art = inline(metadata.cover, metadata.places.get("cover"))
    return "\n".join(
        (
            token_css(style),
            f':root{{--cover-art:url("{art}");{_photo(document, workspace)}}}',
            read_utf8(shared, inside=workspace.roots),
            component_css(document, Medium.WEB, resources),
            packaged_text("web.css"),
            style.css,
        )
    )


def _photo(document: Document, workspace: Workspace) -> str:
    """Return the point around which a cover picture is cut, and what darkens one that words are on, as properties."""
    metadata = document.metadata
    if not metadata.cover:
        return ""
    across, down = metadata.focus
    focus = f"--focus:{across:.0%} {down:.0%};"
    if not metadata.cover_whole:
        return focus
    folder = (workspace.root / document.source).parent
    scrim = scrim_over(picture_tones(metadata.cover, folder=folder, workspace=workspace))
    return f"{focus}--scrim:{scrim.colour}{round(scrim.strength * 255):02X};"


def inline_pictures(document: Document, workspace: Workspace) -> Callable[[str, Location | None], str]:
    """Return a function that turns the path of a picture into a ``data:`` address, within the workspace."""
    folder = (workspace.root / document.source).parent

    @cache
    def inline(path: str, asked_at: Location | None) -> str:
        if path.lower().startswith("data:"):
            return path
        picture = read_picture(path, folder=folder, workspace=workspace, asked_at=asked_at)
        if picture.kind is PictureKind.PDF:
            return as_png(picture, workspace, asked_at=asked_at)
        return picture_address(picture, workspace)

    return inline

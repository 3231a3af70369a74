"""The parts of one print page: its values, its CSS, and its HTML in runs of panels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup
from msgspec.structs import replace

from leaflet.composition import Arrangement
from leaflet.design import (
    LayoutCss,
    NotePlace,
    PanelPart,
    PanelPlan,
    RunningLines,
    Style,
    band_css,
    bare_panel_css,
    cover_css,
    foot_css,
    page_css,
    set_title,
    token_css,
    type_css,
)
from leaflet.files import picture_ratio
from leaflet.html.byline import marked
from leaflet.html.component_css import component_css
from leaflet.html.drawn_look import drawn_look
from leaflet.html.endnotes import with_repeated_marks
from leaflet.html.event_facts import event_facts, event_line
from leaflet.html.page_resources import PageResources
from leaflet.html.page_templates import LayoutTemplates
from leaflet.html.panel_allocation import described_authors
from leaflet.html.panel_content import PanelContent, bare_panels, plate_css
from leaflet.html.part_facts import listed_keys
from leaflet.html.picture_formats import address_on_paper
from leaflet.html.render_inlines import HtmlContext, Medium
from leaflet.html.tables import common_widths
from leaflet.html.tear_strips import TearStrips
from leaflet.html.text_flow import text_measure, text_width
from leaflet.html.title_space import opens_with_bleed
from leaflet.model.citation import Citations
from leaflet.model.document import NO_ATTRIBUTES, Document
from leaflet.model.fold import POINT, Fold, Millimetres
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace

OWN_PAGE = "page.html.j2"
"""A template by which a layout replaces the whole page; it is laid out as one document."""
BARE_RANK = 2
"""Pages of booklets with contents come in two ranks: for all pages, and for one less, as fresh pages may take more than
was expected. Those of higher ranks have none."""
SCALED = re.compile(r"\bfit\b")
"""The scale in such a template."""
OF_THE_DOCUMENT = re.compile(r"<(?:link|base|style|meta)\b")
"""Elements in a template by which one panel changes the others."""


def grounds_of(panels: Sequence[PanelContent], layout: Layout, style: Style, metadata: Metadata) -> str:
    """Return the grounds of panels with nothing but the end plate, and of those with nothing at all."""
    return plate_css(panels) + bare_panel_css(layout, style, metadata.art_seed, bare_panels(panels, metadata))


def text_pages(inside: int, rank: int, *, has_new_contents: bool) -> int:
    """Return how many pages the text of a booklet is to fill; 0 where that is open."""
    return max(0, inside - has_new_contents - rank % BARE_RANK) if inside else 0


def event_values(context: HtmlContext, held: Mapping[str, Sequence[PanelPart]]) -> dict[str, str]:
    """Return the event for its panel, and as a line for a cover that is on another panel."""
    below = any({PanelPart.COVER, PanelPart.EVENT} <= {*parts} for parts in held.values())
    line = "" if below else event_line(context.document.metadata.event, context.labels)
    return {"event": event_facts(NO_ATTRIBUTES, context), "event_line": line}


def look_values(
    document: Document, layout: Layout, style: Style, plan: PanelPlan, title_space: Millimetres
) -> dict[str, object]:
    """Return the values that templates show of the layout, the style and the title, which may take ``title_space``."""
    has_art = bool(document.metadata.cover) or not opens_with_bleed(document)
    title = set_title(document.metadata.title, layout, plan.sizes, title_space, has_art=has_art)
    return {
        "lang": document.metadata.lang,
        "layout": layout.name,
        "style": style.name,
        "motif": style.motif,
        "wordmark": style.wordmark,
        "folded": layout.fold is not Fold.NONE,
        "compact": layout.is_compact,
        "authors": described_authors(document.metadata),
        "title": title,
        "title_html": marked(document.metadata, "title", title.text),
    }


def page_context(
    document: Document,
    citations: Citations,
    layout: Layout,
    style: Style,
    plan: PanelPlan,
    held: Mapping[str, Sequence[PanelPart]],
    workspace: Workspace,
    folder: Path | None,
    resources: PageResources,
    lines: RunningLines,
    strips: TearStrips | None,
) -> HtmlContext:
    """Return the context in which the text of the print page is rendered."""
    labels, least = resources.labels(document.metadata.lang), layout.fit.minimum_points
    return HtmlContext(
        document=document,
        citations=citations,
        labels=labels,
        medium=Medium.PRINT,
        notes_at_end=plan.notes is NotePlace.END,
        image_address=lambda image: address_on_paper(image, document, workspace),
        icon_set=resources.icons,
        ratio_of=lambda image: picture_ratio(image.path, folder=folder or workspace.root, workspace=workspace),
        measure=text_measure(plan, layout, held),
        ems=text_width(plan, layout, held) / (plan.sizes["body"] * POINT),
        divides_pages=layout.repeats_pages,
        head_letters=lines.letters if lines.has_heads else 0,
        head_title=lines.title,
        drawn=drawn_look(style, text_width(plan, layout, held), max(plan.sizes["small"], least), labels),
        common_widths=common_widths(document.blocks),
        strips=strips,
        qr_path=resources.qr_path,
        formula=resources.formula,
        with_breaks_in_links=resources.with_breaks_in_links,
        listed=listed_keys(
            document, citations, has_place=any(PanelPart.REFERENCES in parts for parts in held.values())
        ),
    )


READ = frozenset({"body", "line", "small", "fine"})
"""The sizes of what is read through, which are as large on every panel."""
ORDINARY_PANEL: Millimetres = 100.0
"""The width of a panel for which styles give the sizes of titles and headings; they are smaller on narrower ones."""
COMPACT = {"line": 0.95, "heading": 0.9, "title": 0.85, "lead": 0.95, "phone": 0.9, "subtitle": 0.9}
"""The factors of sizes in a compact layout; text and fine print have the same size in it."""


def set_in_type(style: Style, plan: PanelPlan, layout: Layout) -> PanelPlan:
    """Return ``plan`` in the type of ``style``, which may ask for larger sizes than the layout does, never for smaller."""
    wide = min(1.0, layout.panels[0].width / ORDINARY_PANEL)
    asked = {key: size if key in READ else size * wide for key, size in style.sizes.items()}
    sizes = {key: max(size, asked.get(key, 0)) for key, size in plan.sizes.items()}
    sizes |= {key: max(sizes[key], sizes["body"]) for key in sizes if key not in READ}
    if layout.is_compact:
        sizes |= {key: max(sizes[key] * share, sizes["body"]) for key, share in COMPACT.items()}
    return replace(plan, sizes=sizes, character=style.characters[style.faces["text"]])


def _cover_panel(plan: PanelPlan, layout: Layout) -> str:
    return next((name for name, parts in plan.held.items() if PanelPart.COVER in parts), layout.panels[0].name)


def page_style(
    document: Document,
    layout: Layout,
    style: Style,
    plan: PanelPlan,
    font_css: str,
    layout_css: LayoutCss,
    lines: RunningLines,
    resources: PageResources,
) -> str:
    """Return the CSS of a page, but for what follows from its content."""
    metadata = document.metadata
    parts = [
        font_css,
        token_css(style),
        type_css(plan.sizes, layout.fit.minimum_points),
        page_css(layout, style, lines),
        layout_css.files[0],
        component_css(document, Medium.PRINT, resources),
        *layout_css.files[1:],
        style.css,
        cover_css(layout, style, _cover_panel(plan, layout)),
        band_css(layout, style, metadata.art_seed),
    ]
    return "\n".join(parts)


def assemble_page(
    mine: LayoutTemplates,
    resources: PageResources,
    values: Mapping[str, object],
    panels: Sequence[PanelContent],
    *,
    css: str,
    whole: bool,
    foot: str | None,
    arrangement: Arrangement,
    compact: bool,
    key: str,
    scale: float,
) -> PrintPage:
    """Return the page in parts, or in one where the layout has a template for the whole page.

    ``foot`` is the line in the foot of pages that repeat, whose text is one part; None where no page repeats.
    """
    own_page = mine.source(OWN_PAGE)
    if own_page is not None:
        own_css = css if foot is None else css + foot_css(foot)
        styled = {**values, "css": Markup(own_css), "fit": scale}  # noqa: S704 - from files and numbers; css_string guards the rest
        (html,) = with_repeated_marks((mine.fill(OWN_PAGE, styled),))
        return replace(PrintPage.of_document(html, scale=scale if SCALED.search(own_page) else 1.0), key=key)
    runs = with_repeated_marks(tuple(mine.fill("panel.html.j2", {**values, "panel": panel}) for panel in panels))
    page = PrintPage(
        root=resources.fill_own("print_root.html.j2", values),
        head=resources.fill_own("print_head.html.j2", values),
        css=(css,),
        body="<body>" if foot is None else str(Markup('<body data-foot="{}">').format(foot)),
        runs=("".join(runs),) if whole or foot is not None else runs,
        whole=whole,
        scale=scale,
        arrangement=f"compact, {arrangement}" if compact else str(arrangement),
        expected=arrangement.cost,
        fullest=arrangement.fullest,
        evenly=arrangement.evenly,
        moved=arrangement.moving,
        key=key,
    )
    if any(map(OF_THE_DOCUMENT.search, mine.own_sources())):
        return replace(PrintPage.of_document(page.complete, scale=scale), key=key)
    return page

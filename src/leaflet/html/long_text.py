"""Decisions that follow from the length of a text: contents, running heads and page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from leaflet.design import PanelPart, PanelPlan, RunningLines, head_points
from leaflet.html.height_estimate import Column
from leaflet.html.panel_allocation import part_height
from leaflet.html.render_inlines import HtmlContext
from leaflet.html.running_head import head_letters, head_text, running_title
from leaflet.model.citation import Citations
from leaflet.model.document import AtAGlance, Block, Document, Section
from leaflet.model.fold import Fold
from leaflet.model.layout import Layout
from leaflet.model.walk import plain_text

HEADED_PAGES = 8
"""From so many pages on, handouts have running heads and are read as spreads."""
LISTED_PAGES = 12
"""From so many pages on, a text has contents."""
LEAST_ENTRIES = 4
"""Contents of fewer sections are of no use."""
MOST_ENTRIES = 26
"""Contents with the second level of headings have no more entries, unless the front matter wants that level."""
BOTH_LEVELS = 2
COVERS = 2
"""The pages of a booklet that hold no text."""


def estimated_pages(
    document: Document,
    citations: Citations,
    layout: Layout,
    plan: PanelPlan,
    held: Mapping[str, Sequence[PanelPart]],
) -> float:
    """Return how many pages a text is expected to take; 0 where pages do not repeat."""
    panel = next((panel for panel in layout.panels if panel.repeats), None)
    if panel is None:
        return 0.0
    width = (panel.text_width - (plan.columns - 1) * plan.column_gap) / plan.columns
    column = Column(width=width, sizes=plan.sizes, character=plan.character)
    height = sum(part_height(part, document, citations, column) for part in held[panel.name])
    return height / panel.text_height / plan.columns + (COVERS if layout.fold is Fold.BOOKLET else 0)


def running_lines(document: Document, layout: Layout, pages: float) -> RunningLines:
    """Return the lines that the pages of a text carry outside it."""
    metadata, asked = document.metadata, document.metadata.running_head
    mirrored = any(panel.mirrored for panel in layout.panels)
    is_long = layout.fold is Fold.BOOKLET or pages >= HEADED_PAGES
    has_heads = mirrored and (is_long if asked is None else bool(asked))
    parts = (metadata.code,) if has_heads else (metadata.title, metadata.code)
    spreads = [panel.text_width for panel in layout.panels if panel.mirrored]
    letters = head_letters(min(spreads, default=layout.panels[0].text_width), head_points(layout))
    return RunningLines(
        title=head_text(asked if isinstance(asked, str) else metadata.title, letters),
        letters=letters,
        foot=" · ".join(part for part in parts if part),
        has_heads=has_heads,
        has_numbers=metadata.page_numbers,
        are_spreads=mirrored and (is_long or has_heads),
    )


def contents_levels(document: Document, layout: Layout, pages: float, *, wanted: bool = False) -> int:
    """Return how many levels of headings the contents list; 0 for none. A page that would be blank is ``wanted`` for them."""
    asked = document.metadata.contents
    if asked is False or not pages:
        return 0
    if asked is not None and asked is not True:
        return asked
    first, both = (len(tuple(_listed(document.blocks, levels))) for levels in (1, BOTH_LEVELS))
    is_spread = any(panel.mirrored for panel in layout.panels)
    if asked is None and (not is_spread or (pages < LISTED_PAGES and not wanted) or first < LEAST_ENTRIES):
        return 0
    return BOTH_LEVELS if 2 * first <= both <= MOST_ENTRIES else 1


def _listed(nodes: Sequence[Block], levels: int, level: int = 1) -> Iterator[tuple[int, Section]]:
    """Yield the sections that contents of so many levels list, each with its level."""
    for node in nodes:
        if isinstance(node, Section) and level <= levels and node.attributes.id and node.heading:
            yield level, node
            yield from _listed(node.blocks, levels, level + 1)


class Entry(Struct, frozen=True, kw_only=True):
    """A line of the contents."""

    level: int
    identifier: str
    text: str
    source: Markup


def contents(document: Document, context: HtmlContext, levels: int, *, has_references: bool) -> Markup:
    """Return the contents as links with page numbers; nothing for no levels."""
    if not levels:
        return Markup()
    labels = context.labels
    has_glance = any(isinstance(node, AtAGlance) for node in document.blocks)
    first = (
        [Entry(level=1, identifier="at-a-glance", text=labels["at-a-glance"], source=Markup())] if has_glance else []
    )
    last = [Entry(level=1, identifier="refs", text=labels["references"], source=Markup())] if has_references else []
    sections = (
        Entry(
            level=level,
            identifier=str(node.attributes.id),
            text=plain_text(node.heading),
            source=context.source(node.location),
        )
        for level, node in _listed(document.blocks, levels)
    )
    lines = Markup("\n").join(map(_line, (*first, *sections, *last)))
    return Markup('<nav class="contents" role="doc-toc"{}><h2>{}</h2>\n<div class="toc">{}</div></nav>').format(
        running_title(context.head_title), labels["contents"], lines
    )


def _line(entry: Entry) -> Markup:
    return Markup(
        '<div class="toc-entry toc-{}"><p{}><a href="#{}">{} <span class="toc-page" data-target="#{}"></span></a></p></div>'
    ).format(entry.level, entry.source, entry.identifier, entry.text, entry.identifier)

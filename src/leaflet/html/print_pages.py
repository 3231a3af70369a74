"""Print pages: every panel with the parts it holds, in the look of a layout and a style, for the layout engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from leaflet.composition import Arrangement
from leaflet.design import (
    SHARED,
    PanelPart,
    PanelPlan,
    Style,
    load_layout_css,
    load_panel_plan,
    within_style,
)
from leaflet.html.additions import additional_css
from leaflet.html.byline import WITH_BYLINE
from leaflet.html.code_colours import code_css
from leaflet.html.endnotes import endnotes
from leaflet.html.link_addresses import with_addresses
from leaflet.html.long_text import contents, contents_levels, estimated_pages, running_lines
from leaflet.html.page_resources import PageResources
from leaflet.html.panel_allocation import estimated_scale, fullest_panel, relieve
from leaflet.html.panel_content import panel_contents, split_blocks
from leaflet.html.part_facts import part_facts
from leaflet.html.pinned_sections import refuse_unknown_panels
from leaflet.html.print_page_parts import (
    BARE_RANK,
    assemble_page,
    event_values,
    grounds_of,
    look_values,
    page_context,
    page_style,
    set_in_type,
    text_pages,
)
from leaflet.html.render_blocks import at_a_glance, write_in
from leaflet.html.render_inlines import Medium
from leaflet.html.tables import with_turned_heads
from leaflet.html.tear_strips import TearStrips, with_strips
from leaflet.html.text_flow import flow_text, panel_of_text, text_arrangements, text_measure
from leaflet.html.title_space import title_space
from leaflet.model.citation import Citations
from leaflet.model.document import Document
from leaflet.model.fold import Millimetres
from leaflet.model.layout import Layout
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace


class PageArrangement(Struct, frozen=True, kw_only=True):
    """An arrangement of a document on its panels, from which a page is made."""

    held: Mapping[str, tuple[PanelPart, ...]]
    arrangement: Arrangement
    levels: int
    """The levels of headings in the table of contents; 0 for none."""
    compact: bool
    """Space and pictures are smaller."""
    scale: float
    """The scale at which it is expected to fit."""

    @property
    def key(self) -> str:
        """The same text for arrangements that make the same page."""
        one = self.arrangement
        held = [(name, *(part.value for part in parts)) for name, parts in self.held.items()]
        return repr((held, one.places, one.starts, one.evenly, one.spare, self.levels, self.compact))


class PrintPages(Struct, frozen=True, kw_only=True):
    """The pages for print of one document, in any of its arrangements.

    Relative addresses in a page start from the source's folder. Every size in it is a multiple of ``var(--fit)``, so that
    ``style="--fit: 0.93"`` on the root shrinks type and space together.
    """

    document: Document
    citations: Citations
    layout: Layout
    style: Style
    bare_plan: PanelPlan
    """The plan in the sizes of the layout alone."""
    plan: PanelPlan
    font_css: str
    workspace: Workspace
    folder: Path
    resources: PageResources

    @classmethod
    def of(
        cls,
        document: Document,
        citations: Citations,
        layout: Layout,
        style: Style,
        *,
        font_css: str,
        workspace: Workspace,
        folder: Path | None = None,
        resources: PageResources | None = None,
    ) -> PrintPages:
        """Return the pages of ``document``; ``folder`` has its pictures, ``resources`` are those of earlier pages.

        Raises:
            LayoutError: the layout's parts are wrong, or a section is pinned to a panel that is not there.
        """
        bare_plan = load_panel_plan(layout, workspace.roots)
        plan = set_in_type(style, bare_plan, layout)
        refuse_unknown_panels(document, layout)
        resources = resources or PageResources()
        resources.icons.refuse_unknown(document)
        return cls(
            document=with_addresses(document, plan.links, citations),
            citations=citations,
            layout=layout,
            style=style,
            bare_plan=bare_plan,
            plan=plan,
            font_css=font_css,
            workspace=workspace,
            folder=folder or workspace.root,
            resources=resources,
        )

    def compact(self) -> PrintPages:
        """Return the pages with less space and smaller pictures."""
        layout = self.layout.compact()
        return replace(self, layout=layout, plan=set_in_type(self.style, self.bare_plan, layout))

    def arranged(
        self, rank: int, measured: Mapping[str, Millimetres] | None = None, inside: int = 0
    ) -> PageArrangement:
        """Return the arrangement of a rank, counted from the one that is expected to be the best.

        Where there are fewer, it is the last. ``measured`` are heights of blocks, by their places, from an earlier layout.
        A booklet's text fills ``inside`` pages, with contents in its first ranks; 0 leaves that open.
        """
        return next(self.all_arranged((rank,), measured, inside))

    def all_arranged(
        self, ranks: Sequence[int], measured: Mapping[str, Millimetres] | None = None, inside: int = 0
    ) -> Iterator[PageArrangement]:
        """Yield the arrangements of several ranks."""
        citations, plan = self.citations, self.plan
        held = relieve(plan, self.layout, self.document, citations, measured or {})
        document, layout, _ = self._with_parts(held)
        pages, split = estimated_pages(document, citations, layout, plan, held), split_blocks(document, held)
        usual = contents_levels(document, layout, pages)
        known: dict[int, tuple[Arrangement, ...]] = {}
        for rank in ranks:
            levels = contents_levels(document, layout, pages, wanted=bool(inside) and rank < BARE_RANK)
            filled = text_pages(inside, rank, has_new_contents=levels > 0 == usual)
            if filled not in known:
                known[filled] = text_arrangements(
                    document, split, held, plan, citations, layout, measured or {}, filled, self.resources.arrangements
                )
            arrangement = known[filled][min(rank, len(known[filled]) - 1)]
            yield PageArrangement(
                held=held,
                arrangement=arrangement,
                levels=levels,
                compact=layout.is_compact,
                scale=min(1.0, estimated_scale(arrangement, plan, layout, measured=bool(measured))),
            )

    def _with_parts(self, held: Mapping[str, tuple[PanelPart, ...]]) -> tuple[Document, Layout, TearStrips | None]:
        """Return the document and the layout as they are with the parts that panels hold, and strips to tear off."""
        document = with_turned_heads(self.document, text_measure(self.plan, self.layout, held))
        layout, strips = with_strips(self.layout, document, panel_of_text(held))
        return document, layout, strips

    def page(self, arranged: PageArrangement) -> PrintPage:
        """Return the page in an arrangement.

        Raises:
            LayoutError: the layout's templates are wrong.
        """
        style, plan, held, resources = self.style, self.plan, arranged.held, self.resources
        document, layout, strips = self._with_parts(held)
        lines = running_lines(document, layout, estimated_pages(document, self.citations, layout, plan, held))
        context = page_context(
            document, self.citations, layout, style, plan, held, self.workspace, self.folder, resources, lines, strips
        )
        split = split_blocks(document, held)
        facts = part_facts(context, resources, has_byline=plan.family in WITH_BYLINE)
        flow = flow_text(split, held, plan, layout, context, arranged.arrangement)
        panels = panel_contents(layout, plan, held, split, flow, context, facts)
        values = {
            **look_values(document, layout, style, plan, title_space(document, self.citations, layout, plan, held)),
            **event_values(context, held),
            "evenly": flow.evenly,
            "panels": panels,
            "glance": Markup().join(at_a_glance(node, context) for node in split.glances),
            "write_in": Markup().join(write_in(node, context) for node in split.write_ins),
            "body": Markup("{}{}{}").format(facts["abstract"], flow.html, endnotes(context)),
            "spare": flow.spare,
            "contents": contents(document, context, arranged.levels, has_references=bool(facts["references"])),
            **facts,
        }
        folders = (
            layout.folder,
            *layout.bases,
            *(folder / SHARED for folder in self.workspace.folders("layouts")),
        )
        shared = load_layout_css(
            folders, plan.family, self.workspace.roots, bases=len(layout.bases), checks=resources.css_checks
        )
        own = page_style(document, layout, style, plan, self.font_css, shared, lines, resources)
        grounds = grounds_of(panels, layout, style, document.metadata)
        css = (
            own
            + code_css(document, style)
            + additional_css(document, Medium.PRINT, resources)
            + grounds
            + resources.icons.css(context.icons, style)
        )
        return assemble_page(
            resources.of_layout(folders, self.workspace.roots),
            resources,
            values,
            panels,
            css=within_style(css),
            whole=style.spans_panels or shared.spans_panels,
            foot=lines.foot if layout.repeats_pages else None,
            arrangement=arranged.arrangement,
            compact=arranged.compact,
            key=arranged.key,
            scale=arranged.scale,
        )


def estimated_fill(
    document: Document, citations: Citations, layout: Layout, style: Style, workspace: Workspace
) -> float:
    """Return how full the fullest panel of ``layout`` is expected to be at full size; 0 where pages repeat."""
    if layout.repeats_pages:
        return 0.0
    plan = set_in_type(style, load_panel_plan(layout, workspace.roots), layout)
    held = relieve(plan, layout, document, citations)
    split = split_blocks(document, held)
    (best, *_) = text_arrangements(document, split, held, plan, citations, layout, {})
    return max(best.fullest, fullest_panel(plan, layout, document, citations, held))

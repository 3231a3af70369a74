"""Layout of a print page on its panels at the scale that fits, checked and written as a tagged PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import Location, Problem, Severity, SourceError, UnsafeError
from leaflet.model.cover_art import CoverArt
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.model.workspace import Workspace
from leaflet.output import CREATOR, Standard, xmp_packet
from leaflet.panels.fit import FitReport, Trial, assign, groups_of, is_over, refuse_misfit, report
from leaflet.panels.image_resolution import coarse_images
from leaflet.panels.measured_heights import measured_heights
from leaflet.panels.missing_glyphs import missing_glyphs
from leaflet.panels.search import lay_out_once, search
from leaflet.panels.source_map import SourceMap
from leaflet.panels.trials import Found
from leaflet.weasy import (
    LaidOut,
    Message,
    OpenPage,
    PageMeasure,
    PdfDetails,
    PlacedImage,
    Renderer,
    Unserved,
    shown_address,
)

Alternatives: TypeAlias = Callable[[Mapping[str, float], int], Iterable[PlannedPage]]


class PanelPdf(Struct, frozen=True, kw_only=True):
    """The panels in reading order: the PDF for the screen, and the input of imposition."""

    data: bytes
    panels: tuple[int | None, ...]
    """For each page the index of its panel in the layout; None for a page too many, in a draft."""
    fit: FitReport
    problems: tuple[Problem, ...]
    """Warnings: what WeasyPrint did not understand, panels that stayed empty, and in a draft what does not fit."""
    measures: tuple[PageMeasure, ...] = ()
    """The pages as they were laid out."""
    images: tuple[PlacedImage, ...] = ()
    source_map: SourceMap | None = None
    page: PrintPage | None = None
    """The arrangement that was laid out."""


def render_panels(
    page: PrintPage,
    *,
    layout: Layout,
    workspace: Workspace,
    base: Path,
    alternatives: Alternatives = lambda _heights, _pages: (),
    denser: Callable[[], PrintPage] | None = None,
    dense_alternatives: Alternatives = lambda _heights, _pages: (),
    source: str = "",
    created: str | None = None,
    metadata: Metadata | None = None,
    art: CoverArt | None = None,
    allow_overflow: bool = False,
    for_press: bool = False,
    for_ua_2: bool = False,
    renderer: Renderer | None = None,
    scale: float | None = None,
) -> PanelPdf:
    """Lay out ``page`` on the panels of ``layout`` and write the tagged PDF.

    Args:
        base: the folder that relative addresses in ``page`` start from; inside the workspace.
        alternatives: makes other arrangements of the page from measured heights and the number of pages, the best first, each when it is wanted.
        denser: makes the page with less space, for pages that repeat where that saves one; dense_alternatives: others so.
        source: the source's name in messages.
        created: the date for the file's metadata (W3C form), or None; metadata: what else the file says of itself.
        art: the picture for the area that the cover's words leave free.
        allow_overflow: make a draft even where content does not fit; overfull pages carry a red bar.
        for_press, for_ua_2: warn of pictures that are too coarse for a press; prepare the tags for PDF/UA-2.
        renderer: the one that later builds use as well (``pipeline.Session`` owns it), so that they need not lay out what
            did not change; without it, one is made for this call.
        scale: the scale to lay ``page`` out at, once and whether it fits or not; without it the best is searched for.

    Raises:
        FitError: content does not fit its panels; one problem for each place.
        UnsafeError: the page asks for files or addresses that a build may not open; all of them.
        SourceError: an image is missing or broken, or a character is in no font; LeafletError: WeasyPrint is of no use.
    """
    renderer = renderer or Renderer()
    opening = _Opening(renderer=renderer, workspace=workspace, base=base, layout=layout, art=art)
    found = opening.found(page, scale, alternatives, denser, dense_alternatives)
    trial, opened, laid_out = found.trial, opening.opened(found.page), found.trial.rendering
    source_map = SourceMap(laid_out.root, source, metadata)
    _refuse_unserved(laid_out.unserved, source_map, opened.base)
    fit = report(trial, len(found.tried), layout, source_map, found.tried)
    if not allow_overflow:
        refuse_misfit(fit)
    details = _details(fit, layout, created, metadata, renderer, marks_overfull=scale is None, for_ua_2=for_ua_2)
    written = renderer.write(opened, laid_out, details)
    _refuse_unserved([*written.unserved, *laid_out.unserved], source_map, opened.base)
    messages = _problems_of([*laid_out.messages, *written.messages], source_map)
    if any(problem.severity is Severity.ERROR for problem in messages):
        raise SourceError(messages)
    panels = assign(trial.pages, layout)
    misfits = (replace(problem, severity=Severity.WARNING) for problem in fit.problems)
    coarse = coarse_images(laid_out.images(), source_map) if for_press else ()
    warnings = (*renderer.problems, *misfits, *messages, *coarse, *_empty(panels, layout, source))
    return PanelPdf(
        data=written.data,
        panels=panels,
        fit=fit,
        problems=warnings,
        measures=trial.pages,
        images=tuple(laid_out.images()),
        source_map=source_map,
        page=found.page,
    )


def _from_heights(
    alternatives: Alternatives,
) -> Callable[[Trial[LaidOut]], Iterable[PlannedPage]]:
    return lambda trial: alternatives(
        measured_heights(trial.rendering.root, trial.pages, trial.scale), len(trial.pages)
    )


class _Opening(Struct, kw_only=True):
    """The pages of one leaflet, each opened once."""

    renderer: Renderer
    workspace: Workspace
    base: Path
    layout: Layout
    art: CoverArt | None
    pages: list[tuple[PrintPage, OpenPage]] = field(default_factory=list)

    def opened(self, page: PrintPage) -> OpenPage:
        """Return ``page``, open for layout."""
        for known, opened in self.pages:
            if known is page:
                return opened
        opened = self.renderer.open(
            page, workspace=self.workspace, base=self.base, page_rules=page_rules(self.layout), art=self.art
        )
        self.pages.append((page, opened))
        return opened

    def found(
        self,
        page: PrintPage,
        scale: float | None,
        alternatives: Alternatives,
        denser: Callable[[], PrintPage] | None,
        dense_alternatives: Alternatives,
    ) -> Found[LaidOut]:
        """Return ``page`` at ``scale``, or without one the best layout that a search finds."""
        if scale is not None:
            return lay_out_once(self.lay_out, self.layout, page, scale)
        others, dense_others = _from_heights(alternatives), _from_heights(dense_alternatives)
        return search(self.lay_out, self.layout, page, others, self.lay_out_over, denser, dense_others)

    def lay_out(self, page: PrintPage, scale: float) -> tuple[LaidOut, tuple[PageMeasure, ...]]:
        """Return ``page`` laid out at ``scale``, and its measures."""
        laid_out = self.renderer.render(self.opened(page), scale)
        return laid_out, laid_out.measures

    def lay_out_over(self, page: PrintPage, scale: float, before: LaidOut) -> tuple[PageMeasure, ...] | None:
        """Return the first run of ``page`` that is too full at ``scale``, among those that were too full ``before``.

        Where one is, the others need not be laid out at all. None where none is, or where footnotes, whose numbers go on
        from run to run, make one run depend on another.
        """
        footnotes = any(run.footnotes for run in before.runs)
        if footnotes or len(page.runs) != len(before.runs) or len(page.runs) < 2:
            return None
        for place, run in enumerate(before.runs):
            if is_over(run.measures, self.layout):
                measures = self.renderer.render_run(self.opened(page), place, scale)
                if is_over(measures, self.layout):
                    return measures
        return None


def page_rules(layout: Layout) -> str:
    """Return CSS for the size and bleed of every page, which follow from the fold and not from the style.

    Panels of one name may differ in width (the flap's reverse is an inside panel, but as narrow as the flap).
    """
    selectors = [("@page", 0)]
    for group in groups_of(layout):
        for place, index in enumerate(group.panels, start=1):
            selectors.append((f"@page {group.name}" if place == 1 else f"@page :nth({place} of {group.name})", index))
    sizes = [(selector, layout.panels[index]) for selector, index in selectors]
    return "\n".join(
        f"{selector} {{ size: {panel.width:g}mm {panel.height:g}mm; bleed: {layout.bleed:g}mm }}"
        for selector, panel in sizes
    )


def _details(
    fit: FitReport,
    layout: Layout,
    created: str | None,
    metadata: Metadata | None,
    renderer: Renderer,
    *,
    marks_overfull: bool,
    for_ua_2: bool,
) -> PdfDetails:
    standards = [Standard.UA_1] if renderer.claims_pdf_ua else []
    return PdfDetails(
        labels=tuple(page.label for page in fit.pages) if layout.sides else (),
        overfull=tuple(number for number, page in enumerate(fit.pages) if page.over and marks_overfull),
        created=created,
        creator=CREATOR if metadata else "",
        for_ua_2=for_ua_2,
        packet=xmp_packet(metadata, standards) if metadata else b"",
    )


def _refuse_unserved(unserved: Iterable[Unserved], source_map: SourceMap, base: str) -> None:
    """Raise an error for every address that was not served, even where WeasyPrint coped without it."""
    missing: dict[str, Problem] = {}
    refused: dict[str, Problem] = {}
    for one in unserved:
        element, written = source_map.with_address(one.address, base)
        shown, location = shown_address(written or one.address), source_map.location(element)
        if one.is_allowed:
            missing[one.address] = Problem(
                message=f'"{shown}" cannot be read: {one.reason}',
                location=location,
                hint="mend the name, or add the file",
            )
        else:
            refused[one.address] = Problem(
                message=f'"{shown}" is not opened: {one.reason}',
                location=location,
                hint="copy the file into the workspace and name it by a path inside it",
            )
    if refused:
        raise UnsafeError([*refused.values(), *missing.values()])
    if missing:
        raise SourceError(list(missing.values()))


def _problems_of(messages: Iterable[Message], source_map: SourceMap) -> list[Problem]:
    """Return what WeasyPrint said, each thing once: missing glyphs and broken images are errors, the rest warnings."""
    problems: dict[str, Problem] = {}
    characters: list[str] = []
    for message in messages:
        if message.character:
            characters.append(message.character)
        else:
            severity = Severity.ERROR if message.is_error else Severity.WARNING
            problem = Problem(
                message=f"in the page's HTML or CSS: {message.text}",
                location=source_map.location(None),
                severity=severity,
            )
            problems.setdefault(message.text, problem)
    return [*missing_glyphs(characters, source_map), *problems.values()]


def _empty(panels: tuple[int | None, ...], layout: Layout, source: str) -> list[Problem]:
    missing = [index for index, panel in enumerate(layout.panels) if index not in panels and not panel.repeats]
    return [
        Problem(
            message=f'panel "{layout.label(index)}" is empty',
            location=Location(file=source) if source else None,
            hint="add content, or choose a layout with fewer panels",
            severity=Severity.WARNING,
        )
        for index in missing
    ]

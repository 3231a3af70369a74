"""The door of this stage: one HTML page in, the panels as a tagged PDF out, with what was found on the way."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from leaflet.errors import Location, Problem, Severity, SourceError, UnsafeError
from leaflet.model.cover_art import CoverArt
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata
from leaflet.model.workspace import Workspace
from leaflet.output import describe
from leaflet.panels.fit import FitReport, assign, groups_of, refuse_misfit, report, search
from leaflet.panels.image_resolution import coarse_images
from leaflet.panels.missing_glyphs import missing_glyphs
from leaflet.panels.source_map import Finder
from leaflet.weasy import (
    VARIANT,
    Composer,
    WorkspaceFetcher,
    captured_log,
    label_pages,
    mark_overfull,
    mended_writer,
    not_laid_out,
    settle,
    take_apart,
)

NO_GLYPH = ".notdef glyph"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPdf:
    """The panels in reading order: the PDF for the screen, and the input of the sheet stage."""

    data: bytes
    panels: tuple[int | None, ...]
    """For each page the index of its panel in the layout; None for a page too many, in a draft."""
    fit: FitReport
    problems: tuple[Problem, ...]
    """Warnings: what WeasyPrint did not understand, panels that stayed empty, and in a draft what does not fit."""


def render_panels(
    html: str,
    *,
    layout: Layout,
    workspace: Workspace,
    base: Path,
    source: str = "",
    created: str | None = None,
    metadata: Metadata | None = None,
    art: CoverArt | None = None,
    allow_overflow: bool = False,
    for_press: bool = False,
) -> PanelPdf:
    """Lay out ``html`` on the panels of ``layout`` and write the tagged PDF.

    Args:
        base: the folder that relative addresses in ``html`` start from; inside the workspace.
        source: the source's name in messages.
        created: the date for the file's metadata (W3C form), or None for no date.
        metadata: what the file says of itself; without it only what ``html`` says.
        art: what stands in the room that the cover's words leave.
        allow_overflow: make a draft even where content does not fit; overfull pages carry a red bar.
        for_press: warn of pictures that are too coarse for a press.

    Raises:
        FitError: content does not fit its panels; one problem for each place.
        UnsafeError: the page asks for files or addresses that a build may not open; all of them.
        SourceError: an image is missing or broken, or a character is in none of the bundled fonts.
    """
    fetcher = WorkspaceFetcher(workspace)
    address = fetcher.address(base)
    page = take_apart(html)
    composer = Composer(page=page, page_rules=page_rules(layout), fetcher=fetcher, base=address, art=art)
    trial, trials = search(composer, layout, page.scale)
    composition = trial.rendering
    finder = Finder(composition.root, source, workspace.root / source if source else None, workspace.roots)
    _refuse_unsafe([fetcher, *composition.fetchers], finder, address)
    fit = report(trial, trials, layout, finder)
    if not allow_overflow:
        refuse_misfit(fit)
    with captured_log() as log:
        data = _write(composer.document(composition), fit, layout, created, metadata)
    _refuse_unsafe([fetcher, *composition.fetchers], finder, address)
    logged = _from_log([*composition.log, *log], finder)
    if any(problem.severity is Severity.ERROR for problem in logged):
        raise SourceError(logged)
    panels = assign(trial.pages, layout)
    misfits = (replace(problem, severity=Severity.WARNING) for problem in fit.problems)
    coarse = coarse_images(composition.pages, finder) if for_press else ()
    warnings = (*misfits, *logged, *coarse, *_empty(panels, layout, source))
    return PanelPdf(data=data, panels=panels, fit=fit, problems=warnings)


def page_rules(layout: Layout) -> str:
    """CSS for the size and bleed of every page: they follow from the fold, and are not a matter of style.

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


def _write(document: Any, fit: FitReport, layout: Layout, created: str | None, metadata: Metadata | None) -> bytes:
    document.metadata.created = created or document.metadata.created
    document.metadata.modified = document.metadata.modified or document.metadata.created
    overfull = [number for number, page in enumerate(fit.pages) if page.over]
    with mended_writer(document) as repairs:

        def finish(_: Any, pdf: Any) -> None:
            repairs.finish(pdf)
            if layout.sides:
                label_pages(pdf, [page.label for page in fit.pages])
            mark_overfull(pdf, overfull)
            if metadata:
                describe(pdf, metadata)
            settle(pdf)

        try:
            return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=True, finisher=finish))
        except Exception as error:
            raise not_laid_out(error) from error


def _refuse_unsafe(fetchers: Sequence[WorkspaceFetcher], finder: Finder, base: str) -> None:
    """Raise what was not served, whatever WeasyPrint made of it."""
    hint = "copy the file into the workspace and name it by a path inside it"
    missing: dict[str, Problem] = {}
    refused: dict[str, Problem] = {}
    for fetcher in fetchers:
        for url, why in fetcher.missing.items():
            missing[url] = _located(
                url, f"cannot be read: {why}", "mend the name, or add the file", fetcher, finder, base
            )
        for url, why in fetcher.refused.items():
            refused[url] = _located(url, f"is not opened: {why}", hint, fetcher, finder, base)
    if refused:
        raise UnsafeError([*refused.values(), *missing.values()])
    if missing:
        raise SourceError(list(missing.values()))


def _located(url: str, what: str, hint: str, fetcher: WorkspaceFetcher, finder: Finder, base: str) -> Problem:
    element, written = finder.with_address(url, base)
    shown = fetcher.shown(written or url)
    return Problem(message=f'"{shown}" {what}', location=finder.location(element), hint=hint)


def _from_log(log: Iterable[logging.LogRecord], finder: Finder) -> list[Problem]:
    """What WeasyPrint logged, each thing once: missing glyphs and broken images are errors, the rest warnings."""
    problems: dict[str, Problem] = {}
    characters: list[str] = []
    for record in log:
        if str(record.msg).startswith(NO_GLYPH) and isinstance(record.args, tuple):
            characters.append(str(record.args[0]))
        else:
            message = record.getMessage()
            problems.setdefault(message, _problem(record, message, finder))
    return [*missing_glyphs(characters, finder), *problems.values()]


def _problem(record: logging.LogRecord, message: str, finder: Finder) -> Problem:
    severity = Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING
    return Problem(message=f"in the page's HTML or CSS: {message}", location=finder.location(None), severity=severity)


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

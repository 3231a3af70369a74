"""The door of this stage: one HTML page in, the panels as a tagged PDF out, with what was found on the way."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement

from leaflet.errors import LayoutError, Location, Problem, Severity, SourceError, UnsafeError
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata
from leaflet.model.project import Workspace
from leaflet.pdf.engine import BundledFonts, bundled_fonts, captured_log, weasyprint
from leaflet.pdf.fetch import WorkspaceFetcher
from leaflet.pdf.fit import FitReport, assign, groups_of, refuse_misfit, report, search
from leaflet.pdf.locate import Finder
from leaflet.pdf.measure import PageMeasure, measure_pages
from leaflet.pdf.metadata import describe
from leaflet.pdf.pages import label_pages, mark_overfull
from leaflet.pdf.resolution import coarse_images
from leaflet.pdf.writing import mended_writer

VARIANT = "pdf/ua-1"
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
    allow_overflow: bool = False,
    for_press: bool = False,
) -> PanelPdf:
    """Lay out ``html`` on the panels of ``layout`` and write the tagged PDF.

    Args:
        base: the folder that relative addresses in ``html`` start from; inside the workspace.
        source: the source's name in messages.
        created: the date for the file's metadata (W3C form), or None for no date.
        metadata: what the file says of itself; without it only what ``html`` says.
        allow_overflow: make a draft even where content does not fit; overfull pages carry a red bar.
        for_press: warn of pictures that are too coarse for a press.

    Raises:
        FitError: content does not fit its panels; one problem for each place.
        UnsafeError: the page asks for files or addresses that a build may not open; all of them.
        SourceError: an image is missing or broken, or a character is in none of the bundled fonts.
    """
    fetcher = WorkspaceFetcher(workspace)
    address = fetcher.address(base)
    with captured_log() as log:
        page = weasyprint.HTML(string=html, base_url=address, url_fetcher=fetcher)
        _set_page_sizes(page.etree_element, layout)
        finder = Finder(page.etree_element, source, workspace.root / source if source else None)
        trial, trials = search(_Layouter(page), layout, _expected_scale(page.etree_element))
        _refuse_unsafe(fetcher, finder, address)
        fit = report(trial, trials, layout, finder)
        if not allow_overflow:
            refuse_misfit(fit)
        data = _write(trial.rendering, fit, layout, created, metadata)
        _refuse_unsafe(fetcher, finder, address)
        logged = _from_log(log, finder)
    if any(problem.severity is Severity.ERROR for problem in logged):
        raise SourceError(logged)
    panels = assign(trial.pages, layout)
    misfits = (replace(problem, severity=Severity.WARNING) for problem in fit.problems)
    coarse = coarse_images(trial.rendering.pages, finder) if for_press else ()
    warnings = (*misfits, *logged, *coarse, *_empty(panels, layout, source))
    return PanelPdf(data=data, panels=panels, fit=fit, problems=warnings)


def _not_laid_out(error: Exception) -> LayoutError:
    """WeasyPrint fails on some CSS with whatever exception comes; a build says so in words."""
    return LayoutError(
        Problem(
            message=f"the pages cannot be laid out: WeasyPrint failed with {type(error).__name__}: {error}",
            hint="look at the CSS that was changed last: counters in markers and grids inside columns are known to fail",
        )
    )


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


def _set_page_sizes(root: Any, layout: Layout) -> None:
    style = SubElement(root.find("head"), "style")
    style.text = page_rules(layout)


def _expected_scale(root: Any) -> float:
    """The scale at which the page says that it should fit: ``--fit`` in the root's style, or 1."""
    found = re.search(r"--fit:\s*([\d.]+)", root.get("style", ""))
    return min(1.0, float(found[1])) if found else 1.0


class _Layouter:
    """Lays one page out at a scale. Images are opened once for all scales."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._style = re.sub(r"--fit:[^;]*;?", "", page.etree_element.get("style", "")).rstrip("; ")
        self._images: dict[str, Any] = {}
        self._fonts: BundledFonts = bundled_fonts()

    def __call__(self, scale: float) -> tuple[Any, tuple[PageMeasure, ...]]:
        root = self._page.etree_element
        root.set("style", "; ".join(part for part in (self._style, f"--fit: {scale:g}") if part))
        try:
            document = self._page.render(font_config=self._fonts, pdf_variant=VARIANT, cache=self._images)
        except Exception as error:
            raise _not_laid_out(error) from error
        return document, measure_pages(document.pages)


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

        return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=True, finisher=finish))


def _refuse_unsafe(fetcher: WorkspaceFetcher, finder: Finder, base: str) -> None:
    """Raise what the fetcher did not serve, whatever WeasyPrint made of it."""
    missing = [
        _located(url, f"cannot be read: {why}", "mend the name, or add the file", fetcher, finder, base)
        for url, why in fetcher.missing.items()
    ]
    hint = "copy the file into the workspace and name it by a path inside it"
    refused = [
        _located(url, f"is not opened: {why}", hint, fetcher, finder, base) for url, why in fetcher.refused.items()
    ]
    if refused:
        raise UnsafeError([*refused, *missing])
    if missing:
        raise SourceError(missing)


def _located(url: str, what: str, hint: str, fetcher: WorkspaceFetcher, finder: Finder, base: str) -> Problem:
    element, written = finder.with_address(url, base)
    shown = fetcher.shown(written or url)
    return Problem(message=f'"{shown}" {what}', location=finder.location(element), hint=hint)


def _from_log(log: Iterable[logging.LogRecord], finder: Finder) -> list[Problem]:
    """What WeasyPrint logged, each thing once: missing glyphs and broken images are errors, the rest warnings."""
    problems: dict[str, Problem] = {}
    for record in log:
        message = record.getMessage()
        if message not in problems:
            problems[message] = _problem(record, message, finder)
    return list(problems.values())


def _problem(record: logging.LogRecord, message: str, finder: Finder) -> Problem:
    template = str(record.msg)
    if template.startswith(NO_GLYPH) and isinstance(record.args, tuple):
        character, point = str(record.args[0]), int(str(record.args[1]))
        return Problem(
            message=f'the character "{character}" (U+{point:04X}) is in none of the bundled fonts',
            location=finder.location(finder.with_text(character)),
            hint="write it another way, or use an icon",
        )
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

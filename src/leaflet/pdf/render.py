"""The door of this stage: one HTML page in, the panels as a tagged PDF out, with what was found on the way."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement

from leaflet.errors import Location, Problem, Severity, SourceError, UnsafeError
from leaflet.model.layout import Layout
from leaflet.model.project import Workspace
from leaflet.pdf.engine import BundledFonts, bundled_fonts, captured_log, weasyprint
from leaflet.pdf.fetch import WorkspaceFetcher
from leaflet.pdf.fit import FitReport, assign, groups_of, refuse_misfit, report, search
from leaflet.pdf.locate import Finder
from leaflet.pdf.measure import PageMeasure, measure_page
from leaflet.pdf.pages import label_pages, mark_overfull
from leaflet.pdf.tags import repaired_tags

VARIANT = "pdf/ua-1"
NO_GLYPH = ".notdef glyph"
FETCH_FAILED = ("Failed to load image at", "Failed to load stylesheet at", "Font-face %r cannot be loaded")


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
    allow_overflow: bool = False,
) -> PanelPdf:
    """Lay out ``html`` on the panels of ``layout`` and write the tagged PDF.

    Args:
        base: the folder that relative addresses in ``html`` start from; inside the workspace.
        source: the source's name in messages.
        created: the date for the file's metadata (W3C form), or None for no date.
        allow_overflow: make a draft even where content does not fit; overfull pages carry a red bar.

    Raises:
        FitError: content does not fit its panels; one problem for each place.
        UnsafeError: the page asks for files or addresses that a build may not open; all of them.
        SourceError: an image is missing or broken, or a character is in none of the bundled fonts.
    """
    fetcher = WorkspaceFetcher(workspace)
    with captured_log() as log:
        page = weasyprint.HTML(string=html, base_url=fetcher.address(base), url_fetcher=fetcher)
        _set_page_sizes(page.etree_element, layout)
        finder = Finder(page.etree_element, source)
        trial, trials = search(_Layouter(page, log), layout)
        _refuse_unsafe(fetcher, finder)
        fit = report(trial, trials, layout, finder)
        if not allow_overflow:
            refuse_misfit(fit)
        data = _write(trial.rendering, fit, created)
        _refuse_unsafe(fetcher, finder)
        problems = [*fit.problems, *_from_log(log, finder)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR and problem not in fit.problems]
    if errors:
        raise SourceError(errors)
    panels = assign(trial.pages, layout)
    return PanelPdf(data=data, panels=panels, fit=fit, problems=(*problems, *_empty(panels, layout, source)))


def page_rules(layout: Layout) -> str:
    """CSS for the size and bleed of every page: they follow from the fold, and are not a matter of style.

    Panels of one name may differ in width (the flap's reverse is an inside panel, but as narrow as the flap).
    """
    rules = []
    for group in groups_of(layout):
        for place, index in enumerate(group.panels, start=1):
            panel = layout.panels[index]
            which = f"@page {group.name}" if place == 1 else f"@page :nth({place} of {group.name})"
            rules.append(f"{which} {{ size: {panel.width:g}mm {panel.height:g}mm; bleed: {layout.bleed:g}mm }}")
    return "\n".join(rules)


def _set_page_sizes(root: Any, layout: Layout) -> None:
    style = SubElement(root.find("head"), "style")
    style.text = page_rules(layout)


class _Layouter:
    """Lays one page out at a scale; the log keeps what was said of the latest layout only."""

    def __init__(self, page: Any, log: list[logging.LogRecord]) -> None:
        self._page = page
        self._log = log
        self._style = page.etree_element.get("style", "").rstrip("; ")
        self._images: dict[str, Any] = {}
        self._parsed = len(log)
        self._fonts: BundledFonts = bundled_fonts()

    def __call__(self, scale: float) -> tuple[Any, tuple[PageMeasure, ...]]:
        del self._log[self._parsed :]
        root = self._page.etree_element
        root.set("style", "; ".join(part for part in (self._style, f"--fit: {scale:g}") if part))
        document = self._page.render(font_config=self._fonts, pdf_variant=VARIANT, cache=self._images)
        return document, tuple(measure_page(page) for page in document.pages)


def _write(document: Any, fit: FitReport, created: str | None) -> bytes:
    document.metadata.created = created or document.metadata.created
    document.metadata.modified = document.metadata.modified or document.metadata.created
    overfull = [number for number, page in enumerate(fit.pages) if page.over]
    with repaired_tags(document) as repairs:

        def finish(_: Any, pdf: Any) -> None:
            repairs.finish(pdf)
            label_pages(pdf, [page.label for page in fit.pages])
            mark_overfull(pdf, overfull)

        return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=True, finisher=finish))


def _refuse_unsafe(fetcher: WorkspaceFetcher, finder: Finder) -> None:
    if fetcher.refused:
        raise UnsafeError([*_located(fetcher.refused, fetcher, finder), *_located(fetcher.missing, fetcher, finder)])
    if fetcher.missing:
        raise SourceError(_located(fetcher.missing, fetcher, finder))


def _located(found: dict[str, Problem], fetcher: WorkspaceFetcher, finder: Finder) -> list[Problem]:
    """The problems with the place in the source where the address stands, if an attribute holds it."""
    return [
        Problem(
            message=problem.message,
            location=finder.location(finder.with_attribute(url, fetcher.shown(url))),
            hint=problem.hint,
        )
        for url, problem in found.items()
    ]


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
    return Problem(message=f"in the page's HTML or CSS: {message}", location=_whole(finder), severity=severity)


def _whole(finder: Finder) -> Location | None:
    return finder.location(None)


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

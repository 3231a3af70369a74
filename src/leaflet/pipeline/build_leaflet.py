"""The stages joined: what is cited becomes HTML, panels and sheets. Everything is made before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.errors import FitError, Location, Problem, Severity, SourceError, UnsafeError, as_errors
from leaflet.files import shown_path, write_together
from leaflet.model.citation import Reference
from leaflet.model.workspace import Workspace
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.pdf_outputs import finished_panels, finished_sheet, opened_press

if TYPE_CHECKING:
    from leaflet.model.layout import Layout
    from leaflet.panels import FitReport, PanelPdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """All files of a leaflet by name, made but not written."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    workspace: Workspace
    sheets: str | None
    """What a printer must know of the sheets, in one line."""
    inputs: tuple[Path, ...] = ()
    """The files of the user's that it was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What was written, what to look at, and how full the panels are."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    sheets: str | None
    """What a printer must know of the sheets, in one line."""


SUFFIXES = {
    "sheet": "-sheet.pdf",
    "pdf": ".pdf",
    "html": ".html",
    "bib": ".bib",
    "ris": ".ris",
    "csl-json": ".csl.json",
}


def build(source: Path, choices: Choices, *, today: date, output: Path | None = None) -> BuildResult:
    """Build ``source`` and write its files to ``output``, the workspace's ``output/`` without it.

    Raises:
        LeafletError: all that is wrong, each with its place; then nothing is written.
    """
    composed = compose(source, choices, today=today)
    folder = output or composed.workspace.root / "output"
    _refuse_inputs(folder, composed)
    made, withheld = _beside_inputs(folder, composed)
    files = write_together(folder, made)
    return BuildResult(
        files=tuple(shown_path(path) for path in files),
        problems=(*composed.problems, *withheld),
        fit=composed.fit,
        sheets=composed.sheets,
    )


def _refuse_inputs(folder: Path, composed: Composition) -> None:
    """An output must never take the place of something that leaflets are made from.

    Raises:
        UnsafeError: ``folder`` is one of the workspace's folders of sources, layouts or styles.
    """
    inputs = [composed.workspace.root / name for name in ("source", "layouts", "styles")]
    inside = next((path for path in inputs if folder.resolve().is_relative_to(path)), None)
    if inside is not None:
        raise UnsafeError(
            Problem(
                message=f'results are not written into "{inside.name}/": they could replace what they are made from',
                hint="choose another folder with --output, or leave it out for output/",
            )
        )


def _beside_inputs(folder: Path, composed: Composition) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files to write, without those that would take the place of what the leaflet is made from, and a warning."""
    inputs = {path.resolve() for path in composed.inputs}
    taken = [name for name in composed.files if (folder / name).resolve() in inputs]
    withheld = tuple(
        Problem(
            message=f'"{name}" is not written into this folder, where it would replace what the leaflet is made from',
            hint="choose another folder with --output",
            severity=Severity.WARNING,
        )
        for name in taken
    )
    return {name: data for name, data in composed.files.items() if name not in taken}, withheld


def compose(source: Path, choices: Choices, *, today: date, workspace: Workspace | None = None) -> Composition:
    """Make all files of ``source`` in memory. Without ``workspace`` it is the one around the source.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    cited, problems = cite_source(source, choices, today=today, workspace=workspace)
    return compose_cited(cited, problems, source, choices, today=today)


def compose_cited(
    cited: CitedDocument, problems: tuple[Problem, ...], source: Path, choices: Choices, *, today: date
) -> Composition:
    """Make all files of a document whose citations are formatted; ``problems`` are what was found on the way there.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    files: dict[str, bytes] = {}
    fit = None
    if {"sheet", "pdf"} & set(choices.formats):
        made, panels = _print_files(cited, choices, today=today)
        files |= made
        problems += panels.problems
        fit = panels.fit
    if "html" in choices.formats:
        files["html"] = _web(cited).encode()
    if problems and (choices.strict or cited.document.metadata.strict):
        raise SourceError(as_errors(problems))
    files |= _sidecars(cited, choices.formats)
    named = {f"{source.stem}{SUFFIXES[kind]}": files[kind] for kind in choices.formats}
    sheets = _sheets(cited.layout, fit) if fit and "sheet" in choices.formats else None
    return Composition(
        files=named,
        problems=problems,
        fit=fit,
        workspace=cited.workspace,
        sheets=sheets,
        inputs=(source, *(cited.folder / name for name in cited.document.metadata.bibliography)),
    )


def _sheets(layout: Layout, fit: FitReport) -> str:
    from leaflet.sheet import describe_sheets

    return describe_sheets(layout, len(fit.pages))


def _print_files(cited: CitedDocument, choices: Choices, *, today: date) -> tuple[dict[str, bytes], PanelPdf]:
    """The PDF files that are asked for, and the panels that they were made from."""
    document, workspace, finish = cited.document, cited.workspace, choices.finish
    press = opened_press(finish, cited.layout.ink_limit, workspace)
    panels = _panels(cited, choices)
    files: dict[str, bytes] = {}
    if "pdf" in choices.formats:
        files["pdf"] = finished_panels(panels.data, document, workspace, finish)
    if "sheet" in choices.formats:
        files["sheet"] = finished_sheet(panels.data, document, cited.layout, workspace, finish, press=press, day=today)
    return files, panels


def _panels(cited: CitedDocument, choices: Choices) -> PanelPdf:
    """The panels; where sections that begin new panels leave too little room, text flows from panel to panel."""
    from leaflet.pipeline.layout_hints import larger_layouts

    try:
        return _laid_out(cited, choices, evenly=True)
    except FitError:
        pass
    try:
        return _laid_out(cited, choices, evenly=False)
    except FitError as error:
        asked_at = Location(file="--style") if choices.style else cited.document.metadata.places.get("style")
        larger = larger_layouts(cited.layout, cited.style, cited.workspace, asked_at)
        raise FitError([*error.problems, *larger]) from None


def _laid_out(cited: CitedDocument, choices: Choices, *, evenly: bool) -> PanelPdf:
    from leaflet.design import art_for_cover
    from leaflet.html import render_print
    from leaflet.panels import render_panels
    from leaflet.weasy import font_css

    html = render_print(
        cited.document,
        cited.citations,
        cited.layout,
        cited.style,
        font_css=font_css(),
        workspace=cited.workspace,
        evenly=evenly,
    )
    return render_panels(
        html,
        layout=cited.layout,
        workspace=cited.workspace,
        base=cited.folder,
        source=cited.document.source,
        metadata=cited.document.metadata,
        art=art_for_cover(cited.document.metadata, cited.layout, cited.style),
        allow_overflow=choices.allow_overflow and not evenly,
        for_press=choices.finish.press is not None,
    )


def _web(cited: CitedDocument) -> str:
    from leaflet.html import render_web

    return render_web(cited.document, cited.citations, cited.style, workspace=cited.workspace)


def _sidecars(cited: CitedDocument, formats: Iterable[str]) -> dict[str, bytes]:
    """The leaflet as a citable item, in the files that citation managers read."""
    from leaflet.bibliography import write

    own = cited.citations.own_item
    wanted = {"bib": "biblatex", "ris": "ris", "csl-json": "csl-json"}
    if own is None:
        return {}
    item = Reference(id=str(own["id"]), item=own)
    return {kind: write([item], form).encode() for kind, form in wanted.items() if kind in formats}

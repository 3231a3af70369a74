"""The stages joined: what is cited becomes HTML, panels and sheets. Everything is made before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.errors import Problem, SourceError, as_errors
from leaflet.files import output_folder, output_policy, shown_path, sweep_left_overs, write_together
from leaflet.model.citation import Reference
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.own_outputs import written_by_leaflet
from leaflet.pipeline.panel_layout import lay_out
from leaflet.pipeline.pdf_outputs import finished_panels, finished_sheet, opened_press
from leaflet.pipeline.session import Session

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
    layout: str = ""
    """Which layout leaflet chose, and why; empty where somebody else chose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """The files that were written, the problems to look at, and how full the panels are."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    sheets: str | None
    """What a printer must know of the sheets, in one line."""
    layout: str = ""
    """Which layout leaflet chose, and why; empty where somebody else chose it."""


SUFFIXES = {
    "sheet": "-sheet.pdf",
    "pdf": ".pdf",
    "html": ".html",
    "bib": ".bib",
    "ris": ".ris",
    "csl-json": ".csl.json",
}


def build(
    source: Path, choices: Choices, *, today: date, output: Path | None = None, session: Session | None = None
) -> BuildResult:
    """Build ``source`` and write its files to ``output``, by default the workspace's ``output/``.

    Raises:
        LeafletError: all that is wrong, each with its place; then nothing is written.
    """
    from leaflet.source import open_workspace

    found = (session.workspace if session else None) or open_workspace(source)
    workspace = WatchedWorkspace(root=found.root, shipped=found.shipped, pictures=found.pictures)
    folder = output_folder(workspace, output)
    composed = compose(source, choices, today=today, workspace=workspace, session=session)
    policy = output_policy(workspace, workspace.inputs, written_by_leaflet(source.stem))
    sweep_left_overs(folder)
    made = dict(composed.files)
    if choices.report:
        made[f"{source.stem}.report.json"] = _report(source, choices, composed, today=today, session=session)
    files = write_together(folder, made, policy)
    return BuildResult(
        files=tuple(shown_path(path) for path in files),
        problems=composed.problems,
        fit=composed.fit,
        sheets=composed.sheets,
        layout=composed.layout,
    )


def _report(source: Path, choices: Choices, composed: Composition, *, today: date, session: Session | None) -> bytes:
    """Return the report of a build: its files, and what the check of the leaflet finds."""
    from leaflet.checks import build_report
    from leaflet.pipeline.check_leaflet import check_leaflet

    workspace = composed.workspace
    checked = check_leaflet(source, choices, today=today, session=session or Session(), workspace=workspace)
    return build_report(checked, composed.files, day=today)


def compose(
    source: Path,
    choices: Choices,
    *,
    today: date,
    workspace: Workspace | None = None,
    session: Session | None = None,
) -> Composition:
    """Make all files of ``source`` in memory.

    Args:
        workspace: by default the session's, else the one around the source.
        session: owns what is shared with other builds; without it nothing is shared.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    session = session or Session()
    cited, problems = cite_source(source, choices, today=today, workspace=workspace, session=session)
    return compose_cited(cited, problems, source, choices, today=today, session=session)


def compose_cited(
    cited: CitedDocument,
    problems: tuple[Problem, ...],
    source: Path,
    choices: Choices,
    *,
    today: date,
    session: Session | None = None,
) -> Composition:
    """Make all files of a document whose citations are formatted; ``problems`` are what was found on the way there.

    Raises:
        LeafletError: all that is wrong, each with its place.
    """
    session = session or Session()
    files: dict[str, bytes] = {}
    fit, reason = None, ""
    if {"sheet", "pdf"} & set(choices.formats):
        chosen, panels, _ = lay_out(cited, choices, session)
        cited, reason = chosen.cited, chosen.reason
        files |= finish_print_files(cited, panels, choices, today=today, session=session)
        problems += panels.problems
        fit = panels.fit
    if "html" in choices.formats:
        files["html"] = make_web_page(cited, session).encode()
    if problems and (choices.strict or cited.document.metadata.strict):
        raise SourceError(as_errors(problems))
    files |= make_sidecars(cited, choices.formats)
    named = {f"{source.stem}{SUFFIXES[kind]}": files[kind] for kind in choices.formats}
    sheets = _sheets(cited.layout, fit) if fit and "sheet" in choices.formats else None
    return Composition(files=named, problems=problems, fit=fit, workspace=cited.workspace, sheets=sheets, layout=reason)


def _sheets(layout: Layout, fit: FitReport) -> str:
    from leaflet.sheet import describe_sheets

    return describe_sheets(layout, len(fit.pages))


def make_print_files(
    cited: CitedDocument, choices: Choices, *, today: date, session: Session
) -> tuple[dict[str, bytes], PanelPdf]:
    """Return the chosen PDF files, and the panels that they were made from."""
    chosen, panels, _ = lay_out(cited, choices, session)
    return finish_print_files(chosen.cited, panels, choices, today=today, session=session), panels


def finish_print_files(
    cited: CitedDocument, panels: PanelPdf, choices: Choices, *, today: date, session: Session
) -> dict[str, bytes]:
    """Return the chosen PDF files."""
    document, workspace, finish = cited.document, cited.workspace, choices.finish
    press = opened_press(finish, cited.layout.ink_limit, workspace)
    files: dict[str, bytes] = {}
    if "pdf" in choices.formats:
        files["pdf"] = finished_panels(panels.data, document, workspace, finish)
    if "sheet" in choices.formats:
        files["sheet"] = finished_sheet(
            panels.data, document, cited.layout, workspace, finish, press=press, day=today, font=session.mark_font
        )
    return files


def make_web_page(cited: CitedDocument, session: Session) -> str:
    from leaflet.html import render_web

    return render_web(
        cited.document, cited.citations, cited.style, workspace=cited.workspace, resources=session.page_resources
    )


def make_sidecars(cited: CitedDocument, formats: Iterable[str]) -> dict[str, bytes]:
    """Return the leaflet as a citable item, in the files that citation managers read."""
    from leaflet.bibliography import write

    own = cited.citations.own_item
    wanted = {"bib": "biblatex", "ris": "ris", "csl-json": "csl-json"}
    if own is None:
        return {}
    item = Reference(id=str(own["id"]), item=own)
    return {kind: write([item], form).encode() for kind, form in wanted.items() if kind in formats}

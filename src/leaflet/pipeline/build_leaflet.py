"""The stages joined: what is cited becomes HTML, panels and sheets. Everything is made before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from leaflet.errors import Problem, SourceError, as_errors
from leaflet.files import output_folder, output_policy, shown_path, sweep_left_overs, write_together
from leaflet.model.output_format import SUFFIXES, OutputFormat
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.companions import make_companions
from leaflet.pipeline.make_files import make_sidecars, make_web_page, print_files
from leaflet.pipeline.make_readings import make_readings
from leaflet.pipeline.own_outputs import written_by_leaflet
from leaflet.pipeline.panel_layout import lay_out
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.model.layout import Layout
    from leaflet.panels import FitReport


class Composition(Struct, frozen=True, kw_only=True):
    """All files of a leaflet by name, made but not written."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    workspace: Workspace
    sheets: str | None
    """A summary of the sheets for the printer, in one line."""
    layout: str = ""
    """The layout that leaflet chose, and the reason; empty where somebody else chose it."""


class BuildResult(Struct, frozen=True, kw_only=True):
    """The files that were written, the problems to look at, and how full the panels are."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    fit: FitReport | None
    sheets: str | None
    """A summary of the sheets for the printer, in one line."""
    layout: str = ""
    """The layout that leaflet chose, and the reason; empty where somebody else chose it."""
    looked_for: tuple[Path, ...] = ()
    """The files that the build looked for, whether they are there or not."""


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
    problems = composed.problems
    if choices.companions:
        companions, more = make_companions(source, choices, today=today, session=session or Session(), known=problems)
        made, problems = made | companions, problems + more
    files = write_together(folder, made, policy)
    return BuildResult(
        files=tuple(shown_path(path) for path in files),
        problems=problems,
        fit=composed.fit,
        sheets=composed.sheets,
        layout=composed.layout,
        looked_for=tuple(workspace.asked),
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
        files |= print_files(cited, panels, choices, today=today, session=session)
        problems += panels.problems
        fit = panels.fit
    if "html" in choices.formats:
        files["html"] = make_web_page(cited, session).encode()
    readings, left_out = make_readings(cited, choices.formats, today=today, session=session)
    files, problems = files | readings, problems + left_out
    if problems and (choices.strict or cited.document.metadata.strict):
        raise SourceError(as_errors(problems))
    files |= make_sidecars(cited, choices.formats)
    named = {f"{source.stem}{SUFFIXES[OutputFormat(kind)]}": files[kind] for kind in choices.formats}
    sheets = _sheets(cited.layout, fit) if fit and "sheet" in choices.formats else None
    return Composition(files=named, problems=problems, fit=fit, workspace=cited.workspace, sheets=sheets, layout=reason)


def _sheets(layout: Layout, fit: FitReport) -> str:
    from leaflet.sheet import describe_sheets

    return describe_sheets(layout, len(fit.pages))

"""Proof of a leaflet: all that a live view shows of it, first from one layout, then complete, then with findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import FitError, Problem, Severity
from leaflet.model.workspace import Workspace
from leaflet.pipeline.check_leaflet import examine_made
from leaflet.pipeline.choices import AUTO, Choices
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.make_files import make_sidecars, make_web_page, print_files
from leaflet.pipeline.panel_layout import FoundArrangement, lay_out, lay_out_as_before
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile
    from leaflet.panels import PanelPdf


class Proof(Struct, frozen=True, kw_only=True):
    """A leaflet as a live view shows it. What does not fit sticks out, and is among the problems as an error."""

    cited: CitedDocument
    panels: PanelPdf
    arrangement: FoundArrangement
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The files by the names of their formats; only the panels in a quick proof."""
    web_page: bytes = b""
    """The web page with places in the source."""
    layout: str = ""
    """The layout that leaflet chose, and why; empty where somebody else chose it."""


def quick_proof(
    source: Path,
    choices: Choices,
    *,
    today: date,
    workspace: Workspace,
    session: Session,
    text: str | None = None,
    before: FoundArrangement | None = None,
) -> Proof:
    """Return the panels of ``source`` after one layout, arranged as ``before``; whether all fits, only a search can say.

    ``text`` is read in place of the source's own.

    Raises:
        LeafletError: what is wrong, but for the fit.
    """
    cited, problems = cite_source(source, choices, today=today, workspace=workspace, session=session, text=text)
    if before is not None and cited.document.metadata.layout == AUTO:
        choices = replace(choices, layout=before.layout)
        cited, problems = cite_source(source, choices, today=today, workspace=workspace, session=session, text=text)
    panels, arrangement = lay_out_as_before(cited, choices, session, before)
    return Proof(
        cited=cited,
        panels=panels,
        arrangement=arrangement,
        problems=_problems(problems, panels, are_misfits_known=False),
        files={"pdf": panels.data},
    )


def full_proof(
    source: Path,
    choices: Choices,
    *,
    today: date,
    workspace: Workspace,
    session: Session,
    text: str | None = None,
) -> Proof:
    """Return all files of ``source``, as a build would make them but for what does not fit.

    Raises:
        LeafletError: what is wrong, but for the fit.
    """
    cited, problems = cite_source(source, choices, today=today, workspace=workspace, session=session, text=text)
    drafted = replace(choices, allow_overflow=True)
    try:
        held = choices if cited.document.metadata.layout == AUTO else drafted
        chosen, panels, arrangement = lay_out(cited, held, session)
    except FitError:
        chosen, panels, arrangement = lay_out(cited, drafted, session)
    files = print_files(chosen.cited, panels, drafted, today=today, session=session)
    files["html"] = make_web_page(chosen.cited, session).encode()
    files |= make_sidecars(chosen.cited, choices.formats)
    return Proof(
        cited=chosen.cited,
        panels=panels,
        arrangement=arrangement,
        problems=_problems(problems, panels, are_misfits_known=True),
        files=files,
        web_page=make_web_page(chosen.cited, session, has_places=True).encode(),
        layout=chosen.reason,
    )


def examine_proof(
    proof: Proof, source: Path, choices: Choices, *, today: date, session: Session, text: str | None = None
) -> CheckedFile:
    """Return what the rules of ``leaflet check`` find in a complete proof.

    Raises:
        LeafletError: ``[check]`` in ``leaflet.toml`` names no rule.
    """
    return examine_made(
        proof.cited, proof.files, proof.panels, source, choices, today=today, session=session, text=text
    )


def _problems(found: tuple[Problem, ...], panels: PanelPdf, *, are_misfits_known: bool) -> tuple[Problem, ...]:
    """Return all problems once; what does not fit is an error where that is known, and otherwise left out."""
    misfits = {replace(problem, severity=Severity.WARNING) for problem in panels.fit.problems}
    laid_out = (problem for problem in panels.problems if problem not in misfits)
    return tuple(dict.fromkeys((*(panels.fit.problems if are_misfits_known else ()), *found, *laid_out)))

"""Companions of a leaflet: the same text in large print and for easy read, each checked on its own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from leaflet.errors import LeafletError, Problem, Severity, as_errors
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile, Finding

COMPANIONS: Mapping[str, str] = {"large-print": "handout-large-a4", "easy-read": "easy-read-a4"}
"""The layout of each companion, by the ending of its name."""


def make_companions(
    source: Path, choices: Choices, *, today: date, session: Session, known: Iterable[Problem]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the reading PDF of each companion, by its name, and what the check of its pages finds.

    What was said of the leaflet itself (``known``) is not said again, nor what the rules find in its source.

    Raises:
        LeafletError: all that keeps a companion from being made, or is an error in it.
    """
    from leaflet.files import open_workspace
    from leaflet.pipeline.check_leaflet import check_leaflet

    workspace = session.workspace or open_workspace(source)
    files: dict[str, bytes] = {}
    said, problems = set(known), []
    for ending, layout in COMPANIONS.items():
        mine = replace(choices, layout=layout, companions=False)
        checked = check_leaflet(source, mine, today=today, session=session, workspace=workspace)
        found = [_named(problem, ending) for problem in checked.problems if problem not in said]
        found += [_named(_as_problem(finding), ending) for finding in _of_pages(checked, session)]
        if not checked.files or any(problem.severity is Severity.ERROR for problem in found):
            raise LeafletError(found)
        files[f"{source.stem}-{ending}.pdf"] = checked.files["pdf"]
        problems += found
    unique = tuple(dict.fromkeys(problems))
    if unique and choices.strict:
        raise LeafletError(as_errors(unique))
    return files, unique


def _of_pages(checked: CheckedFile, session: Session) -> Iterable[Finding]:
    """Yield the findings in panels and files: those in the source are the same in each layout."""
    from leaflet.checks import Area

    areas = {rule.code: rule.area for rule in session.rules.rules}
    return (found for found in checked.findings if areas[found.code] in (Area.PANELS, Area.PDF, Area.OUTPUTS))


def _as_problem(finding: Finding) -> Problem:
    panel = f" [{finding.panel}]" if finding.panel else ""
    return Problem(
        message=f"{finding.code} {finding.message}{panel}",
        location=finding.location,
        hint=finding.hint,
        severity=finding.severity,
    )


def _named(problem: Problem, ending: str) -> Problem:
    return replace(problem, message=f"{ending}: {problem.message}")

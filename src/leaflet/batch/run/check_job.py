"""The check of one source as a value that travels to a worker process."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.budget import Budget
from leaflet.faults import guarded
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline import Choices, Session, check_leaflet, check_pdf

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile


class CheckJob(Struct, frozen=True, kw_only=True):
    """A leaflet or a PDF to check, with everything that its check needs."""

    source: Path
    name: str
    """The name that messages give it."""
    today: date
    budget: Budget
    workspace: Workspace | None = None
    """The workspace of a leaflet; None for a PDF."""
    choices: Choices = field(default_factory=Choices)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    keeps_files: bool = True
    """True if the files that were made are part of the result, with the places of the findings on them, which reports
    with pictures need."""


def run_check(job: CheckJob, session: Session) -> CheckedFile:
    """Return the findings about the leaflet or PDF of ``job``.

    Raises:
        LeafletError: a word names no rule, the file cannot be read, or its check takes more than its budget.
    """
    with guarded(job.budget, job.name):
        if job.workspace is None:
            return check_pdf(job.source, session=session, select=job.select, ignore=job.ignore)
        whole = job.workspace
        workspace = WatchedWorkspace(root=whole.root, shipped=whole.shipped, pictures=whole.pictures)
        found = check_leaflet(
            job.source,
            job.choices,
            today=job.today,
            session=session,
            workspace=workspace,
            select=job.select,
            ignore=job.ignore,
            draws=job.keeps_files,
        )
    found = found.as_errors() if job.choices.strict else found
    return replace(found, files=found.files if job.keeps_files else {}, looked_for=tuple(workspace.asked))

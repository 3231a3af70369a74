"""``leaflet check``: all problems that a build would report, and what the rules find, without writing anything."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages
from leaflet.cli.options import choices, field_values, strictness
from leaflet.cli.run import Run, current_budget
from leaflet.clock import build_day

if TYPE_CHECKING:
    from leaflet.api import CheckOptions
    from leaflet.batch import CheckJob
    from leaflet.budget import Budget
    from leaflet.checks import CheckedFile

FORMATS = ("text", "json", "sarif", "github", "junit", "html")
OF_REPOSITORIES = ("github", "sarif")
"""Reports that name files from the top of their repository, wherever the workspace is in it."""
NOT_SHAPING = frozenset({"sources", "jobs", "form", "as_json", "force", "fix"})
"""Options that change nothing of what is found."""


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@choices
@click.option(
    "--select", multiple=True, metavar="RULES", help="Packs, codes or names of rules [leaflet.toml, or base]."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Rules to leave out.")
@click.option("--fix", is_flag=True, help="Write the fixes that leave the meaning as it is into the sources.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes for many sources [one for each core].")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="The form of the report [text].")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--force", is_flag=True, help="Check also what has not changed since it was checked.")
@strictness
def command(
    sources: tuple[Path, ...],
    layout: str | None,
    style: str | None,
    csl: str | None,
    fields: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int | None,
    form: str,
    *,
    as_json: bool,
    force: bool,
    fix: bool,
    strict: bool,
) -> None:
    """Check SOURCES, their references, their fit and all that is made from them; or PDF files of any program.

    Nothing is written but fixes. The exit code is 0 if there is no error, 1 if there is one, and 2 if the command line
    is wrong. With --strict, each warning is an error.
    """
    from leaflet.batch import usable_cores
    from leaflet.cli.recorded_checks import check_changed

    day, budget = build_day(), current_budget()
    variant: CheckOptions = {
        "layout": layout,
        "style": style,
        "citation_style": csl,
        "fields": field_values(fields),
        "strict": strict,
        "today": day,
        "max_seconds": budget.seconds,
        "max_memory": budget.megabytes,
        "select": _words(select),
        "ignore": _words(ignore),
    }
    if len(sources) > 1:
        (click.get_current_context().find_object(Run) or Run()).end_time_limit()  # each check has its own from here
    workers = jobs or usable_cores()
    form = "json" if as_json else form
    planned = _planned(sources, variant, budget, keeps_files=form == "html")
    parameters = click.get_current_context().params
    shaping = {name: value for name, value in parameters.items() if name not in NOT_SHAPING} | {"day": day}
    checked = check_changed(planned, shaping, workers=workers, force=force)
    if fix:
        changed = [
            number for number, (source, file) in enumerate(zip(sources, checked, strict=True)) if _fix(source, file)
        ]
        again = check_changed([planned[number] for number in changed], shaping, workers=workers, force=True)
        for number, file in zip(changed, again, strict=True):
            checked[number] = file
    if form in OF_REPOSITORIES:
        checked = [_in_repository(file, job) for file, job in zip(checked, planned, strict=True)]
    _report([file.as_errors() for file in checked] if strict else checked, form)


def _in_repository(file: CheckedFile, job: CheckJob) -> CheckedFile:
    """Return ``file`` with its places named from the top of the repository around its workspace."""
    from leaflet.files import folder_in_repository

    return file.within(folder_in_repository(job.workspace.root)) if job.workspace else file


def _planned(
    sources: Sequence[Path], variant: CheckOptions, budget: Budget, *, keeps_files: bool
) -> tuple[CheckJob, ...]:
    """Return the check of each source; sources of one folder share its workspace."""
    from leaflet.api import Workspace
    from leaflet.batch import CheckJob

    workspaces: dict[Path, Workspace] = {}
    planned: list[CheckJob] = []
    for source in sources:
        if source.suffix.lower() == ".pdf":
            select, ignore = tuple(variant["select"]), tuple(variant["ignore"])
            planned.append(
                CheckJob(
                    source=source, name=str(source), today=build_day(), budget=budget, select=select, ignore=ignore
                )
            )
            continue
        around = Workspace.around(source)
        shared = workspaces.setdefault(around.folder, around)
        planned.append(shared.check_job(source, keeps_files=keeps_files, **variant))
    return tuple(planned)


def _words(given: Sequence[str]) -> tuple[str, ...]:
    """Return words that may be parted by commas."""
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())


def _fix(source: Path, file: CheckedFile) -> bool:
    """Write the fixes of ``source`` into it, and return whether there were any."""
    from leaflet.checks import apply_fixes
    from leaflet.files import OverwritePolicy, read_file, write_together

    lines, count = apply_fixes(file.lines, file.findings, file.source)
    if not count:
        return False
    before = read_file(source, inside=None)
    ends = "\r\n" if b"\r\n" in before else "\n"
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    policy = OverwritePolicy(is_own=lambda name, data: name == source.name and data == before)
    write_together(source.parent, {source.name: mark + ends.join(lines).encode()}, policy)
    messages.say(f"{source}: {count} fixed", err=True)
    return True


def _report(checked: Sequence[CheckedFile], form: str) -> None:
    """Print the report, and end with the exit code that it calls for."""
    from leaflet.checks import REPORTS, Registry, ReportFormat

    report = REPORTS[ReportFormat(form)](checked, Registry())
    if form == "text":
        report = "\n".join(_coloured(line) for line in report.split("\n"))
    click.echo(report)
    if any(file.has_errors for file in checked):
        sys.exit(1)


def _coloured(line: str) -> str:
    """Return a line of the text report in its colour: yellow, red, or dim."""
    if line.startswith(("  hint: ", "   ")):
        return click.style(line, dim=True)
    return click.style(line, fg="yellow") if ": warning: " in line else line

"""``leaflet build``: one command from a source to paper and screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.built_leaflet import BuiltLeaflet
from leaflet.cli.machine_output import print_json, problem_values
from leaflet.cli.options import choices, field_values, printing, strictness
from leaflet.cli.run import Run, current_budget
from leaflet.cli.run_records import RunRecords
from leaflet.clock import build_day
from leaflet.errors import LeafletError, Problem
from leaflet.model.output_format import ORDINARY_FORMATS, SUFFIXES, OutputFormat

if TYPE_CHECKING:
    from typing import Unpack

    from leaflet.api import BuildResult, Workspace
    from leaflet.cli.options import PrintingOptions

NOT_SHAPING = frozenset({"sources", "explain_fit", "force", "watch", "quiet", "as_json", "lock", "verify"})
"""Options that change nothing in the files, or that never go with a record."""


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format",
    "formats",
    type=click.Choice([kind.value for kind in OutputFormat]),
    multiple=True,
    help="What to write; may be given several times. Default: sheet, pdf, html, bib, ris and csl-json.",
)
@choices
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to [output/].")
@printing
@strictness
@click.option(
    "--changes",
    type=click.Choice(("accept", "reject", "show")),
    help="How CriticMarkup prints: accepted, refused or marked [the front matter's, or accept].",
)
@click.option("--allow-overflow", is_flag=True, help="Build a draft although content does not fit its panels.")
@click.option("--explain-fit", is_flag=True, help="Say which layouts were tried, what each costs, and which won.")
@click.option(
    "--report", "report_file", is_flag=True, help="Write NAME.report.json: hashes, fit, findings and standards."
)
@click.option(
    "--ua", type=click.Choice(("1", "2")), default="1", help="The part of PDF/UA that the PDF files keep [1]."
)
@click.option("--companions", is_flag=True, help="Also make a large-print and an easy-read version, each checked.")
@click.option("--release", is_flag=True, help="Build what was signed off, and refuse what has changed since.")
@click.option("--lock", is_flag=True, help="Write leaflet.lock: versions and hashes of all that shapes the output.")
@click.option("--verify", is_flag=True, help="Refuse to build where that has changed since leaflet.lock was written.")
@click.option("--force", is_flag=True, help="Build also what has not changed since it was built.")
@click.option("--watch", is_flag=True, help="Build again whenever a file changes, until Ctrl-C.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Print files, fit and problems as JSON.")
def command(
    sources: tuple[Path, ...],
    formats: tuple[str, ...],
    layout: str | None,
    style: str | None,
    csl: str | None,
    fields: tuple[str, ...],
    output: Path | None,
    changes: str | None,
    allow_overflow: bool,
    explain_fit: bool,
    report_file: bool,
    ua: str,
    companions: bool,
    release: bool,
    lock: bool,
    verify: bool,
    strict: bool,
    force: bool,
    watch: bool,
    quiet: bool,
    as_json: bool,
    **printing_options: Unpack[PrintingOptions],
) -> None:
    """Build SOURCES into PDF for the printer and the screen, HTML, and files for citation managers.

    With --watch, build them again whenever one of their files changes, until Ctrl-C.
    """
    day, budget = build_day(), current_budget()
    _refuse_same_names(sources, formats or ORDINARY_FORMATS)
    _lock(sources, lock=lock, verify=verify)
    workspaces: dict[Path, Workspace] = {}

    def build(source: Path) -> BuildResult:
        from leaflet.api import Workspace  # here, as what has not changed needs no layout engine

        around = Workspace.around(source)
        return workspaces.setdefault(around.folder, around).build(
            source,
            output=output,
            layout=layout,
            style=style,
            citation_style=csl,
            fields=field_values(fields),
            formats=formats or ORDINARY_FORMATS,
            changes=changes,
            allow_overflow=allow_overflow,
            report=report_file,
            ua=int(ua),
            companions=companions,
            released=release,
            strict=strict,
            today=day,
            max_seconds=budget.seconds,
            max_memory=budget.megabytes,
            **printing_options,
        )

    if watch:
        _build_again(sources, build)
        return
    records = None if lock or verify or release else _records(output, day)
    build_changed = _only_changed(build, records, force=force)
    if as_json:
        _print_values(sources, build_changed)
    else:
        _print_lines(sources, build_changed, quiet=quiet, explain_fit=explain_fit)


def _lock(sources: tuple[Path, ...], *, lock: bool, verify: bool) -> None:
    """Compare the workspaces of ``sources`` with their locks, or write the locks."""
    if not lock and not verify:
        return
    from leaflet.files import open_workspace
    from leaflet.pipeline import verify_lock, write_lock

    for workspace in {open_workspace(source).root: open_workspace(source) for source in sources}.values():
        if verify:
            verify_lock(workspace)
        if lock:
            report.say(write_lock(workspace))


def _records(output: Path | None, day: date) -> RunRecords[BuiltLeaflet]:
    """Return the records of builds with the options of this command."""
    parameters = click.get_current_context().params
    options = {name: value for name, value in parameters.items() if name not in NOT_SHAPING} | {"day": day}
    return RunRecords(BuiltLeaflet, options, folder="builds", output=output, environment=os.environ)


def _only_changed(
    build: Callable[[Path], BuildResult], records: RunRecords[BuiltLeaflet] | None, *, force: bool
) -> Callable[[Path], BuiltLeaflet]:
    """Return ``build`` so that it does nothing for a source whose leaflet is as it would become."""

    def build_changed(source: Path) -> BuiltLeaflet:
        known = records.unchanged(source) if records and not force else None
        if known is not None:
            return known
        result = build(source)
        made = BuiltLeaflet.of(source, result)
        if records:
            records.add(source, made, result.looked_for, made.files)
        return made

    return build_changed


def _print_lines(
    sources: tuple[Path, ...], build: Callable[[Path], BuiltLeaflet], *, quiet: bool, explain_fit: bool
) -> None:
    """Print the problems of each source, and its files."""
    for source in sources:
        made = build(source)
        report.show(made.problems)
        report.count_warnings(made.problems)
        if not quiet:
            made.say(explain_fit=explain_fit)


def _print_values(sources: tuple[Path, ...], build: Callable[[Path], BuiltLeaflet]) -> None:
    """Print what became of each source as JSON; the exit code is 1 where one was not built."""
    built: list[dict[str, object]] = []
    for source in sources:
        try:
            built.append(build(source).values)
        except LeafletError as error:
            built.append({"source": str(source), "built": False, "problems": problem_values(error.problems)})
    print_json({"leaflets": built})
    if not all(one["built"] for one in built):
        sys.exit(1)


def _build_again(sources: tuple[Path, ...], build: Callable[[Path], BuildResult]) -> None:
    """Build ``sources`` now and after each change of a file, and say so in one line each.

    Raises:
        KeyboardInterrupt: the user ended it.
    """
    from leaflet.files import open_workspace
    from leaflet.preview import wait_for_changes

    (click.get_current_context().find_object(Run) or Run()).end_time_limit()  # each build has its own
    workspace = open_workspace(sources[0])
    others = [source for source in sources if open_workspace(source).root != workspace.root]
    if others:
        hint = "watch each workspace in a terminal of its own"
        raise LeafletError(Problem(message=f'"{others[0]}" is of another workspace than "{sources[0]}"', hint=hint))
    changes = wait_for_changes(workspace)
    for source in sources:
        _build_and_say(source, build)
    report.say("waiting for changes; Ctrl-C ends it", err=True)
    for changed in changes:
        own = [source for source in sources if source.resolve() in changed]
        foreign = any(path.suffix != ".md" for path in changed)
        for source in sources if foreign or not own else own:
            _build_and_say(source, build)


def _build_and_say(source: Path, build: Callable[[Path], BuildResult]) -> None:
    started = perf_counter()
    try:
        result = build(source)
    except LeafletError as error:
        report.show(error.problems)
        report.say(f"{source}: not built", err=True)
        return
    report.show(result.problems)
    pages = len(result.fit.pages) if result.fit else 0
    parts = [f"{len(result.files)} files", *([f"{pages} pages"] if pages else []), f"{perf_counter() - started:.1f} s"]
    report.say(f"{source}: {', '.join(parts)}")


def _refuse_same_names(sources: tuple[Path, ...], formats: tuple[str, ...]) -> None:
    """Refuse two sources that would write the same file, also where names differ in capitals only.

    Raises:
        LeafletError: all such files.
    """
    from leaflet.files import name_key

    first: dict[str, Path] = {}
    problems = []
    for source in sources:
        names = (f"{source.stem}{SUFFIXES[OutputFormat(kind)]}" for kind in formats)
        taken = ((name, first.setdefault(name_key(name), source)) for name in names)
        clash = next(((name, other) for name, other in taken if other is not source), None)
        if clash is not None:
            message = f'"{source}" and "{clash[1]}" would both write {clash[0]}'
            problems.append(Problem(message=message, hint="build them one by one, each with its own --output"))
    if problems:
        raise LeafletError(problems)

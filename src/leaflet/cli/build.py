"""``leaflet build``: one command from a source to paper and screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.options import choices, field_values, printing, strictness
from leaflet.cli.run import current_budget
from leaflet.clock import build_day
from leaflet.errors import LeafletError, Problem

if TYPE_CHECKING:
    from typing import Unpack

    from leaflet.api import BuildResult
    from leaflet.cli.options import PrintingOptions

FORMATS = ("sheet", "pdf", "html", "bib", "ris", "csl-json")


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="What to write; may be given several times. Default: all.",
)
@choices
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to [output/].")
@printing
@strictness
@click.option("--allow-overflow", is_flag=True, help="Build a draft although content does not fit its panels.")
@click.option("--explain-fit", is_flag=True, help="Say which layouts were tried, what each costs, and which won.")
@click.option(
    "--report", "report_file", is_flag=True, help="Write NAME.report.json: hashes, fit, findings and standards."
)
@click.option("--release", is_flag=True, help="Build what was signed off, and refuse what has changed since.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
def command(
    sources: tuple[Path, ...],
    formats: tuple[str, ...],
    layout: str | None,
    style: str | None,
    csl: str | None,
    fields: tuple[str, ...],
    output: Path | None,
    allow_overflow: bool,
    explain_fit: bool,
    report_file: bool,
    release: bool,
    strict: bool,
    quiet: bool,
    **printing_options: Unpack[PrintingOptions],
) -> None:
    """Build SOURCES into PDF for the printer and the screen, HTML, and files for citation managers."""
    from leaflet.api import Workspace

    day, budget = build_day(), current_budget()
    _refuse_same_names(sources, formats or FORMATS)
    workspaces: dict[Path, Workspace] = {}
    for source in sources:
        around = Workspace.around(source)
        result = workspaces.setdefault(around.folder, around).build(
            source,
            output=output,
            layout=layout,
            style=style,
            citation_style=csl,
            fields=field_values(fields),
            formats=formats or FORMATS,
            allow_overflow=allow_overflow,
            report=report_file,
            released=release,
            strict=strict,
            today=day,
            max_seconds=budget.seconds,
            max_memory=budget.megabytes,
            **printing_options,
        )
        report.show(result.problems)
        if not quiet:
            _print(result, explain_fit=explain_fit)


def _print(result: BuildResult, *, explain_fit: bool) -> None:
    for path in result.files:
        report.say(path)
    if result.layout:
        report.say(result.layout)
    if result.fit:
        report.say(result.fit)
        for tried in result.fit.tried if explain_fit else ():
            report.say(tried)
    if result.sheets:
        report.say(result.sheets)


def _refuse_same_names(sources: tuple[Path, ...], formats: tuple[str, ...]) -> None:
    """Refuse two sources that would write the same file, also where names differ in capitals only.

    Raises:
        LeafletError: all such files.
    """
    from leaflet.files import name_key
    from leaflet.pipeline import SUFFIXES

    first: dict[str, Path] = {}
    problems = []
    for source in sources:
        names = (f"{source.stem}{SUFFIXES[kind]}" for kind in formats)
        taken = ((name, first.setdefault(name_key(name), source)) for name in names)
        clash = next(((name, other) for name, other in taken if other is not source), None)
        if clash is not None:
            message = f'"{source}" and "{clash[1]}" would both write {clash[0]}'
            problems.append(Problem(message=message, hint="build them one by one, each with its own --output"))
    if problems:
        raise LeafletError(problems)

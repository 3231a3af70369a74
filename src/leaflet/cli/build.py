"""``leaflet build``: one command from a source to paper and screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leaflet.cli import messages as report
from leaflet.cli.clock import build_day
from leaflet.cli.options import choices, field_values, finish, printing
from leaflet.errors import LeafletError, Problem
from leaflet.model.layout import Fit

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
@click.option("--allow-overflow", is_flag=True, help="Build a draft although content does not fit its panels.")
@click.option("--explain-fit", is_flag=True, help="Say which layouts were tried, what each costs, and which won.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
def command(
    sources: tuple[Path, ...],
    formats: tuple[str, ...],
    layout: str | None,
    style: str | None,
    csl: str | None,
    fields: tuple[str, ...],
    output: Path | None,
    fit: str | None,
    allow_overflow: bool,
    explain_fit: bool,
    quiet: bool,
    **finishing: Any,
) -> None:
    """Build SOURCES into PDF for the printer and the screen, HTML, and files for citation managers."""
    from leaflet.pipeline import Choices, build

    day = build_day()
    chosen = Choices(
        layout=layout,
        style=style,
        csl=csl,
        fit=Fit(fit) if fit else None,
        fields=field_values(fields),
        formats=formats or FORMATS,
        allow_overflow=allow_overflow,
        finish=finish(finishing),
    )
    _refuse_same_names(sources, chosen.formats)
    for source in sources:
        result = build(source, chosen, today=day, output=output)
        report.show(result.problems)
        if quiet:
            continue
        for path in result.files:
            click.echo(path)
        if result.fit:
            click.echo(result.fit)
            for tried in result.fit.tried if explain_fit else ():
                click.echo(tried)
        if result.sheets:
            click.echo(result.sheets)


def _refuse_same_names(sources: tuple[Path, ...], formats: tuple[str, ...]) -> None:
    """Two sources must not write the same file, which many systems also see where only capitals differ.

    Raises:
        LeafletError: they would; all such files are told.
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

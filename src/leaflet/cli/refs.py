"""``leaflet refs``: read, check and convert reference files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from leaflet.bibliography import Read
    from leaflet.errors import Problem

FORMATS = ("csl-json", "csl-yaml", "biblatex", "bibtex", "ris")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--to", "target", type=click.Choice(FORMATS), help="Print the references in this format.")
@click.option("--from", "origin", type=click.Choice(FORMATS), help="Read every file as this format, whatever its name.")
@click.option(
    "--particles",
    type=click.Choice(("keep", "drop")),
    default="keep",
    help="Whether van and von of .bib files stay with the family name [keep].",
)
@click.option("--check", "only_check", is_flag=True, help="Only say what looks wrong; print no references.")
def command(files: tuple[str, ...], target: str | None, origin: str | None, particles: str, only_check: bool) -> None:
    """Read reference files, check them, and convert them with --to.

    FILES are .bib, .json, .yaml or .ris files, or - for standard input. Of references with the same key in several
    files, the last one counts.
    """
    from leaflet import clock
    from leaflet.bibliography import check, merge, write
    from leaflet.cli import messages as report
    from leaflet.errors import Severity

    problems: list[Problem] = []
    lists = []
    for file in files:
        references, found = _read(file, origin, particles)
        lists.append(references)
        problems += found
    references, notes = merge(lists)
    problems += notes
    problems += check(references, today=clock.build_day())
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    report.show(problems)
    if target and not only_check:
        click.echo(write(references, target).encode("utf-8"), nl=False)
    else:
        warnings = len(set(problems)) - errors
        click.echo(
            f"{_counted(len(references), 'reference')}, {_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
        )
    if errors:
        sys.exit(1)


def _read(file: str, origin: str | None, particles: str) -> Read:
    from leaflet.bibliography import read_bibliography, read_text

    if file == "-":
        data = sys.stdin.buffer.read()
        return read_text(data.decode("utf-8-sig", errors="replace"), origin, "standard input", particles=particles)
    return read_bibliography(Path(file), name=file, format=origin, particles=particles)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

"""``leaflet release``: check a leaflet and sign it off."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leaflet.cli import messages as report
from leaflet.cli.machine_output import print_json, problem_values
from leaflet.clock import build_day
from leaflet.errors import LeafletError, Problem


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", required=True, help="Who releases it.")
@click.option("--role", required=True, help="In which role, such as clinical lead.")
@click.option("--confirm", is_flag=True, help="The points that only people can tick are ticked.")
@click.option("--json", "as_json", is_flag=True, help="Print the points, the sign-off and problems as JSON.")
def command(source: Path, *, by: str, role: str, confirm: bool, as_json: bool) -> None:
    """Check SOURCE and bind name, date and the hashes of source and files in NAME.release.json beside it.

    Without --confirm, the points that only people can tick are printed, and nothing is written.
    """
    if as_json:
        _print_values(source, by=by, role=role, confirm=confirm)
        return
    if not confirm:
        _print_points(source)
        sys.exit(1)
    report.say(f"{_release(source, by=by, role=role)}: released by {by}, {role}")


def _release(source: Path, *, by: str, role: str) -> Path:
    from leaflet.api import Workspace

    return Workspace.around(source).release(source, by=by, role=role, today=build_day())


def _print_points(source: Path) -> None:
    from leaflet.checks import POINTS

    click.echo(f"Only people can tick these points of {source}:\n")
    for number, point in enumerate(POINTS, start=1):
        click.echo(f"{number:2}. {point}")
    click.echo("\nIf they hold, give the command again with --confirm.")


def _print_values(source: Path, *, by: str, role: str, confirm: bool) -> None:
    """Print what became of the release as JSON; the exit code is 1 where nothing was signed off."""
    from leaflet.checks import POINTS

    path: Path | None = None
    problems: tuple[Problem, ...] = ()
    try:
        path = _release(source, by=by, role=role) if confirm else None
    except LeafletError as error:
        problems = tuple(error.problems)
    print_json(
        {
            "source": str(source),
            "released": path is not None,
            "file": str(path) if path else None,
            "by": by,
            "role": role,
            "points": list(POINTS),
            "problems": problem_values(problems),
        }
    )
    if path is None:
        sys.exit(1)

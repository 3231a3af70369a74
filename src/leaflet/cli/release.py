"""``leaflet release``: check a leaflet and sign it off."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leaflet.cli import messages as report
from leaflet.clock import build_day


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", required=True, help="Who releases it.")
@click.option("--role", required=True, help="In which role, such as clinical lead.")
@click.option("--confirm", is_flag=True, help="The points that only people can tick are ticked.")
def command(source: Path, *, by: str, role: str, confirm: bool) -> None:
    """Check SOURCE and bind name, date and the hashes of source and files in NAME.release.json beside it.

    Without --confirm, the points that only people can tick are printed, and nothing is written.
    """
    from leaflet.api import Workspace
    from leaflet.checks import POINTS

    if not confirm:
        click.echo(f"Only people can tick these points of {source}:\n")
        for number, point in enumerate(POINTS, start=1):
            click.echo(f"{number:2}. {point}")
        click.echo("\nIf they hold, give the command again with --confirm.")
        sys.exit(1)
    path = Workspace.around(source).release(source, by=by, role=role, today=build_day())
    report.say(f"{path}: released by {by}, {role}")

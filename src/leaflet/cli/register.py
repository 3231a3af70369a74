"""``leaflet register``: all leaflets of a workspace with owner, review and release."""

from __future__ import annotations

from pathlib import Path

import click

from leaflet.cli import messages as report
from leaflet.clock import build_day


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option("--format", "form", type=click.Choice(["csv", "html"]), default="csv", help="The form of the list [csv].")
def command(folder: Path, form: str) -> None:
    """List all leaflets of the workspace FOLDER, by default the one here: code, owner, review due, released, hash."""
    from leaflet.files import shipped_folder
    from leaflet.model.workspace import Workspace
    from leaflet.pipeline import register, register_csv, register_html

    day = build_day()
    entries, problems = register(Workspace(root=folder.resolve(), shipped=shipped_folder()), day)
    report.show(problems)
    click.echo(register_csv(entries) if form == "csv" else register_html(entries, day), nl=False)

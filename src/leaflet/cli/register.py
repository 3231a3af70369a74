"""``leaflet register``: all leaflets of a workspace with owner, review and release."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import asdict

from leaflet.cli import messages as report
from leaflet.cli.machine_output import print_json, problem_values
from leaflet.clock import build_day


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option(
    "--format", "form", type=click.Choice(["csv", "html", "json"]), default="csv", help="The form of the list [csv]."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(folder: Path, form: str, *, as_json: bool) -> None:
    """List all leaflets of the workspace FOLDER, by default the one here: code, owner, review due, released, hash."""
    from leaflet.files import shipped_folder
    from leaflet.model.workspace import Workspace
    from leaflet.pipeline import register, register_csv, register_html

    day = build_day()
    entries, problems = register(Workspace(root=folder.resolve(), shipped=shipped_folder()), day)
    if as_json or form == "json":
        print_json({"leaflets": [asdict(entry) for entry in entries], "problems": problem_values(problems)})
        return
    report.show(problems)
    click.echo(register_csv(entries) if form == "csv" else register_html(entries, day), nl=False)

"""``leaflet schema``: JSON Schemas of the files that leaflet reads, for editors."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import click

SCHEMAS = {
    "front-matter": ("leaflet.source", "json_schema"),
    "settings": ("leaflet.files", "settings_schema"),
    "layout": ("leaflet.design", "layout_schema"),
    "style": ("leaflet.design", "style_schema"),
    "plan": ("leaflet.batch", "plan_schema"),
}
"""Kinds of file, each with the package that reads it and that package's function for its schema."""


@click.command()
@click.argument("kind", type=click.Choice(list(SCHEMAS)), default="front-matter", metavar="[KIND]")
@click.option(
    "--vscode",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Write schemas and tasks for Visual Studio Code into the workspace FOLDER.",
)
def command(kind: str, vscode: Path | None) -> None:
    """Print the JSON Schema of KIND, for editors that check a file as you type.

    KIND is front-matter (the default), settings, layout, style or plan.
    """
    if vscode is not None:
        _write(vscode)
        return
    click.echo(json.dumps(_schema(kind), indent=2, ensure_ascii=False, sort_keys=True))


def _schema(kind: str) -> object:
    package, function = SCHEMAS[kind]
    schema: object = getattr(import_module(package), function)()
    return schema


def _write(folder: Path) -> None:
    """Write the files of Visual Studio Code; settings of the user's own stay as they are, and are named."""
    from leaflet.cli import messages as report
    from leaflet.cli.vscode_files import FOLDER, vscode_files
    from leaflet.files import OverwritePolicy, read_file, write_together

    files = dict(vscode_files(_schema))
    for name, data in list(files.items()):
        path = folder / FOLDER / name
        if path.exists() and not name.startswith("leaflet-") and read_file(path, inside=None) != data:
            report.say(f"{path} is there already, and stays as it is", err=True)
            del files[name]
    policy = OverwritePolicy(is_own=lambda name, _: name.startswith("leaflet-"))
    for path in write_together(folder / FOLDER, files, policy):
        report.say(path)

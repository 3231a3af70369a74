"""``leaflet new``: a workspace with a first leaflet to change."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from leaflet.clock import build_day
from leaflet.files import read_packaged, write_new_folder


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start a workspace in FOLDER: a first leaflet with its reference, and the settings all leaflets share."""
    today = build_day().isoformat()
    starter = _starter(resources.files("leaflet") / "starter")
    files = {path: text.replace("@TODAY@", today).encode() for path, text in starter}
    write_new_folder(folder, files, ("layouts", "styles", "output"))
    click.echo(f"{folder} is ready. Next:\n\n  cd {folder}\n  leaflet build source/first-leaflet.md")


def _starter(folder: Traversable, prefix: str = "") -> list[tuple[str, str]]:
    """Return all files below ``folder`` with their paths, in a fixed order."""
    files: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            files += _starter(entry, f"{path}/")
        else:
            files.append((path, read_packaged("leaflet", "starter", *path.split("/")).decode()))
    return files

"""``leaflet new``: a workspace with a first leaflet to change."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from leaflet.clock import build_day
from leaflet.errors import LeafletError, Problem
from leaflet.files import read_packaged, write_new


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start a workspace in FOLDER: a first leaflet with its reference, and the settings all leaflets share."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LeafletError(
            Problem(message=f"{folder} is there already and is not empty", hint="choose a new folder's name")
        )
    for path, text in _starter(resources.files("leaflet") / "starter"):
        write_new(folder / path, text.replace("@TODAY@", build_day().isoformat()).encode())
    for name in ("layouts", "styles", "output"):
        (folder / name).mkdir()
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

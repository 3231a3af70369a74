"""``leaflet changes``: what has changed since a revision, as people see it on paper."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.clock import build_day

if TYPE_CHECKING:
    from leaflet.changes import Changes

PICTURE = re.compile(r".+-page-\d+\.png")
FORMATS = ("text", "github", "gitlab", "json")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option("--since", "revision", default="HEAD", metavar="REVISION", help="A commit, branch or tag [HEAD].")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="The form of the report [text].")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--pictures", type=click.Path(path_type=Path, file_okay=False), help="Folder for pictures of changed panels."
)
@click.option("--summary", type=click.Path(path_type=Path, dir_okay=False), help="Add a summary in Markdown to a file.")
def command(
    folder: Path, revision: str, form: str, pictures: Path | None, summary: Path | None, *, as_json: bool
) -> None:
    """Build the leaflets of the workspace FOLDER that changed since a revision, as they were and as they are.

    Leaflets change with their own files and with those that they use. They are checked, and panels that look different
    are drawn beside each other: before at the left, now at the right. Nothing is written but pictures and summary. The
    exit code is 1 where a leaflet has an error.
    """
    from leaflet.changes import CHANGE_REPORTS, find_changes, summary_page
    from leaflet.files import shipped_folder
    from leaflet.model.workspace import Workspace

    workspace = Workspace(root=folder.resolve(), shipped=shipped_folder())
    changes = find_changes(workspace, revision, today=build_day())
    names = _write_pictures(changes, pictures) if pictures else {}
    click.echo(CHANGE_REPORTS["json" if as_json else form](changes, names))
    if summary is not None:
        with summary.open("a", encoding="utf-8") as stream:
            stream.write(summary_page(changes, names))
    if changes.has_errors:
        sys.exit(1)


def _write_pictures(changes: Changes, folder: Path) -> dict[str, tuple[str, ...]]:
    """Write the pictures, and return their paths by the sources that they show."""
    from leaflet.changes import picture_names
    from leaflet.files import OverwritePolicy, write_together

    written: dict[str, tuple[str, ...]] = {}
    for one in changes.leaflets:
        names = tuple(picture_names(one))
        files = dict(zip(names, (page.picture for page in one.pages), strict=True))
        if files:
            write_together(folder, files, OverwritePolicy(is_own=_is_picture))
        written[one.source] = tuple(str(folder / name) for name in names)
    return written


def _is_picture(name: str, data: bytes) -> bool:
    """Return whether a file has the name and the form of a picture of a changed page."""
    return bool(PICTURE.fullmatch(name)) and data.startswith(b"\x89PNG")

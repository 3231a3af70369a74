"""``leaflet impose``: the pages of any PDF on the sheets of a layout."""

from __future__ import annotations

from pathlib import Path

import click

from leaflet.cli import messages as report

LARGEST = 2_000_000_000
"""In bytes, of a file to impose."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--layout", required=True, metavar="NAME", help="The layout whose sheets are made.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write [FILE-sheet.pdf].")
@click.option("--scale", is_flag=True, help="Make pages larger or smaller so that they fit their panels.")
@click.option("--right-to-left", is_flag=True, help="Mirror the fold, for Arabic, Hebrew and the like.")
@click.option("--no-back-cover", is_flag=True, help="In a booklet, leave blank pages at the end.")
@click.option("--job", metavar="TEXT", help="What the printer reads beside the sheet [the file's name].")
def command(
    file: Path,
    layout: str,
    output: Path | None,
    scale: bool,
    right_to_left: bool,
    no_back_cover: bool,
    job: str | None,
) -> None:
    """Impose the pages of FILE, any PDF, in fold order. Tags, links, bookmarks and forms stay."""
    from leaflet.design import load_layout
    from leaflet.errors import Location
    from leaflet.files import open_workspace, output_policy, write_together
    from leaflet.pipeline import find_folder, written_by_leaflet
    from leaflet.sheet import impose_file

    workspace = open_workspace(Path.cwd())
    folder = find_folder(workspace, "layouts", layout, asked_at=Location(file="--layout"))
    chosen = load_layout(folder, workspace.roots)
    target = output or file.with_name(f"{file.stem}-sheet.pdf")
    policy = output_policy(workspace, inputs=(file,), is_own=written_by_leaflet(file.stem))
    imposed = impose_file(
        _content(file),
        chosen.mirrored() if right_to_left else chosen,
        name=str(file),
        job=file.stem if job is None else job,
        scale=scale,
        back_cover=not no_back_cover,
    )
    report.show(imposed.problems)
    for path in write_together(target.parent, {target.name: imposed.data}, policy):
        report.say(path)
    report.say(imposed.summary)


def _content(file: Path) -> bytes:
    from leaflet.errors import Location, Problem, SourceError
    from leaflet.files import read_file

    try:
        return read_file(file, inside=None, largest=LARGEST)
    except OSError as error:
        message = f"this PDF cannot be read: {error.strerror}"
        hint = "name a PDF file"
        raise SourceError(Problem(message=message, location=Location(file=str(file)), hint=hint)) from None

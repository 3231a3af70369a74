"""``leaflet impose``: the pages of any PDF on the sheets of a layout."""

from __future__ import annotations

from pathlib import Path

import click

from leaflet.cli import messages as report


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
    from leaflet.errors import LeafletError, Location, Problem
    from leaflet.files import open_workspace, write_together
    from leaflet.pipeline import find_folder
    from leaflet.sheet import impose_file

    folder = find_folder(open_workspace(Path.cwd()), "layouts", layout, asked_at=Location(file="--layout"))
    chosen = load_layout(folder)
    target = output or file.with_name(f"{file.stem}-sheet.pdf")
    if target.resolve() == file.resolve():
        raise LeafletError(Problem(message="the sheets would replace the file", hint="choose another --output"))
    imposed = impose_file(
        file.read_bytes(),
        chosen.mirrored() if right_to_left else chosen,
        name=str(file),
        job=file.stem if job is None else job,
        scale=scale,
        back_cover=not no_back_cover,
    )
    report.show(imposed.problems)
    for path in write_together(target.parent, {target.name: imposed.data}):
        click.echo(path)
    click.echo(imposed.summary)

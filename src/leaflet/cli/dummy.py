"""``leaflet dummy``: a folding dummy and a sheet that tests a printer, to try before a print run."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("layout")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to [output/].")
@click.option("--right-to-left", is_flag=True, help="Mirror the fold, for Arabic, Hebrew and the like.")
def command(layout: str, output: Path | None, right_to_left: bool) -> None:
    """Make a fold dummy of LAYOUT, with its panels' names and folds, and a sheet to test printing on both sides."""
    from leaflet.design import load_layout
    from leaflet.errors import Location
    from leaflet.files import open_workspace, output_folder, output_policy, write_together
    from leaflet.pipeline import find_folder, make_dummy, written_by_leaflet

    workspace = open_workspace(Path.cwd())
    folder = find_folder(workspace, "layouts", layout, asked_at=Location(file="LAYOUT"))
    chosen = load_layout(folder, workspace.roots)
    target = output_folder(workspace, output)
    files = make_dummy(chosen.mirrored() if right_to_left else chosen, workspace)
    for path in write_together(target, files, output_policy(workspace, is_own=written_by_leaflet(layout))):
        click.echo(path)

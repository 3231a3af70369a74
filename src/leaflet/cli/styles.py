"""``leaflet styles``: the list of styles, and a search for citation styles."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--citations", "search", metavar="WORDS", help="Find citation styles whose name has all these words.")
def command(search: str | None) -> None:
    """List the styles; with --citations, the citation styles that match."""
    from leaflet.files import open_workspace

    workspace = open_workspace(Path.cwd())
    if search is None:
        for name in workspace.names("styles", "style.toml"):
            click.echo(name)
        return
    from leaflet.pipeline import find_styles

    found = find_styles(search, workspace)
    for name, title in found:
        click.echo(f"{name}  {click.style(title, dim=True)}")
    if not found:
        click.echo(f'no citation style has "{search}" in its name or title', err=True)

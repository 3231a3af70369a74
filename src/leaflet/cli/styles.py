"""``leaflet styles``: the list of styles, and a search for citation styles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli.machine_output import print_json

if TYPE_CHECKING:
    from leaflet.model.workspace import Workspace


@click.command()
@click.option("--citations", "search", metavar="WORDS", help="Find citation styles whose name has all these words.")
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(search: str | None, page: Path | None, *, as_json: bool) -> None:
    """List the styles; with --citations, the citation styles that match."""
    from leaflet.files import open_workspace

    workspace = open_workspace(Path.cwd())
    if page is not None:
        from leaflet.cli.pictures_page import style_article, write_page
        from leaflet.design import load_style

        names = workspace.names("styles", "style.toml")
        folders = ((name, workspace.find("styles", name)) for name in names)
        styles = [(name, load_style(folder, workspace.roots)) for name, folder in folders if folder is not None]
        write_page(page, "Styles", (style_article(name, style) for name, style in styles))
        click.echo(str(page))
        return
    if search is None and as_json:
        print_json({"styles": [_values(name, workspace) for name in workspace.names("styles", "style.toml")]})
        return
    if search is None:
        for name in workspace.names("styles", "style.toml"):
            click.echo(name)
        return
    from leaflet.pipeline import find_styles

    found = find_styles(search, workspace)
    if as_json:
        print_json({"citation_styles": [{"name": name, "title": title} for name, title in found]})
        return
    for name, title in found:
        click.echo(f"{name}  {click.style(title, dim=True)}")
    if not found:
        click.echo(f'no citation style has "{search}" in its name or title', err=True)


def _values(name: str, workspace: Workspace) -> dict[str, object]:
    """Return a style for other programs."""
    from leaflet.design import load_style

    folder = workspace.find("styles", name)
    assert folder is not None, "the name comes from the same folders"
    style = load_style(folder, workspace.roots)
    return {"name": name, "description": style.description, "faces": dict(style.faces), "motif": str(style.motif)}

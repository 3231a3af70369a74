"""``leaflet layouts``: which layouts there are, each with a drawing of its sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from leaflet.model.fold import Side
    from leaflet.model.layout import Layout

SHEET_COLUMNS = 66
"""How many characters wide a sheet is drawn."""


@click.command()
def command() -> None:
    """List the layouts, each with a drawing of its sheet and folds."""
    from leaflet.html.layouts import load_layout
    from leaflet.source.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    for name in workspace.names("layouts", "layout.toml"):
        folder = workspace.find("layouts", name)
        if folder is None:
            continue
        layout = load_layout(folder)
        click.echo(click.style(name, bold=True) + f"  {layout.description}")
        click.echo(f"  sheet {layout.sheet_width:g} × {layout.sheet_height:g} mm, fold: {layout.fold}")
        for side in layout.sides:
            click.echo(f"  {side.name}")
            click.echo("".join(f"    {line}\n" for line in draw(layout, side)), nl=False)
        click.echo()


def draw(layout: Layout, side: Side) -> list[str]:
    """One side of the sheet as text: its panels from left to right with their names and widths; ┆ is a fold."""
    widths = [max(round(SHEET_COLUMNS * place.width / layout.sheet_width) - 1, 10) for place in side.placements]
    texts = [
        (layout.panels[place.panel].name, f"{place.width:g} mm", f"page {place.panel + 1}") for place in side.placements
    ]
    rows = [
        "│" + "┆".join(text[row].center(width) for text, width in zip(texts, widths, strict=True)) + "│"
        for row in range(3)
    ]
    edge = ["─" * width for width in widths]
    return ["┌" + "┬".join(edge) + "┐", *rows, "└" + "┴".join(edge) + "┘"]

"""``leaflet layouts``: the list of layouts, each with a drawing of its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.machine_output import print_json
from leaflet.model.fold import Fold

if TYPE_CHECKING:
    from leaflet.model.fold import Side
    from leaflet.model.layout import Layout

SHEET_COLUMNS = 66
"""Width of the drawing of a sheet, in characters."""


@click.command()
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(page: Path | None, *, as_json: bool) -> None:
    """List the layouts, each with a drawing of its sheet and folds."""
    from leaflet.design import load_layout
    from leaflet.files import open_workspace

    workspace = open_workspace(Path.cwd())
    folders = (workspace.find("layouts", name) for name in workspace.names("layouts", "layout.toml"))
    layouts = [load_layout(folder, workspace.roots) for folder in folders if folder is not None]
    if as_json:
        print_json({"layouts": [_values(layout) for layout in layouts]})
        return
    if page is not None:
        from leaflet.cli.pictures_page import layout_article, write_page

        write_page(page, "Layouts", map(layout_article, layouts))
        click.echo(str(page))
        return
    for layout in layouts:
        name = layout.name
        click.echo(click.style(report.visible(name), bold=True) + report.visible(f"  {layout.description}"))
        for line in described(layout):
            report.say(f"  {line}")
        click.echo()


def _values(layout: Layout) -> dict[str, object]:
    """Return a layout for other programs; lengths are millimetres."""
    return {
        "name": layout.name,
        "description": layout.description,
        "fold": layout.fold.value,
        "sheet": {"width": layout.sheet_width, "height": layout.sheet_height},
        "sides": len(layout.sides),
        "panels": [
            {"name": panel.name, "width": panel.width, "height": panel.height, "repeats": panel.repeats}
            for panel in layout.panels
        ],
    }


def described(layout: Layout) -> Iterator[str]:
    """Describe the sheet and its fold, and draw each of its sides."""
    from leaflet.model.paper import shown_size
    from leaflet.sheet import describe_sheets

    yield f"sheet {shown_size(layout.sheet_width, layout.sheet_height)}, fold: {layout.fold}"
    if layout.fold is Fold.BOOKLET:
        yield from _booklet(layout)
    for side in layout.sides:
        yield side.name
        yield from (f"  {line}" for line in draw(layout, side))
    if layout.sides or layout.press_sheet.columns * layout.press_sheet.rows > 1:
        yield describe_sheets(layout, len(layout.panels))


def _booklet(layout: Layout) -> Iterator[str]:
    """Draw the outermost sheet, which has the cover and the back."""
    cover, page, back = layout.panels
    for name, left, right in (("outside", back, cover), ("inside", page, page)):
        yield f"outermost sheet, {name}"
        texts = [(panel.name, f"{panel.width:g} mm") for panel in (left, right)]
        yield from (f"  {line}" for line in _boxes([texts], [SHEET_COLUMNS // 2 - 1] * 2))


def draw(layout: Layout, side: Side) -> list[str]:
    """Draw one side of the sheet: its panels with names and widths; ┆ and ┄ are folds, ↧ is upside down."""
    heights = sorted({place.y for place in side.placements}, reverse=True)
    rows = [[place for place in side.placements if place.y == height] for height in heights]
    widths = [max(round(SHEET_COLUMNS * place.width / layout.sheet_width) - 1, 10) for place in rows[0]]
    texts = [
        [
            (layout.panels[place.panel].name, f"{place.width:g} mm", f"page {place.panel + 1}{' ↧' * place.turned}")
            for place in row
        ]
        for row in rows
    ]
    return list(_boxes(texts, widths))


def _boxes(rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int]) -> Iterator[str]:
    edge = ["─" * width for width in widths]
    yield "┌" + "┬".join(edge) + "┐"
    for place, row in enumerate(rows):
        if place:
            yield "├" + "┼".join("┄" * width for width in widths) + "┤"
        for line in zip(*row, strict=True):
            yield "│" + "┆".join(text.center(width) for text, width in zip(line, widths, strict=True)) + "│"
    yield "└" + "┴".join(edge) + "┘"

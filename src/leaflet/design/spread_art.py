"""Art over all panels of one side of a folded sheet: a band at the head of the outside, or at the foot of the inside.

Each panel shows its part of one picture, so that the parts meet at the folds when the sheet is imposed. The panels'
margins give way to the band: no words ever stand on it. It is a background, and so decoration.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from leaflet.design.art import band_art
from leaflet.design.canvas import Canvas
from leaflet.design.icons import data_address
from leaflet.design.styles import Style
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_picture
from leaflet.model.fold import Millimetres, Panel, Placement
from leaflet.model.layout import Band, Layout
from leaflet.model.metadata import Metadata
from leaflet.model.motif import Motif
from leaflet.model.workspace import Workspace

MOTIF_SHARE = 0.11
"""The height of a drawn band, as a share of the panel."""
MOST_SHARE = 0.35
"""The greatest height of a picture, as a share of the panel."""
ABOVE: Millimetres = 9.0
"""The free space between a band and the text."""


def with_bands(layout: Layout, metadata: Metadata, folder: Path, workspace: Workspace) -> Layout:
    """Return ``layout`` with the art that the leaflet names for its sides; a side of one panel has no folds to span.

    Raises:
        LayoutError: a picture would take too much of the panels.
    """
    wanted = (("outside", metadata.art_outside), ("inside", metadata.art_inside))
    sides = {side.name: side for side in layout.sides}
    problems: list[Problem] = []
    bands = []
    for name, art in wanted:
        asked_at = metadata.places.get(f"art-{name}")
        rows = groupby(sides[name].placements, key=lambda place: place.y) if art and name in sides else ()
        for row in (tuple(places) for _, places in rows):
            height = _height(art, layout, row[0], folder, workspace, asked_at)
            if height > row[0].height * MOST_SHARE:
                problems.append(_too_high(art, name, height, layout, row[0], asked_at))
            elif len(row) > 1:
                bands.append(Band(art=art, height=height, at_head=name == "outside", row=row))
    if problems:
        raise LayoutError(tuple(dict.fromkeys(problems)))
    panels = list(layout.panels)
    for band in bands:
        for place in band.row:
            panels[place.panel] = _giving_way(panels[place.panel], band)
    return replace(layout, panels=tuple(panels), bands=tuple(bands))


def _height(
    art: str, layout: Layout, place: Placement, folder: Path, workspace: Workspace, asked_at: Location | None
) -> Millimetres:
    """Return the height of art: a drawing's is fixed; a picture's follows from its width over the sheet."""
    if art in set(Motif):
        return round(place.height * MOTIF_SHARE, 1)
    width, height = picture_size(art, folder, workspace, asked_at)
    return _width(layout) * height / width - layout.bleed


def picture_size(art: str, folder: Path, workspace: Workspace, asked_at: Location | None = None) -> tuple[float, float]:
    """Return the width and height of a picture, in whatever unit it has.

    Raises:
        UnsafeError: it lies outside the workspace.
        LayoutError: a drawing has no size.
        SourceError: the picture cannot be used.
    """
    picture = read_picture(art, folder=folder, workspace=workspace, asked_at=asked_at)
    if picture.size is None:
        message, hint = f'the drawing "{picture.path.name}" has no size', 'give it a viewBox="0 0 WIDTH HEIGHT"'
        raise LayoutError(Problem(message=message, location=asked_at, hint=hint))
    return picture.size


def _too_high(
    art: str, side: str, height: Millimetres, layout: Layout, place: Placement, asked_at: Location | None
) -> Problem:
    most = place.height * MOST_SHARE
    ratio = _width(layout) / (most + layout.bleed)
    return Problem(
        message=f'"{art}" would be {height:.0f} mm high over the whole {side}; at most {most:.0f} mm are left to art',
        location=asked_at,
        hint=f"cut it to a strip at least {ratio:.1f} times as wide as high",
    )


def _giving_way(panel: Panel, band: Band) -> Panel:
    margins, free = panel.margins, band.height + ABOVE
    return replace(panel, margins=replace(margins, top=free) if band.at_head else replace(margins, bottom=free))


def band_css(layout: Layout, style: Style, title: str) -> str:
    """Return the parts of each band as the backgrounds of its panels; others of the same name have none."""
    return "\n".join(_rules(layout, style, title))


def _rules(layout: Layout, style: Style, title: str) -> Iterator[str]:
    parts = {place.panel: (band, place) for band in layout.bands for place in band.row}
    names = {layout.panels[index].name for index in parts}
    pictures = {band: _address(band, layout, style, title) for band in layout.bands}
    seen: dict[str, int] = {}
    for index, panel in enumerate(layout.panels):
        if panel.name not in names:
            continue
        number = seen[panel.name] = seen.get(panel.name, 0) + 1
        page = panel.name if number == 1 else f":nth({number} of {panel.name})"
        found = parts.get(index)
        shown = _background(layout, panel, *found, pictures[found[0]]) if found else "background-image:none"
        yield f"@page {page}{{{shown}}}"


def _background(layout: Layout, panel: Panel, band: Band, place: Placement, picture: str) -> str:
    """Return the CSS that shows one panel's part; a page's ground starts at its content box."""
    bleed = layout.bleed
    left = layout.sheet_width - place.x - place.width if place.turned else place.x
    x = -(left + bleed + panel.margins.left)
    y = -(panel.margins.top + bleed) if band.at_head else panel.height - panel.margins.top - band.height
    size = f"{_width(layout):g}mm {band.height + bleed:g}mm"
    return (
        f'background-image:url("{picture}");background-repeat:no-repeat;'
        f"background-position:{x:g}mm {y:g}mm;background-size:{size}"
    )


def _width(layout: Layout) -> Millimetres:
    """Return the width of a band, with its bleed."""
    return layout.sheet_width + 2 * layout.bleed


def _address(band: Band, layout: Layout, style: Style, title: str) -> str:
    """Return the address of the whole picture."""
    if band.art in set(Motif):
        canvas = Canvas(width=_width(layout), height=band.height + layout.bleed, spanning=True)
        return data_address(band_art(replace(style, motif=band.art), title, canvas))
    return quote(band.art, safe="/:;,+=")

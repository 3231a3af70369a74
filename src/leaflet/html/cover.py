"""The cover: how large its title is set, so that no word of it is divided, and the ground that it stands on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from leaflet.html.art import cover_art, stands_on_ground
from leaflet.html.drawing import Canvas
from leaflet.html.estimate import POINT
from leaflet.html.icons import data_address
from leaflet.html.parts import tied
from leaflet.html.styles import Style
from leaflet.model.fold import Millimetres, Panel
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata

UNBROKEN = re.compile(r"[^ \t\n\-\u00ad\u2010\u2013\u2014/\u2e80-\uffef]+-?|[\u2e80-\uffef]")
"""A run of letters that a line cannot end in; Chinese and Japanese may end a line after every sign."""
WIDTHS = (("ijltfrI.,:;'’!()|\u00a0", 0.34), ("mwMW%@", 0.89))
CAPITAL, LETTER, SIGN = 0.68, 0.58, 1.0
"""Widths in ems of letters in the bold of the widest bundled face, each rounded up a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTitle:
    """The title as the cover shows it."""

    text: str
    most: float
    """The largest size, in points, at which its longest word stands on one line."""
    divided: bool
    """The longest word is too long for the panel at any size of a title: it is divided by the rules of its language."""


def set_title(title: str, layout: Layout, sizes: Mapping[str, float]) -> CoverTitle:
    """``title`` at the size that its longest word allows; its last words are tied only where that costs no size."""
    room = _title_room(layout) / POINT
    words, pair = tied(title), room / max(_longest(tied(title)), 1)
    loose = room / max(_longest(title), 1)
    text, most = (words, pair) if pair >= sizes["title"] * layout.fit.largest else (title, loose)
    least = sizes["lead"]
    return CoverTitle(text=text, most=round(max(most, least), 2), divided=most < least)


def _title_room(layout: Layout) -> Millimetres:
    column = layout.panels[0].text_width
    return column * BAND_SHARE if _banded(layout) else column


def _longest(title: str) -> float:
    """The width of the longest run without a break, in ems."""
    return max((sum(map(_width, run)) for run in UNBROKEN.findall(title)), default=0.0)


def _width(letter: str) -> float:
    if letter >= "\u2e80":
        return SIGN
    return next((width for letters, width in WIDTHS if letter in letters), CAPITAL if letter.isupper() else LETTER)


def _banded(layout: Layout) -> bool:
    """Whether the cover is a band at the head of the page where the text stands as well."""
    return layout.panels[0].repeats or len(layout.panels) == 1


def cover_css(metadata: Metadata, layout: Layout, style: Style, *, covered: Millimetres = 0.0) -> str:
    """The ground of the cover: the leaflet's own picture, or the style's motif. Neither is content.

    A motif that stands on the ground stands above the ``covered`` foot of the panel, where text has a ground of its own.
    """
    panel = layout.panels[0]
    if any(place.panel == 0 for band in layout.bands for place in band.row):
        return f"@page {panel.name}{{background:{style.tokens['cover']}}}"
    banded = _banded(layout)
    canvas = _cover_canvas(panel, layout.bleed, banded)
    if covered and not banded and not metadata.cover and stands_on_ground(style.motif):
        canvas = replace(canvas, height=canvas.height - layout.bleed - covered)
    art = f'url("{data_address(cover_art(style, metadata.title, canvas))}")'
    if metadata.cover:
        art = f'url("{quote(metadata.cover, safe="/:;,+=")}")'
    return (
        f":root{{--cover-art:{art};--cover-end:{'bottom' if stands_on_ground(style.motif) else 'top'}}}"
        if banded
        else _cover_page(panel, layout.bleed, style, canvas, art, bool(metadata.cover))
    )


def _cover_canvas(panel: Panel, bleed: float, banded: bool) -> Canvas:
    """The whole panel, or the band at its head where the text stands on the same page."""
    if banded:
        return Canvas(width=panel.width + 2 * bleed, height=BAND + bleed)
    return Canvas(width=panel.width + 2 * bleed, height=panel.height + 2 * bleed)


BAND = 61.0
"""How high the head of a page is that has no cover panel, in millimetres."""
BAND_SHARE = 0.5
"""How much of the width of such a head the title has; the rest is for the picture."""


def _cover_page(panel: Panel, bleed: float, style: Style, canvas: Canvas, art: str, photo: bool) -> str:
    """A page's ground is placed from its content box: moved out over the margins and into the bleed."""
    x, y = -(panel.margins.left + bleed), -(panel.margins.top + bleed)
    height = canvas.height * 0.55 if photo else canvas.height
    top = y + canvas.height - height
    return (
        f"@page {panel.name}{{background:{style.tokens['cover']} {art} no-repeat "
        f"{x:g}mm {top:g}mm/{canvas.width:g}mm {height:g}mm}}"
    )

"""The cover: the size of its title, at which no word of it is divided, its ground, and the art that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations, pairwise
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from leaflet.design.art import cover_art
from leaflet.design.canvas import Canvas
from leaflet.design.cover_photo import scrim_address, scrim_behind
from leaflet.design.icons import data_address
from leaflet.design.line_ends import tie_short_last_word
from leaflet.design.styles import Style
from leaflet.files import Tones
from leaflet.model.cover_art import MIDDLE, ArtPlace, CoverArt, Focus, FreeArea
from leaflet.model.fold import POINT, Millimetres, Panel
from leaflet.model.layout import Layout
from leaflet.model.metadata import Metadata
from leaflet.model.motif import Motif

UNBROKEN = re.compile(r"[^ \t\n\-\u00ad\u2010\u2013\u2014/\u2e80-\uffef]+-?|[\u2e80-\uffef]")
"""A run of letters that a line cannot end in; Chinese and Japanese may end a line after every sign."""
WIDTHS = (("ijltfrI.,:;'’!()|\u00a0", 0.34), ("mwMW%@", 0.89))
CAPITAL, LETTER, SIGN, SPACE = 0.68, 0.58, 1.0, 0.25
"""Widths in ems of letters in the bold of the widest bundled face, each rounded up a little."""


class CoverTitle(Struct, frozen=True, kw_only=True):
    """The title as the cover shows it."""

    text: str
    most: float
    """The largest size, in points, at which its longest word fits on one line."""
    divided: bool
    """The longest word is too long for the panel at any size of a title: it is divided by the rules of its language."""
    grown: float = 0.0
    """The size that the title may have at full size of the text, as there is space for it; 0 for its layout's own."""
    is_wide: bool = False
    """It has the whole width of a band, with the art below it instead of beside it."""
    strip: Millimetres = 0.0
    """The height of that art; 0 for none."""


LONG_TITLE = 44
"""Characters of a title that is set smaller than others, and never larger."""
BARE_SHARE = 0.15
"""The share for a title with no art beside it, which the least height of its band has space for."""
MOST_LINES = 4
LEADING = 1.06
"""The distance of a title's lines, in ems."""
TITLE_SHARE, LEAST_SHARE = 0.3, 0.22
"""The share of its panel's height that a title takes at most: with little text, and where it shares a full page."""
WORTH_WIDTH = 1.2
"""The factor by which a title in a band must be larger over the whole width to have it."""
ART_STRIP: Millimetres = 58.0
MOST_STRIP: Millimetres = 130.0
"""The least and the greatest height of the art below a title that has the whole width of its band."""
STRIP_SHARE = 0.7
"""The share of the space that a title leaves which such art takes."""


def set_title(
    title: str, layout: Layout, sizes: Mapping[str, float], free: Millimetres = 0.0, *, has_art: bool = True
) -> CoverTitle:
    """Return ``title`` at the size that its longest word allows; its last words are tied only where that costs no size.

    It is set larger where its lines are short and the panel has a height of ``free`` for them. In a band that shares its
    page with the text it is no higher than its share, and where it shares it with no art it has the whole width.
    """
    placed, panel, most = _at_layout_size(title, layout, sizes), layout.panels[0], layout.fit.largest_title
    if placed.divided or len(title) > LONG_TITLE or most <= 1:
        return placed
    height, largest = TITLE_SHARE * panel.height, sizes["title"] * most
    if len(layout.panels) == 1:
        high = _grown(placed.text, _title_width(layout), min(height, max(free, LEAST_SHARE * panel.height)))
        placed = replace(placed, most=round(min(placed.most, max(high, sizes["lead"])), 2))
    free = free if has_art else max(free, BARE_SHARE * panel.height)
    if free <= 0:
        return placed
    size = min(_grown(placed.text, _title_width(layout), min(free, height)), largest)
    if _banded(layout):
        wide = min(_grown(placed.text, panel.text_width, min(free - ART_STRIP * has_art, height)), largest)
        beside = max(size, min(sizes["title"], placed.most))
        if wide > beside * WORTH_WIDTH:
            placed = replace(placed, most=round(wide, 2), grown=round(wide, 2), is_wide=True)
            if not has_art:
                return placed
            lines = TITLE_SHARE * panel.height / (wide * POINT * LEADING)
            left = free - min(lines, MOST_LINES) * wide * POINT * LEADING
            strip = min(MOST_STRIP, max(ART_STRIP, STRIP_SHARE * left))
            return replace(placed, strip=round(strip, 1))
    return replace(placed, grown=round(size, 2) if size > sizes["title"] else 0.0)


def _grown(title: str, width: Millimetres, height: Millimetres) -> float:
    """Return the largest size in points at which ``title`` fits a box, in one to four lines."""
    words = title.split(" ")
    best = 0.0
    for count in range(1, min(MOST_LINES, len(words)) + 1):
        for ends in combinations(range(1, len(words)), count - 1):
            lines = [" ".join(words[start:end]) for start, end in pairwise((0, *ends, len(words)))]
            widest = max(sum(SPACE if letter == " " else _width(letter) for letter in line) for line in lines)
            best = max(best, min(width / max(widest, 1), height / (count * LEADING)) / POINT)
    return best


def _at_layout_size(title: str, layout: Layout, sizes: Mapping[str, float]) -> CoverTitle:
    width = _title_width(layout) / POINT
    words, pair = tie_short_last_word(title), width / max(_longest(tie_short_last_word(title)), 1)
    loose = width / max(_longest(title), 1)
    text, most = (words, pair) if pair >= sizes["title"] * layout.fit.largest else (title, loose)
    least = sizes["lead"]
    return CoverTitle(text=text, most=round(max(most, least), 2), divided=most < least)


def _title_width(layout: Layout) -> Millimetres:
    column = layout.panels[0].text_width
    return column * BAND_SHARE if _banded(layout) else column


def _longest(title: str) -> float:
    """Return the width of the longest run without a break, in ems."""
    return max((sum(map(_width, run)) for run in UNBROKEN.findall(title)), default=0.0)


def _width(letter: str) -> float:
    if letter >= "\u2e80":
        return SIGN
    return next((width for letters, width in WIDTHS if letter in letters), CAPITAL if letter.isupper() else LETTER)


def _banded(layout: Layout) -> bool:
    """Return whether the cover is a band at the head of the page, with the text below it."""
    return layout.panels[0].repeats or len(layout.panels) == 1


def cover_css(layout: Layout, style: Style, panel: str) -> str:
    """Return the ground of a cover with a ``panel`` of its own, whichever of the layout's it is."""
    ground = f"@page {panel}{{background:{style.tokens['cover']}}}"
    return "" if _banded(layout) and not _has_band(layout) else ground


def bare_panel_css(layout: Layout, style: Style, title: str, names: Sequence[str]) -> str:
    """Return the ground of the cover, with the style's motif, for panels that hold nothing; art over a side is enough."""
    banded = {place.panel for band in layout.bands for place in band.row}
    return "".join(
        _art_ground(panel, layout, style, title)
        for number, panel in enumerate(layout.panels)
        if panel.name in names and number not in banded
    )


def _art_ground(panel: Panel, layout: Layout, style: Style, title: str) -> str:
    wide, bleed = panel.width + 2 * layout.bleed, layout.bleed
    high = round(panel.height * MOST.get(style.motif, MOST_ORDINARY) + bleed, 1)
    art = cover_art(style, title, Canvas(width=wide, height=high), mirrored=not layout.right_to_left)
    above = _art_place(layout, style) is ArtPlace.ABOVE
    top = -bleed if above else panel.height + bleed - high
    return (
        f'@page {panel.name}{{background:{style.tokens["cover"]} url("{data_address(art)}") no-repeat '
        f"{-(panel.margins.left + bleed):g}mm {top - panel.margins.top:g}mm/{wide:g}mm {high:g}mm}}"
    )


def art_for_cover(metadata: Metadata, layout: Layout, style: Style, tones: Tones | None = None) -> CoverArt | None:
    """Return the leaflet's own picture, or the style's motif; no motif where a band of art goes over the cover.

    ``tones`` are the colours of the picture, from which follows how much words on it must be helped.
    """
    if _has_band(layout) and not metadata.cover:
        return None
    whole = metadata.cover_whole and bool(metadata.cover)
    place = ArtPlace.WHOLE if whole else _art_place(layout, style)
    drawn = (style.motif, *style.art.items(), style.tokens["cover"], metadata.art_seed)
    return CoverArt(
        key=repr((metadata.cover, place, metadata.focus, drawn)),
        place=place,
        most=MOST_OF_PICTURE if metadata.cover else MOST.get(style.motif, MOST_ORDINARY),
        picture=partial(_picture, metadata, style),
        focus=metadata.focus if metadata.cover else MIDDLE,
        scrim=partial(_scrim, tones, metadata.focus) if whole else None,
    )


def _scrim(tones: Tones | None, focus: Focus, area: FreeArea, begin: float) -> str:
    return scrim_address(scrim_behind(tones, area, focus, begin), area, begin)


def _has_band(layout: Layout) -> bool:
    return any(place.panel == 0 for band in layout.bands for place in band.row)


def _art_place(layout: Layout, style: Style) -> ArtPlace:
    """Return the place of the art: rings fill the upper part of a cover, so its title is at the foot."""
    if _banded(layout):
        return ArtPlace.BESIDE
    return ArtPlace.ABOVE if style.motif == Motif.RINGS else ArtPlace.BELOW


MOST_OF_PICTURE = 0.55
MOST: Mapping[str, float] = {Motif.FIBRE: 0.54, Motif.THREAD: 0.47, Motif.RINGS: 0.57}
MOST_ORDINARY = 0.44
"""The share of a cover's height that art takes where its words leave more."""
LEAST: Millimetres = 6.0
"""Art less high or wide than this cannot be made out."""
BAND_SHARE = 0.5
"""The share of a page head's width that the title has; the rest is for the picture."""


def _picture(metadata: Metadata, style: Style, free: FreeArea) -> str:
    if min(free.width, free.height) < LEAST:
        return ""
    if metadata.cover:
        return quote(metadata.cover, safe="/:;,+=")
    canvas = Canvas(width=free.width, height=free.height, beside=free.place is ArtPlace.BESIDE)
    return data_address(cover_art(style, metadata.art_seed, canvas, mirrored=free.mirrored))

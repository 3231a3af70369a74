"""Text that hardly differs from what is behind it.

What it finds:
Texts whose colour has a contrast under 4.5 to 1 with most of what was drawn behind them, or under 3 to 1 from 14 pt: other
areas, shades or a picture. The page is drawn to see it. Decoration and invisible text do not count.

Why:
WCAG 1.4.3 (level AA) and Matterhorn 04-001: people with weak sight, and everybody in dim light, do not see pale words.

Bad:
    Light grey words on white, or white words on the sky of a photograph.

Good:
    Words as dark as the rest of the text, or a dark area between words and photograph.

When to ignore it:
For a name that is part of a logo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaflet.checks.finding import Hit
from leaflet.checks.page_drawing import Mark, PageDrawing
from leaflet.checks.page_grounds import PageGrounds, shown_colour
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.design import contrast

if TYPE_CHECKING:
    from leaflet.checks.page_grounds import Rgb

WHITE = (255, 255, 255)
LEAST = 4.5
LEAST_LARGE = 3.0
LARGE = 14.0
"""In points: the size from which WCAG lets bold text have less contrast; how bold a text is, a PDF does not say."""
MOST_PALE = 0.6
"""The share of a text's ground that may be too near to its colour: the edges of letters always are."""


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield pages with text of low contrast, each with the worst of it."""
    if subject.role is PdfRole.SHEET:
        return  # it shows the same panels
    grounds = PageGrounds(subject.pdf)
    for number, drawing in enumerate(subject.drawings):
        pale = [found for mark, colour in _doubtful(drawing) if (found := _judged(grounds, number, mark, colour))]
        if pale:
            ratio, colour, ground = min(pale)
            message = f"{len(pale)} texts have too little contrast, at worst {ratio:.1f} to 1: {_hex(colour)} on {_hex(ground)}"
            hint = f"make them darker or what is behind them lighter, to {LEAST} to 1"
            yield Hit(message=message, hint=hint, panel=subject.panel(number))


def _doubtful(drawing: PageDrawing) -> Iterator[tuple[Mark, Rgb]]:
    """Yield the texts that are pale on paper or on something that was drawn before them, with their colours."""
    behind: list[Mark] = []
    for mark in drawing.marks:
        if mark.kind != "text":
            behind.append(mark)
            continue
        colour = shown_colour(mark.colour)
        if colour is None or mark.is_invisible or mark.is_artifact or mark.size < 1:
            continue
        grounds = [shown_colour(one.colour) for one in behind if one.kind in ("fill", "image") and _overlap(one, mark)]
        if any(ground is None or _contrast(colour, ground) < LEAST for ground in (WHITE, *grounds)):
            yield mark, colour


def _overlap(one: Mark, other: Mark) -> bool:
    a, b = one.box, other.box
    return a.left < b.right and b.left < a.right and a.bottom < b.top and b.bottom < a.top


def _judged(grounds: PageGrounds, page: int, mark: Mark, colour: Rgb) -> tuple[float, Rgb, Rgb] | None:
    """Return the contrast of a text with its ground, and both colours, where it is too low."""
    least = LEAST_LARGE if mark.size >= LARGE else LEAST
    around = grounds.around(page, mark.box, colour)
    most_clear = (1 - MOST_PALE) * sum(around.values())
    clear, worst = 0, None
    for ground, count in around.most_common():
        if _contrast(colour, ground) >= least:
            clear += count
        elif worst is None:
            worst = ground
        if clear >= most_clear:
            return None
    return None if worst is None else (_contrast(colour, worst), colour, worst)


def _contrast(one: Rgb, other: Rgb) -> float:
    return contrast(_hex(one), _hex(other))


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{part:02X}" for part in colour)


RULE = Rule(code="L718", name="low-contrast", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)

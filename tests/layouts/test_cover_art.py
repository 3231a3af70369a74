"""Art on covers: in every layout and style it is there, and it never stands under words, however many they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image

from leaflet.design.art import cover_art
from leaflet.design.canvas import Canvas
from leaflet.design.cover import LEAST, art_for_cover
from leaflet.design.layouts import load_layout
from leaflet.design.styles import load_style
from leaflet.errors import FitError
from leaflet.model.cover_art import ArtPlace, FreeArea
from leaflet.model.metadata import Metadata
from leaflet.model.motif import Motif
from leaflet.pipeline import Choices, compose
from running import REPOSITORY

Words: TypeAlias = dict[str, str]
Colour: TypeAlias = tuple[int, int, int]
CARDS = {"bookmark", "business-cards", "door-hanger", "labels", "place-cards", "tent-a4"}
"""Layouts for a few words; long titles are set smaller there, without art."""
LAYOUTS = sorted({path.parent.name for path in (REPOSITORY / "layouts").glob("*/layout.toml")} - CARDS)
STYLES = ("clinic", "editorial", "clear")
SCALE = 1.5
INKS = ("on-cover", "on-cover-soft", "brand", "muted")
AROUND = 1.0
"""Points around a line of text that are looked at as well."""
CIRCLE = re.compile(r'cx="([-\d.]+)" cy="([-\d.]+)" r="([\d.]+)"')
TEXT = """---
title: {title}
subtitle: {subtitle}
audience: {audience}
publisher: {publisher}
lang: {lang}
cite: false
---

::: at-a-glance
- Twenty seconds is long enough.
:::

## Begin

Go out.
"""
LONG = {
    "title": "Starting a course of tablets at home after a stay in hospital, step by step",
    "subtitle": "What to expect in the first weeks, and whom to ask when something is not as it should be",
    "audience": "For people who come home soon, their families, friends and carers, and for all who visit them",
    "publisher": "Riverside and Upper Valley Health Library Trust",
    "lang": "en-GB",
}
SHORTER = {
    "title": "Starting a course of tablets at home, step by step",
    "subtitle": "What to expect in the first weeks",
    "audience": "For people who come home soon, and those who visit",
    "publisher": "Riverside Health Trust",
    "lang": "en-GB",
}
SHORT = {"title": "Sleep", "subtitle": "More of it", "audience": "For all", "publisher": "Riverside", "lang": "en-GB"}


def first_page(folder: Path, words: Sequence[Words], layout: str, style: str) -> tuple[pypdfium2.PdfPage, Words]:
    """The cover with the first of ``words`` that fits it."""
    (folder / "source").mkdir(exist_ok=True)
    source = folder / "source" / "cover.md"
    source.write_text(TEXT.format(**words[0]), encoding="utf-8")
    try:
        made = compose(source, Choices(layout=layout, style=style, formats=("pdf",)), today=date(2026, 11, 1))
    except FitError:
        return first_page(folder, words[1:], layout, style)
    return pypdfium2.PdfDocument(made.files["cover.pdf"])[0], words[0]


def colour(value: str) -> Colour:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def lines(page: pypdfium2.PdfPage, words: Words) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of the lines of the cover's words: left, top, right and bottom in pixels."""
    text, height = page.get_textpage(), page.get_height()
    known = {word for key in ("title", "subtitle", "audience", "publisher") for word in words[key].split()}
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        within = (top - bottom) / 4  # lines of large titles reach into each other
        read = (text.get_text_bounded(left, bottom + cut, right, top - cut) for cut in (0, within))
        if not any(set(words_there.split()) <= known for words_there in read):
            return
        edges = (left - AROUND, height - top - AROUND, right + AROUND, height - bottom + AROUND)
        yield tuple(int(edge * SCALE) for edge in edges)  # type: ignore[misc]


def apart(one: Colour, ground: Colour, ink: Colour) -> float:
    """The distance of a colour from every shade between ``ground`` and ``ink``."""
    way = [b - a for a, b in zip(ground, ink, strict=True)]
    along = sum((value - a) * step for value, a, step in zip(one, ground, way, strict=True))
    share = min(1.0, max(0.0, along / sum(step * step for step in way)))
    return math.dist(one, [a + share * step for a, step in zip(ground, way, strict=True)])


def foreign(picture: Image.Image, ground: Colour, ink: Colour) -> float:
    """The share of ``picture`` that is neither ``ground`` nor ``ink`` nor between them."""
    colours = picture.getcolors(picture.width * picture.height) or []
    return sum(count for count, one in colours if apart(one, ground, ink) > 24) / (picture.width * picture.height)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_words_stand_on_the_art_however_many_they_are(layout: str, style: str, tmp_path: Path) -> None:
    tokens = load_style(REPOSITORY / "styles" / style).tokens
    page, words = first_page(tmp_path, (LONG, SHORTER), layout, style)
    picture, ground = page.render(scale=SCALE).to_pil().convert("RGB"), colour(tokens["cover"])
    inks = [colour(tone) for tone in {tokens[name] for name in INKS} - {tokens["cover"]}]
    found = list(lines(page, words))
    assert len(found) >= 4
    spoilt = [box for box in found if min(foreign(picture.crop(box), ground, ink) for ink in inks) > 0.002]
    assert not spoilt


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", ["half-fold-a4", "flyer-dl", "flyer-square", "roll-a4", "handout-a4"])
def test_a_cover_of_few_words_is_not_bare(layout: str, style: str, tmp_path: Path) -> None:
    signal = colour(load_style(REPOSITORY / "styles" / style).art["signal"])
    page, _ = first_page(tmp_path, (SHORT,), layout, style)
    picture = page.render(scale=SCALE).to_pil().convert("RGB")
    colours = picture.getcolors(picture.width * picture.height) or []
    assert sum(count for count, one in colours if math.dist(one, signal) < 8) > 300


@pytest.mark.parametrize(("width", "height"), [(106, 123), (154, 60), (154, 26), (154, 10), (81, 56)])
def test_no_ring_is_cut_where_the_words_are(width: float, height: float) -> None:
    style = load_style(REPOSITORY / "styles" / "editorial")
    for title in ("Sleep", "Washing your hands", "A short walk"):
        for beside in (False, True):
            drawn = cover_art(style, title, Canvas(width=width, height=height, beside=beside))
            rings = [tuple(map(float, ring)) for ring in CIRCLE.findall(drawn)]
            assert rings
            assert all(y + r <= height for _, y, r in rings)
            assert not beside or all(x - r >= 0 for x, _, r in rings)


@pytest.mark.parametrize("motif", sorted(Motif))
def test_each_motif_is_drawn_for_the_shape_of_its_room(motif: Motif) -> None:
    style = replace(load_style(REPOSITORY / "styles" / "clinic"), motif=motif)
    drawings = [cover_art(style, "Sleep", Canvas(width=154, height=height)) for height in (140, 100, 60, 26, 12)]
    assert all(style.art["signal"] in drawn for drawn in drawings)
    bodies = [drawn.partition(">")[2] for drawn in drawings]
    assert len(set(bodies)) == len(bodies)


def test_art_of_a_leaflet_from_right_to_left_is_mirrored() -> None:
    metadata, style = Metadata(title="Sleep"), load_style(REPOSITORY / "styles" / "clinic")
    art = art_for_cover(metadata, load_layout(REPOSITORY / "layouts" / "trifold-a4"), style)
    assert art is not None
    free = FreeArea(place=ArtPlace.BELOW, width=106, height=100)
    assert "matrix" not in art.picture(free)
    assert "matrix(-1%200%200%201%20106%200)" in art.picture(replace(free, mirrored=True))


def test_a_room_too_small_for_art_stays_plain() -> None:
    style = load_style(REPOSITORY / "styles" / "clinic")
    art = art_for_cover(Metadata(title="Sleep"), load_layout(REPOSITORY / "layouts" / "trifold-a4"), style)
    assert art is not None
    assert art.picture(FreeArea(place=ArtPlace.BELOW, width=106, height=LEAST - 1)) == ""
    assert art.picture(FreeArea(place=ArtPlace.BELOW, width=106, height=-20)) == ""


def test_a_picture_of_ones_own_keeps_its_proportions_and_stays_below_the_words(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    drawing = Image.new("RGB", (600, 200), "#00FF00")
    drawing.paste("#FF00FF", (250, 50, 350, 150))
    drawing.save(tmp_path / "source" / "own.png")
    page, _ = first_page(tmp_path, ({**SHORT, "lang": "en-GB\ncover: own.png"},), "trifold-a4", "clinic")
    picture = page.render(scale=SCALE).to_pil().convert("RGB")
    left, top, right, bottom = picture.point(lambda value: 255 * (value > 200)).getbbox() or (0, 0, 0, 0)
    square = Image.eval(picture.getchannel("R"), lambda value: 255 * (value > 250))
    found = square.crop((0, picture.height * 3 // 5, picture.width, picture.height)).getbbox()
    assert found is not None
    assert found[2] - found[0] == pytest.approx(found[3] - found[1], abs=3)
    assert (left, right, bottom) == (0, picture.width, picture.height)
    assert top > 0

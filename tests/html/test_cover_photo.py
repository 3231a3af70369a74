"""Photographs over whole covers: words on them can be read, whatever the picture is, and the focus stays in sight."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from leaflet.design.contrast import WHITE, contrast, mixed
from leaflet.design.cover_photo import LARGE_TEXT, scrim_behind
from leaflet.model.cover_art import ArtPlace, FreeArea
from leaflet.weasy.layout.place_cover_art import _shift
from running import run_leaflet

PANEL = FreeArea(place=ArtPlace.WHOLE, width=106, height=216)
COLOURS = st.tuples(*(st.integers(0, 255),) * 3)


@given(st.lists(st.lists(COLOURS, min_size=4, max_size=4), min_size=4, max_size=4), st.floats(0, 0.95))
@settings(max_examples=150, deadline=None)
def test_white_words_can_be_read_on_every_colour_behind_them(
    rows: list[list[tuple[int, int, int]]], begin: float
) -> None:
    scrim = scrim_behind(rows, PANEL, (0.5, 0.5), begin)
    lowest = rows[3][1:3]
    for red, green, blue in lowest:
        ground = mixed(f"#{red:02X}{green:02X}{blue:02X}", scrim.colour, scrim.strength)
        assert contrast(WHITE, ground) >= LARGE_TEXT


def test_a_dark_picture_needs_no_scrim_and_a_white_one_a_strong_one() -> None:
    dark, light = ([[(tone, tone, tone)] * 4] * 4 for tone in (10, 255))
    assert scrim_behind(dark, PANEL, (0.5, 0.5), 0.6).strength == 0
    assert scrim_behind(light, PANEL, (0.5, 0.5), 0.6).strength > 0.5
    assert scrim_behind(None, PANEL, (0.5, 0.5), 0.6).strength > 0.5


@given(st.floats(1, 500), st.floats(0, 1))
def test_a_picture_always_fills_its_frame_and_shows_its_focus(room: float, focus: float) -> None:
    length = room * 1.7
    start = _shift(room, length, focus)
    assert room - length - 1e-6 <= start <= 1e-6
    assert -1e-6 <= start + focus * length <= room + 1e-6


def _cover(folder: Path, *lines: str) -> Image.Image:
    picture = Image.new("RGB", (1200, 600), "#F0F0F0")
    picture.paste("#D01010", (0, 0, 200, 600))
    picture.save(folder / "wide.png")
    front = "\n".join(("title: A title", "cover: wide.png", "cover-whole: true", *lines))
    (folder / "it.md").write_text(f"---\n{front}\n---\n\n## A\n\nText.\n", encoding="utf-8")
    run_leaflet("build", "it.md", "--format", "pdf", cwd=folder)
    (file,) = folder.rglob("it.pdf")
    return pypdfium2.PdfDocument(file)[0].render(scale=1).to_pil().convert("RGB")


@pytest.mark.parametrize(("focus", "red"), [("0% 50%", True), ("100% 50%", False)])
def test_the_focus_decides_which_part_of_a_wide_picture_is_seen(focus: str, red: bool, tmp_path: Path) -> None:
    pixel = _cover(tmp_path, f"focus: {focus}").getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert (pixel[0] > 180 and pixel[1] < 60) is red


def test_a_point_outside_the_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "it.md").write_text("---\ntitle: A\nfocus: 130% 20%\n---\n\nText.\n", encoding="utf-8")
    done = run_leaflet("build", "it.md", cwd=tmp_path, check=False)
    assert 'focus: "130% 20%" is not a point of a picture' in done.stderr

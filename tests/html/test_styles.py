"""Styles: complete, readable in every pair of colours that meet, and without a request to anybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import STYLES

from leaflet.design.art import Canvas, cover_art
from leaflet.design.icons import load_icons
from leaflet.design.styles import load_style
from leaflet.errors import LayoutError

NAMES = ("clear", "clinic", "editorial")

TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "tint"),
    ("ink", "flap"),
    ("muted", "paper"),
    ("muted", "flap"),
    ("brand", "paper"),
    ("brand", "tint"),
    ("brand", "flap"),
    ("brand-deep", "paper"),
    ("accent", "paper"),
    ("accent", "accent-tint"),
    ("ink", "accent-tint"),
    ("on-accent", "accent"),
    ("on-brand", "brand"),
    ("on-cover", "cover"),
    ("on-cover-soft", "cover"),
    ("on-plate", "plate"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_its_ground(name: str, pair: tuple[str, str]) -> None:
    tokens = load_style(STYLES / name).tokens
    assert contrast(tokens[pair[0]], tokens[pair[1]]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_body_text_is_readable_for_tired_eyes(name: str) -> None:
    tokens = load_style(STYLES / name).tokens
    assert contrast(tokens["ink"], tokens["paper"]) >= 7


def test_clear_sets_nothing_under_14_points() -> None:
    assert min(load_style(STYLES / "clear").sizes.values()) >= 14


@pytest.mark.parametrize("name", NAMES)
def test_the_same_title_gives_the_same_cover(name: str) -> None:
    style, canvas = load_style(STYLES / name), Canvas(width=106, height=216)
    assert cover_art(style, "Walking well", canvas) == cover_art(style, "Walking well", canvas)
    assert cover_art(style, "Walking well", canvas) != cover_art(style, "Sleeping well", canvas)


@pytest.mark.parametrize(
    "css", ['@import "x.css";', "a{background:url(http://example.org/x.png)}", "a{b:url( 'x.svg' )}"]
)
def test_a_style_that_would_fetch_is_refused(css: str, tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text((STYLES / "clinic/style.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "style.css").write_text("\n" + css, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"styles/mine/style\.css:2: style\.css asks for"):
        load_style(folder)


def test_a_missing_colour_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    toml = (STYLES / "clinic/style.toml").read_text(encoding="utf-8").replace('accent = "#A8321F"', 'accent = "red"')
    (folder / "style.toml").write_text(toml, encoding="utf-8")
    (folder / "style.css").write_text("", encoding="utf-8")
    with pytest.raises(LayoutError, match=r'styles/mine/style\.toml:\d+:10: colours\.accent: "red" is not a colour'):
        load_style(folder)


def test_icons_are_drawn_in_the_colour_they_are_given() -> None:
    assert len(load_icons().shapes) >= 30
    assert not [name for name, drawing in load_icons().shapes.items() if "#" in drawing or not drawing.startswith("<")]

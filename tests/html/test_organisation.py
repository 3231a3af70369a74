"""An organisation's own look: ten values and a logo, and text that can be read in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import STYLES

from leaflet.design.contrast import PAIRS, contrast
from leaflet.design.organisation import dressed
from leaflet.design.styles import Style, load_style
from leaflet.errors import LayoutError, UnsafeError
from leaflet.model.workspace import Workspace

TABLE = """
[organisation]
name = "Hillside Community Trust"
logo = "logo.svg"
brand = "#2F5D3A"
accent = "#8C2F5B"
signal = "#F2B84B"
paper = "#FFFFFF"
ink = "#1C241E"
tint = "#EAF2E6"
text = "Atkinson Hyperlegible"
headings = "Source Serif 4"
motif = "rings"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'


def dress(folder: Path, table: str, style: str = "clinic") -> Style:
    (folder / "leaflet.toml").write_text(table, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    return dressed(load_style(STYLES / style), Workspace(root=folder, shipped=STYLES.parent))


@pytest.mark.parametrize("style", ["clear", "clinic", "editorial"])
def test_ten_values_give_every_colour_and_all_can_be_read(tmp_path: Path, style: str) -> None:
    tokens = dress(tmp_path, TABLE, style).tokens
    assert tokens["brand"] == "#2F5D3A"
    assert set(tokens) == set(load_style(STYLES / style).tokens)
    assert all(contrast(tokens[text], tokens[ground]) >= 4.5 for text, ground in PAIRS)


def test_the_logo_and_the_faces_are_in_its_css(tmp_path: Path) -> None:
    style = dress(tmp_path, TABLE)
    assert "data:image/svg+xml;base64," in style.css
    assert style.faces == {
        "text": "Atkinson Hyperlegible",
        "headings": "Source Serif 4",
        "labels": "Atkinson Hyperlegible",
    }
    assert style.motif == "rings"


def test_without_a_table_nothing_changes(tmp_path: Path) -> None:
    assert dress(tmp_path, 'layout = "trifold-a4"') == load_style(STYLES / "clinic")


def test_text_that_cannot_be_read_is_an_error_with_its_ratio_and_a_cure(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as caught:
        dress(tmp_path, '[organisation]\nbrand = "#7FB6C8"')
    first = caught.value.problems[0]
    assert first.message == "brand #7FB6C8 on paper #FFFFFF has a contrast of 2.2 to 1"
    assert first.hint is not None
    better = first.hint.split('"')[1]
    assert contrast(better, "#FFFFFF") >= 4.5


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('brnd = "#000000"', '"brnd" is not known here', 'did you mean "brand"?'),
        ('brand = "teal"', '"teal" is not a colour', 'write it with six digits: brand = "#0B4F6C"'),
        ('text = "Arial"', '"Arial" is not known', "choose one of Source Sans 3, "),
        ("name = 3", "3 is not a text", "write it in quotes"),
        ('logo = "none.png"', 'the logo "none.png": there is no such file', "write its path from"),
        ('logo = "leaflet.toml"', 'the logo "leaflet.toml": this is no SVG, PNG or JPEG picture', "write its path"),
    ],
)
def test_each_mistake_says_where_and_what_instead(tmp_path: Path, line: str, message: str, hint: str) -> None:
    with pytest.raises(LayoutError) as caught:
        dress(tmp_path, f"[organisation]\n{line}")
    problem = caught.value.problems[0]
    assert str(problem.location).startswith("leaflet.toml [organisation]")
    assert problem.message == message
    assert problem.hint is not None
    assert problem.hint.startswith(hint)


def test_a_logo_from_outside_the_workspace_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(UnsafeError):
        dress(tmp_path, '[organisation]\nlogo = "../../logo.svg"')

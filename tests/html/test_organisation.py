"""An organisation's own look: ten values and a logo, and text that can be read in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import STYLES
from PIL import Image

from leaflet.design.contrast import PAIRS, contrast
from leaflet.design.organisation_look import apply_organisation
from leaflet.design.styles import Style, load_style
from leaflet.errors import LayoutError, Severity, SourceError, UnsafeError
from leaflet.files import read_organisation, read_settings
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
MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" fill="#000000"/></svg>'
LOGO = MARK.replace("</svg>", '<rect width="1" height="1" fill="#FFFFFF"/></svg>')


def dress(folder: Path, table: str, style: str = "clinic") -> Style:
    (folder / "leaflet.toml").write_text(table, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    workspace = Workspace(root=folder.resolve(), shipped=STYLES.parent)
    errors = [problem for problem in read_settings(workspace).problems if problem.severity is Severity.ERROR]
    if errors:
        raise SourceError(errors)
    return apply_organisation(load_style(STYLES / style), read_organisation(workspace))


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
    ("line", "message"),
    [
        ('brnd = "#000000"', '2:1: "organisation.brnd" is not a key of leaflet.toml\n  hint: did you mean "brand"?'),
        (
            'brand = "teal"',
            '2:9: organisation.brand: "teal" is not a colour\n  hint: write it with six digits, for example "#0B4F6C"',
        ),
        ("name = 3", '2:8: organisation.name is not a text\n  hint: write name = "…"'),
        ('motif = "wafes"', '2:9: organisation.motif: "wafes" is not a motif\n  hint: did you mean "waves"?'),
        ('logo = "lgo.svg"', '2:8: there is no logo "lgo.svg"\n  hint: did you mean "logo.svg"?'),
        ('logo = "leaflet.toml"', '2:8: the logo "leaflet.toml" is of no kind that leaflet prints\n  hint: use PNG'),
    ],
)
def test_each_mistake_says_where_and_what_instead(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        dress(tmp_path, f"[organisation]\n{line}")
    assert str(caught.value).startswith(f"leaflet.toml:{message}")


def test_a_logo_that_runs_or_fetches_is_refused_like_an_image(tmp_path: Path) -> None:
    hostile = LOGO.replace("<rect", '<script>alert(1)</script><image href="https://example.org/x.png"/><rect')
    (tmp_path / "hostile.svg").write_text(hostile, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        dress(tmp_path, '[organisation]\nlogo = "hostile.svg"')
    assert [problem.message for problem in caught.value.problems] == [
        'the drawing "hostile.svg" holds <script>',
        'the drawing "hostile.svg" refers to something outside itself in <image>',
    ]


def test_a_logo_from_outside_the_workspace_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(UnsafeError):
        dress(tmp_path, '[organisation]\nlogo = "../../logo.svg"')


def test_a_logo_that_nobody_sees_on_the_cover_is_refused_until_there_is_one_for_dark_grounds(tmp_path: Path) -> None:
    (tmp_path / "dark.svg").write_text(MARK, encoding="utf-8")
    one = '[organisation]\nlogo = "dark.svg"\nbrand = "#12285F"\n'
    with pytest.raises(LayoutError) as caught:
        dress(tmp_path, one)
    assert "the logo has a contrast of 1.5 to 1 with the cover #12285F" in str(caught.value)
    assert "leaflet.toml:2:8" in str(caught.value)
    assert "image/svg" in dress(tmp_path, one + 'logo-on-dark = "logo.svg"\n').css


def test_a_logo_that_spells_the_name_stands_for_it(tmp_path: Path) -> None:
    table = '[organisation]\nname = "Hill"\nlogo = "logo.svg"\nlogo-height = 9\nlogo-has-name = true\n'
    style = dress(tmp_path, table)
    assert style.wordmark is not None
    assert style.wordmark.startswith("data:image/svg+xml")
    assert "height: 9mm" in style.css


def test_the_pixels_of_a_logo_are_seen(tmp_path: Path) -> None:
    mark = Image.new("RGBA", (40, 20), (255, 255, 255, 0))
    mark.paste((10, 20, 60, 255), (5, 5, 30, 15))
    mark.save(tmp_path / "mark.png")
    with pytest.raises(LayoutError, match="nobody sees it"):
        dress(tmp_path, '[organisation]\nlogo = "mark.png"\n')

"""An organisation's own look: ten values and a logo, and text that can be read in all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from documents import STYLES

from leaflet.design.contrast import PAIRS, contrast
from leaflet.design.organisation import apply_organisation
from leaflet.design.styles import Style, load_style
from leaflet.errors import LayoutError, LeafletError, SourceError, UnsafeError
from leaflet.files import read_organisation
from leaflet.model.workspace import Workspace
from leaflet.pipeline import Choices, compose

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
    organisation = read_organisation(Workspace(root=folder, shipped=STYLES.parent))
    return apply_organisation(load_style(STYLES / style), organisation)


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
        ('logo = "none.png"', 'there is no logo "none.png"', "put the file at none.png"),
        ('logo = "leaflet.toml"', 'the logo "leaflet.toml" is of no kind that leaflet prints', "use PNG, JPEG"),
    ],
)
def test_each_mistake_says_where_and_what_instead(tmp_path: Path, line: str, message: str, hint: str) -> None:
    with pytest.raises(LeafletError) as caught:
        dress(tmp_path, f"[organisation]\n{line}")
    problem = caught.value.problems[0]
    assert str(problem.location) == f"leaflet.toml:2:{line.index('=') + 3}"
    assert problem.message == message
    assert problem.hint is not None
    assert problem.hint.startswith(hint)


def test_a_logo_from_outside_the_workspace_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(UnsafeError):
        dress(tmp_path, '[organisation]\nlogo = "../../logo.svg"')


def test_a_logo_that_runs_a_script_or_fetches_is_refused_with_its_place(tmp_path: Path) -> None:
    script = LOGO.replace("<rect", '<script>alert(1)</script><image href="https://example.org/a.png"/><rect')
    (tmp_path / "bad.svg").write_text(script, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        dress(tmp_path, '[organisation]\nlogo = "bad.svg"')
    assert all(str(problem.location) == "leaflet.toml:2:8" for problem in caught.value.problems)
    assert 'the drawing "bad.svg" holds <script>' in [problem.message for problem in caught.value.problems]
    assert len(caught.value.problems) == 2


def source_beside(folder: Path, settings: bytes) -> Path:
    (folder / "leaflet.toml").write_bytes(settings)
    (folder / "source").mkdir()
    source = folder / "source" / "it.md"
    source.write_text("---\ntitle: It\n---\n\n## One\n\nWords.\n", encoding="utf-8")
    return source


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (b'[organisation]\nbrand = #2F5D3A"\n', "leaflet.toml:2:9: this TOML cannot be read: Invalid value"),
        ('publisher = "Médiathèque"\n'.encode("latin-1"), "leaflet.toml:1:15: byte 0xe9 is not UTF-8 text"),
    ],
)
def test_settings_that_cannot_be_read_are_one_error_with_its_place(tmp_path: Path, settings: bytes, told: str) -> None:
    source = source_beside(tmp_path, settings)
    with pytest.raises(LeafletError) as caught:
        compose(source, Choices(formats=("html",)), today=date(2026, 1, 1))
    (problem,) = caught.value.problems
    assert str(problem).startswith(told)


def test_settings_that_windows_notepad_saved_work(tmp_path: Path) -> None:
    source = source_beside(tmp_path, b'\xef\xbb\xbf[organisation]\r\nname = "Hillside"\r\nbrand = "#2F5D3A"\r\n')
    page = compose(source, Choices(formats=("html",)), today=date(2026, 1, 1)).files["it.html"].decode()
    assert "Hillside" in page
    assert "#2F5D3A" in page

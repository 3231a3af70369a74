"""The fonts of a leaflet inside its web page."""

from __future__ import annotations

import base64
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from leaflet.model.workspace import Workspace
from leaflet.weasy import WebFonts
from leaflet.weasy.fonts import bundled_files
from leaflet.weasy.web_fonts import _woff2
from running import run_leaflet

FACE = re.compile(r'font-family:"([^"]+)";font-style:(\w+);font-weight:([\d ]+);[^}]*base64,([^"]+)"')


def faces(page: str) -> dict[tuple[str, str], TTFont]:
    return {(family, style): TTFont(BytesIO(base64.b64decode(data))) for family, style, _, data in FACE.findall(page)}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x.md").write_text(
        "---\ntitle: Té\nstyle: clinic\n---\n\n## A\n\nWords.\n", encoding="utf-8"
    )
    return tmp_path


def test_a_page_has_the_characters_that_it_shows_and_no_others(workspace: Path) -> None:
    run_leaflet("build", "source/x.md", "--format", "html", cwd=workspace)
    first = (workspace / "output" / "x.html").read_bytes()
    found = faces(first.decode())
    assert ("Source Sans 3", "normal") in found
    characters = set(found["Source Sans 3", "normal"].getBestCmap())
    assert {ord("é"), ord("W"), ord("~")} <= characters
    assert ord("ü") not in characters
    assert [axis.axisTag for axis in found["Source Sans 3", "normal"]["fvar"].axes] == ["wght"]
    assert len(first) < 150_000
    run_leaflet("build", "source/x.md", "--format", "html", cwd=workspace)
    assert (workspace / "output" / "x.html").read_bytes() == first


def test_the_settings_leave_fonts_out(workspace: Path) -> None:
    (workspace / "leaflet.toml").write_text("[web]\nfonts = false\n", encoding="utf-8")
    run_leaflet("build", "source/x.md", "--format", "html", cwd=workspace)
    assert "@font-face" not in (workspace / "output" / "x.html").read_text(encoding="utf-8")


def test_a_typeface_of_the_workspace_is_inside_too(workspace: Path) -> None:
    atkinson = next(path for path in bundled_files() if path.name == "AtkinsonHyperlegible-Regular.ttf")
    font = TTFont(atkinson)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "House Sans"
    (workspace / "fonts").mkdir()
    font.flavor = "woff2"
    font.save(workspace / "fonts" / "house.woff2")
    (workspace / "leaflet.toml").write_text('[organisation]\ntext = "House Sans"\n', encoding="utf-8")
    run_leaflet("build", "source/x.md", "--format", "html", cwd=workspace)
    page = (workspace / "output" / "x.html").read_text(encoding="utf-8")
    assert ord("é") in faces(page)["House Sans", "normal"].getBestCmap()
    run_leaflet("build", "source/x.md", "--format", "epub", cwd=workspace)
    with zipfile.ZipFile(workspace / "output" / "x.epub") as book:
        inside = TTFont(BytesIO(book.read("EPUB/fonts/font-1.woff2"))).getBestCmap()
        css, package = book.read("EPUB/style.css").decode(), book.read("EPUB/package.opf").decode()
    assert ord("é") in inside
    assert ord("ü") not in inside
    assert 'body{font-family:"House Sans",sans-serif}' in css
    assert 'url("fonts/font-1.woff2")' in css
    assert 'href="fonts/font-1.woff2" media-type="font/woff2"' in package
    settings = '[organisation]\ntext = "House Sans"\n[epub]\nfonts = false\n'
    (workspace / "leaflet.toml").write_text(settings, encoding="utf-8")
    run_leaflet("build", "source/x.md", "--format", "epub", cwd=workspace)
    with zipfile.ZipFile(workspace / "output" / "x.epub") as book:
        assert not any("fonts/" in name for name in book.namelist())


def test_without_harfbuzz_the_same_characters_are_there(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atkinson = next(path for path in bundled_files() if path.name == "AtkinsonHyperlegible-Bold.ttf")
    made = _woff2(atkinson.read_bytes(), frozenset(map(ord, "Tea é")), None)
    assert {chr(point) for point in TTFont(BytesIO(made)).getBestCmap()} == set("Tea é")


def test_slanted_faces_come_where_something_is_slanted(workspace: Path) -> None:
    fonts, own = WebFonts(), Workspace(root=workspace, shipped=workspace)
    upright = fonts.css(["Atkinson Hyperlegible"], "<p>A</p>", own={}, workspace=own)
    both = fonts.css(["Atkinson Hyperlegible"], "<p><em>A</em></p>", own={}, workspace=own)
    assert {style for _, style in faces(upright)} == {"normal"}
    assert {style for _, style in faces(both)} == {"normal", "italic"}
    assert fonts.css(["Nobody's Sans"], "A", own={}, workspace=own) == ""

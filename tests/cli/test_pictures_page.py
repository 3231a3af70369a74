"""Pages with pictures of the layouts and styles."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaflet.cli.pictures_page import layout_article, style_article, write_page
from leaflet.design import load_layout, load_style
from leaflet.errors import LeafletError
from running import REPOSITORY

SVG = "{http://www.w3.org/2000/svg}"


def test_a_layout_is_drawn_with_each_panel_where_its_sheet_has_it() -> None:
    layout = load_layout(REPOSITORY / "layouts" / "zine-a4")
    (side,) = ElementTree.fromstring(layout_article(layout)).iter(f"{SVG}svg")
    assert [float(rect.get("width", 0)) for rect in side.iter(f"{SVG}rect")] == [74.25] * 8
    assert sum("rotate(180" in (group.get("transform") or "") for group in side.iter(f"{SVG}g")) == 4
    assert [text.text for text in side.iter(f"{SVG}text")].count("inside") == 6


def test_a_style_is_drawn_with_its_cover_and_colours() -> None:
    style = load_style(REPOSITORY / "styles" / "clear")
    drawn = style_article("clear", style)
    assert len(list(ElementTree.fromstring(drawn.replace("<br>", "<br/>")).iter(f"{SVG}svg"))) == 2
    assert style.tokens["cover"] in drawn
    assert "Atkinson Hyperlegible" in drawn


def test_a_page_is_written_to_a_new_file_only(tmp_path: Path) -> None:
    write_page(tmp_path / "page.html", "Layouts", ["<article>one</article>"])
    assert "<article>one</article>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    for file, said in ((tmp_path / "page.html", "already"), (tmp_path / "none" / "page.html", "cannot be written")):
        with pytest.raises(LeafletError, match=said):
            write_page(file, "Layouts", [])

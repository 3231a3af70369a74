"""Parts of documents of other programs on the page: formulas, frames for missing pictures, numbers, notes with blocks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from leaflet.html.additions import additional_css
from leaflet.html.page_resources import PageResources
from leaflet.html.render_inlines import Medium
from leaflet.pipeline import Choices, compose
from leaflet.source import open_workspace, read_source

DAY = date(2026, 5, 12)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.svg").write_text(PICTURE, encoding="utf-8")
    return tmp_path / "source" / "x.md"


def page(source: Path, text: str) -> str:
    source.write_text(f"---\ntitle: T\nlayout: handout-a4\n---\n\n{text}\n", encoding="utf-8")
    made = compose(source, Choices(formats=("html",)), today=DAY).files["x.html"].decode()
    return re.sub(r' data-source="[^"]*"', "", made)


def test_a_formula_is_mathml_on_the_web_page(source: Path) -> None:
    made = page(source, "$x^2$ and $\\nothing$")
    assert '<span class="math-inline"><math alttext="x^2" xmlns=' in made
    assert '<code class="math-inline">\\nothing</code>' in made


def test_a_formula_is_a_drawing_with_its_words_and_its_tex_on_paper(source: Path) -> None:
    text = "---\ntitle: T\nlayout: handout-a4\n---\n\n$x^2$ in a line.\n"
    source.write_text(text, encoding="utf-8")
    made = compose(source, Choices(formats=("pdf",)), today=DAY).files["x.pdf"]
    again = compose(source, Choices(formats=("pdf",)), today=DAY).files["x.pdf"]
    assert made == again
    from pypdf import PdfReader

    entries = (reference.get_object() for reference in _structure(PdfReader(_stream(made))))
    assert ("x squared", "x^2") in [(entry.get("/Alt"), entry.get("/T")) for entry in entries]


def _stream(data: bytes):
    from io import BytesIO

    return BytesIO(data)


def _structure(reader):
    pending = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pending:
        node = pending.pop().get_object()
        if isinstance(node, dict):
            yield node
            children = node.get("/K", [])
            children = children.get_object() if hasattr(children, "get_object") else children
            pending += (
                list(children) if isinstance(children, list) else [children] if isinstance(children, dict) else []
            )


def test_a_picture_that_is_not_there_has_its_words_in_a_frame(source: Path) -> None:
    made = page(source, "![The map](https://example.org/a.png)")
    assert '<span class="absent-picture">The map</span>' in made
    assert "<figcaption>The map</figcaption>" in made
    assert "example.org/a.png" not in made


@pytest.mark.parametrize(
    ("given", "style"),
    [
        ("width=5cm", "width:5cm"),
        ("width=50%", "width:50%"),
        ('width=".5\\\\textwidth"', "width:50%"),
        ("height=2in", "height:2in"),
    ],
)
def test_pictures_have_the_sizes_that_they_are_given(given: str, style: str, source: Path) -> None:
    assert f'style="{style}"' in page(source, f"![A](a.svg){{{given}}}")


def test_notes_keep_code_lists_and_tables(source: Path) -> None:
    note = (
        "[^n]: One\n\n        code here\n\n    - first\n    - second\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"
    )
    made = page(source, f"Text.[^n]\n\n{note}")
    for part in ('<code class="note-code">code here</code>', "• first", "• second", "1 | 2"):
        assert part in made


def test_ordered_lists_have_their_numerals(source: Path) -> None:
    made = page(source, "(a) one\n(b) two\n\nText\n\niv. no list\n\nText\n\ni. one\nii. two")
    assert '<ol class="short in-brackets" type="a">' in made
    assert '<ol class="short" type="i">' in made


def test_a_document_without_any_of_this_gets_no_css_for_it(source: Path) -> None:
    source.write_text("---\ntitle: T\n---\n\n## A\n\nText *and* `code`.\n\n- one\n- two\n", encoding="utf-8")
    document, resources = read_source(source, open_workspace(source)).document, PageResources()
    assert additional_css(document, Medium.WEB, resources) == additional_css(document, Medium.PRINT, resources) == ""

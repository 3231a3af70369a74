"""Code blocks: the same text as in the source, marks at turns, and colours where they are asked for."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from leaflet.design import load_style, readable
from leaflet.design.contrast import contrast
from leaflet.html.code_blocks import code_block
from leaflet.html.code_colours import PALETTE, palette_css
from leaflet.model.document import CodeBlock
from leaflet.pipeline import Choices, compose
from running import REPOSITORY

PROGRAM = '# One\ndef read(path: str) -> str:\n    """Two\n    lines."""\n\n    return "<&>\u2028"  \n\n'


@pytest.mark.parametrize("has_colours", [False, True])
@pytest.mark.parametrize("text", [PROGRAM, "", "\n", "  a\n\n\n", "a\x0cb\r\n", "no end"])
def test_the_text_of_code_is_that_of_the_source(text: str, has_colours: bool) -> None:
    made = str(code_block(CodeBlock(text=text, language="python"), has_colours=has_colours))
    lines = made.split('<span class="code-line">')[1:]
    assert unescape(re.sub("<[^>]*>", "", made)) == text
    assert [unescape(re.sub("<[^>]*>", "", line)) for line in lines] == [
        line for line in re.split(r"(?<=\n)", text) if line
    ]


def test_parts_of_a_program_have_classes_only_where_colours_are_wanted() -> None:
    node = CodeBlock(text=PROGRAM, language="Python")
    made = str(code_block(node, has_colours=True))
    assert '<span class="code-keyword">def</span>' in made
    assert '<span class="code-name">read</span>' in made
    assert '<span class="code-comment"># One</span>' in made
    assert "code-keyword" not in str(code_block(node, has_colours=False))


@pytest.mark.parametrize("style", ["clear", "clinic", "editorial"])
def test_colours_can_be_read_on_their_ground(style: str) -> None:
    loaded = load_style(REPOSITORY / "styles" / style)
    ground = loaded.tokens["tint"]
    shades = [readable(colour, ground) for colour in PALETTE.values()]
    assert [shade for shade in shades if contrast(shade, ground) < 4.5] == []
    assert [shade for shade in shades if shade not in palette_css(loaded)] == []


def test_one_code_element_and_one_warning(tmp_path: Path) -> None:
    source = tmp_path / "source" / "x.md"
    source.parent.mkdir()
    long = "# " + "a long comment " * 12
    drawn = "├── ✓ → é λ"
    fence = f"```python\n{long}\nx = 1\n{drawn}\n```\n\n```blorp\nx\n```\n\n```florp\ny\n```\n\n```\nplain\n```\n"
    source.write_text(f"---\ntitle: T\nlayout: handout-a4\ncode-colours: true\n---\n\n{fence}", encoding="utf-8")
    built = compose(source, Choices(formats=("pdf", "html")), today=date(2026, 5, 12))
    told = [problem for problem in built.problems if "colours" in problem.message]
    assert [problem.message.rpartition(": ")[2] for problem in told] == ["blorp, florp"]
    assert [problem.location.line for problem in told if problem.location] == [4]
    reader = PdfReader(BytesIO(built.files["x.pdf"]))
    kinds = [str(item.get_object().get("/S")) for item in _objects(reader)]
    assert kinds.count("/Code") == 4
    words = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert " ".join(long.split()) + f" x = 1 {drawn}" in words
    faces = {
        str(face.get_object()["/BaseFont"]) for page in reader.pages for face in page["/Resources"]["/Font"].values()
    }
    assert any("Source-Code-Pro" in face for face in faces)
    assert "--code-keyword" in built.files["x.html"].decode()


def _objects(reader: PdfReader) -> list[object]:
    """The structure elements of a PDF."""
    found: list[object] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        value = waiting.pop().get_object()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            found.append(value)
            waiting += [value["/K"]] if "/K" in value else []
    return [item for item in found if "/S" in item]

"""Footnotes: printed once, at the foot or at the end, with ways to and fro."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as parser
from pypdf import PdfReader

from leaflet.design.layouts import NotePlace, load_layout, load_panel_plan
from leaflet.pipeline import Choices, compose
from running import REPOSITORY

SOURCE = """---
title: Notes
fields: {audience: adult}
references:
  - {id: doe, type: book, title: The book of soap, author: [{family: Doe}], issued: 1999, publisher: Soap Press}
---

## One

::: {when="audience == 'adult'"}
For adults.[^a]
:::

Next.[^b] And again.[^a]

## Two

Once more.[^b]

[^a]: The first note.
[^b]: As @doe [p. 3] says.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "notes.md"
    path.parent.mkdir()
    path.write_text(SOURCE, encoding="utf-8")
    return path


def built(source: Path, **choices: object) -> tuple[str, object]:
    """The text of the PDF's pages, and the web page."""
    chosen = Choices(formats=("pdf", "html"), layout="handout-a4", **choices)  # type: ignore[arg-type]
    files = compose(source, chosen, today=date(2026, 1, 1)).files
    pages = PdfReader(BytesIO(files["notes.pdf"])).pages
    return "\n".join(page.extract_text() for page in pages), parser.fromstring(files["notes.html"].decode())


def assert_marks(text: str, *marks: str) -> None:
    assert [mark for mark in marks if mark not in text] == []


def test_a_note_with_two_marks_is_printed_once(source: Path) -> None:
    text, page = built(source)
    assert text.count("The first note.") == 1
    assert_marks(text, "adults.1", "Next.2", "again.1", "more.2")
    notes = page.xpath("//section[@role='doc-endnotes']//li")
    assert [note.get("id") for note in notes] == ["note-1", "note-2"]
    assert notes[0].xpath(".//a[@role='doc-backlink']/@href") == ["#mark-1", "#mark-1-2"]
    assert all(page.xpath(f"//a[@id='{name}']") for name in ("mark-1", "mark-1-2", "mark-2", "mark-2-2"))


def test_the_first_mark_that_stays_holds_the_note(source: Path) -> None:
    text, page = built(source, fields={"audience": "child"})
    assert text.count("The first note.") == 1
    assert_marks(text, "Next.1", "again.2", "more.1")
    assert page.xpath("//li[@id='note-2']//a/@href") == ["#mark-2"]


def test_a_citation_in_a_footnote_makes_no_note_of_its_own(source: Path) -> None:
    text, page = built(source, csl="chicago-notes-bibliography")
    assert len(page.xpath("//section[@role='doc-endnotes']//li")) == 2
    assert text.count("The book of soap") + text.count("The Book of Soap") == 2  # the note and the list


def test_a_layout_may_keep_notes_until_the_end_of_the_text(source: Path) -> None:
    folder = source.parents[1] / "layouts" / "handout-a4"
    shutil.copytree(REPOSITORY / "layouts" / "handout-a4", folder)
    settings = folder / "layout.toml"
    settings.write_text('notes = "end"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_panel_plan(load_layout(folder)).notes is NotePlace.END
    text, _ = built(source)
    assert text.index("Once more") < text.index("Footnotes") < text.index("The first note.")
    assert_marks(text, "adults.1", "Next.2", "again.1", "more.2")


def test_the_notes_of_a_page_stand_in_their_order_whatever_is_placed_beside_the_text(source: Path) -> None:
    source.write_text(SOURCE.replace("## One", "## One[^c]") + "\n[^c]: The note of a heading.\n", encoding="utf-8")
    text, _ = built(source)
    foot = text[text.index("The note of a heading") - 5 :]
    assert foot.index("heading") < foot.index("The first note") < foot.index("As Doe")


def test_a_note_in_a_timeline_has_one_mark_and_markup_does_not_count_as_words(source: Path) -> None:
    step = "- **Day {}** [short **words**](https://example.org/a-long-address){}\n"
    steps = step.format(1, "^[A note.]") + step.format(2, "")
    source.write_text(f"---\ntitle: Notes\n---\n\n## One\n\n::: timeline\n{steps}:::\n", encoding="utf-8")
    _, page = built(source)
    (note,) = page.xpath("//section[@role='doc-endnotes']//li")  # type: ignore[attr-defined]
    assert note.xpath(".//a[@role='doc-backlink']/@href") == ["#mark-1"]
    assert page.xpath("//ol/@class")[0].startswith("timeline across")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lang", "printed"), [("en-US", "“soap helps.”"), ("en-GB", "“soap helps”."), ("de", "„soap helps“.")]
)
def test_a_stop_behind_a_note_goes_inside_american_quotation_marks(lang: str, printed: str, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    book = "{id: a, type: book, title: Soap, author: [{family: Bell, given: Rosa}]}"
    head = f"---\ntitle: X\nlang: {lang}\ncsl: chicago-notes\nlayout: handout-a4\nreferences: [{book}]\n---\n\n"
    file.write_text(f'{head}## W\n\nHe said "soap helps" [@a].\n', encoding="utf-8")
    html = compose(file, Choices(formats=("html",)), today=date(2026, 1, 1)).files["x.html"].decode()
    assert f"He said {printed}<span" in html


def test_a_mark_is_on_the_line_of_its_word(source: Path) -> None:
    paragraphs = [f"{'word ' * 20}{'x' * number} end.^[Note.] More." for number in range(1, 25)]
    source.write_text("---\ntitle: Notes\n---\n\n# One\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
    made = compose(source, Choices(layout="handout-a4", formats=("pdf",)), today=date(2026, 5, 12))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made.files["notes.pdf"])).pages).replace(
        "\n", " "
    )
    assert [number for number in range(1, 25) if f"end.{number} More." not in text] == []
    assert "\u2060" not in text

"""Places in the source, read from the attributes of a page's elements."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaflet.errors import Location
from leaflet.model.document import Text
from leaflet.model.metadata import Metadata, Person
from leaflet.model.walk import walk
from leaflet.panels.source_map import SourceMap
from leaflet.source import open_workspace, read_source

PAGE = """<html><h1>Salt &amp; ż</h1><section data-source="4:1"><h2>Made</h2>
<p data-source="6:3">Plain words <strong data-source="6:17" data-source-end="6:24">bold</strong> and more,
a second line<br/>a third <span class="citation" data-source-of="8:9" data-source-end="8:20">(Cole 2026)</span> behind ß.</p>
<table data-source="10:1"><tr><td data-source="12:3">cell</td><td data-source="12:10">other cell</td></tr></table>
<p data-source="14"><kbd>key</kbd> unknown</p></section></html>"""
WORDS = [
    ("p", "Plain words", (6, 3)),
    ("p", "words", (6, 9)),
    ("strong", "bold", (6, 17)),
    ("p", "and more", (6, 25)),
    ("p", "second line", (7, 5)),
    ("p", "third", (8, 5)),
    ("span", "2026", (8, 9)),
    ("p", "behind", (8, 21)),
    ("p", "not there", (6, 3)),
    ("td", "cell", (12, 3)),
    ("h2", "Made", (4, 1)),
    ("kbd", "key", (14, None)),
]


@pytest.fixture(scope="module")
def root() -> ElementTree.Element:
    return ElementTree.fromstring(PAGE)


@pytest.mark.parametrize(("tag", "words", "place"), WORDS)
def test_words_have_their_line_and_column(
    root: ElementTree.Element, tag: str, words: str, place: tuple[int, int | None]
) -> None:
    element = next(root.iter(tag))
    line, column = place
    assert SourceMap(root, "it.md").location(element, words) == Location(file="it.md", line=line, column=column)


def test_what_has_no_place_is_the_source_as_a_whole(root: ElementTree.Element) -> None:
    assert SourceMap(root, "it.md").location(root.find("h1")) == Location(file="it.md")
    assert SourceMap(root, "").location(root.find("h1")) is None


def test_a_character_is_found_in_the_text_and_in_the_front_matter(root: ElementTree.Element) -> None:
    places = {"title": Location(file="it.md", line=2, column=8)}
    source_map = SourceMap(root, "it.md", Metadata(title="Salt & ż", places=places))
    assert source_map.character("ß") == Location(file="it.md", line=8, column=28)
    assert source_map.character("ż") == places["title"]
    assert source_map.character("q") == Location(file="it.md")
    nested = {"author.0.family": Location(file="it.md", line=3, column=13)}
    authors = (Person(given="A", family="ż"),)
    assert (
        SourceMap(root, "it.md", Metadata(title="x", authors=authors, places=nested)).character("ż")
        == nested["author.0.family"]
    )


def test_cells_belong_to_their_table(root: ElementTree.Element) -> None:
    one, other = root.iter("td")
    source_map = SourceMap(root, "it.md")
    assert source_map.block(one) == source_map.block(other) != source_map.block(next(root.iter("p")))


def test_every_text_of_a_source_knows_its_place(tmp_path: Path) -> None:
    source = tmp_path / "it.md"
    body = """---
title: T
lang: en-GB
---

## One *two* three

A word, **bold** and [linked](https://example.org/and) and `code` here;
a second line -- with "quotes" and *more*.

| a | *b* |
|---|---|
| c | c |

- one
- two
"""
    source.write_text(body, encoding="utf-8")
    lines = body.splitlines()
    texts = [
        node for node in walk(read_source(source, open_workspace(source)).document.blocks) if isinstance(node, Text)
    ]
    assert len(texts) > 15
    for node in texts:
        assert node.location is not None
        assert node.location.line is not None
        assert node.location.column is not None
        assert lines[node.location.line - 1][node.location.column - 1] == node.text[0]

"""Every key of the front matter arrives in the metadata."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import NODEFAULT
from msgspec.structs import fields

from leaflet.model.metadata import Metadata
from leaflet.source import open_workspace, read_source
from leaflet.source.front_matter_values import NAMES, READ_APART
from leaflet.source.schema import FrontMatter

VALUES = {
    "title": "A title",
    "subtitle": "A line",
    "audience": "For all",
    "author": "{given: Rosa, family: Bell}",
    "reviewers": "{given: Ada, family: Cole}",
    "date": "2024-05-14",
    "date-modified": "2025-05-14",
    "last-reviewed": "2025-05-15",
    "next-review": "2028-05",
    "version": '"2.1"',
    "edition": "3",
    "code": "RHL-1",
    "publisher": "A library",
    "publisher-place": "Leeds",
    "container-title": "A series",
    "series": "Guides",
    "series-number": "4",
    "url": "https://example.org/a",
    "doi": "10.5555/12345678",
    "isbn": "978-0-306-40615-7",
    "lang": "de",
    "keywords": "[salt]",
    "abstract": "In short",
    "license": "CC BY 4.0",
    "copyright": "© 2026 A library",
    "bibliography": "[it.bib]",
    "csl": "ieee",
    "nocite": '["@*"]',
    "retractions": "it.csv",
    "link-citations": "false",
    "layout": "flyer-a5",
    "style": "editorial",
    "css": "it.css",
    "fit": "none",
    "disclaimer": "No advice",
    "further-reading": "[{text: More, url: 'https://example.org/b'}]",
    "related": "[{text: Other, url: 'https://example.org/c'}]",
    "contact": "{name: Team}",
    "event": "{date: 2027-03-14, place: Town Hall}",
    "cite": "false",
    "cover": "it.png",
    "focus": "30% 20%",
    "cover-whole": "true",
    "motif": "waves",
    "art-outside": "hills",
    "art-inside": "waves",
    "fields": "{a: b}",
    "number-sections": "true",
    "code-colours": "true",
    "reference-section-title": "Sources",
    "strict": "true",
    "notes": "true",
    "contents": "2",
    "running-head": "A short title",
    "page-numbers": "false",
    "about-author": "false",
    "show-dates": "false",
    "byline": "false",
    "links": "inline",
    "changes": "reject",
}
"""A value for each key that is not the default."""


def test_keys_and_metadata_have_the_same_names() -> None:
    declared = {NAMES.get(name, name) for name in FrontMatter.model_fields if name not in READ_APART}
    assert declared == {part.name for part in fields(Metadata)} - {"places", "rich", "usual_title"}


@pytest.mark.parametrize("name", [name for name in FrontMatter.model_fields if name not in READ_APART])
def test_the_value_of_a_key_arrives(name: str, tmp_path: Path) -> None:
    key = name.replace("_", "-")
    (tmp_path / "it.bib").write_text("@book{a, title = {A}}\n", encoding="utf-8")
    (tmp_path / "it.csv").write_text("OriginalPaperDOI\n", encoding="utf-8")
    (tmp_path / "it.png").write_bytes(PNG)
    title = "" if key == "title" else "title: A title\n"
    source = tmp_path / "it.md"
    source.write_text(f"---\n{title}{key}: {VALUES[key]}\n---\n\nWords.\n", encoding="utf-8")
    metadata = read_source(source, open_workspace(source)).document.metadata
    part = next(part for part in fields(Metadata) if part.name == NAMES.get(name, name))
    default = part.default_factory() if part.default_factory is not NODEFAULT else part.default
    assert getattr(metadata, part.name) != default


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)

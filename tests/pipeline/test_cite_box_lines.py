"""The line that the cite box prints for a leaflet by one, two or three people and by an organisation."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path

import pytest
import yaml

from leaflet.model.workspace import Workspace
from leaflet.pipeline import cite_leaflet
from running import REPOSITORY

EXPECTED: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
    Path(__file__).with_name("cite_box_lines.yaml").read_text(encoding="utf-8")
)
PEOPLE = [
    {"family": "Marsh", "given": "Ellen"},
    {"family": "Okoye", "given": "Daniel"},
    {"family": "Lindqvist", "given": "Sara"},
]
PUBLISHER = "Hillside Community Trust"
AUTHORS = {"person": PEOPLE[:1], "two": PEOPLE[:2], "three": PEOPLE, "organisation": PUBLISHER}
TITLES = {
    "en-US": "Washing your hands",
    "en-GB": "Washing your hands",
    "de": "Hände waschen",
    "fr": "Se laver les mains",
    "es": "Lavarse las manos",
}
BOXES = [(who, lang) for who, languages in EXPECTED.items() for lang in languages]


@pytest.mark.parametrize(("who", "lang"), BOXES, ids=map("-".join, BOXES))
def test_the_cite_box_prints_the_manual_s_line(tmp_path: Path, who: str, lang: str) -> None:
    expected = EXPECTED[who][lang]
    facts = {"lang": lang, "title": TITLES[lang], "author": AUTHORS[who], "publisher": PUBLISHER, "version": "2.1"}
    head = yaml.safe_dump({**facts, "date": date(2026, 5, 12)}, allow_unicode=True)
    (tmp_path / "source").mkdir()
    source = tmp_path / "source" / "hands.md"
    source.write_text(f"---\n{head}---\n\n## Why\n\nText.\n", encoding="utf-8")
    workspace = Workspace(root=tmp_path, shipped=REPOSITORY)
    lines, _ = cite_leaflet(source, tuple(expected), today=date(2026, 6, 1), workspace=workspace)
    assert [html.unescape(line.html) for line in lines] == list(expected.values())

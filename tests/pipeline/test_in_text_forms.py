"""Citations of a text and of its notes as they are printed: in the sentence, in parentheses, from second hand, of one author
in one year, of namesakes, groups and reprints, and in ten notes in a row, each in five languages."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from leaflet.pipeline import Choices
from leaflet.pipeline.cite_source import cite_source
from running import copy_workspace

EXPECTED: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("in_text_forms.yaml").read_text(encoding="utf-8")
)
FORMS = [(lang, style) for lang, styles in EXPECTED.items() for style in styles]


def person(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given}


WHO = {"literal": "World Health Organization", "short": "WHO"}
HALL, NAMESAKE = person("Hall", "Ann"), person("Hall", "Ben")
PAIR = [person("Marsh", "Ellen"), person("Okoye", "Daniel")]
TEAM = [person("Price", "Jo"), person("Quist", "Lars"), person("Rossi", "Pia")]
PRESS = "Soap Press"


def book(identifier: str, title: str, author: dict[str, str], issued: int, **fields: object) -> dict[str, Any]:
    names = {"title": title, "author": [author], "issued": issued}
    return {"id": identifier, "type": "book", "publisher": PRESS, **names, **fields}


def article(identifier: str, title: str, authors: list[dict[str, str]], **fields: object) -> dict[str, Any]:
    return {
        "id": identifier,
        "type": "article-journal",
        "title": title,
        "author": authors,
        "container-title": "Ward",
        **fields,
    }


LIBRARY = [
    book("hall", "Clean hands", HALL, 2019),
    book("halltwo", "Dirty hands", HALL, 2019),
    book("hallb", "Soap", NAMESAKE, 2015),
    article("pair", "Water", PAIR, volume=4, page="1-9", issued=2018),
    article("team", "Towels", TEAM, volume=5, page="10-19", issued=2020),
    book("who", "Hand hygiene", WHO, 2009, type="report", publisher=WHO["literal"]),
    book("whotwo", "Water in wards", WHO, 2011, type="report", publisher=WHO["literal"]),
    book(
        "old",
        "Notes on nursing",
        person("Nightingale", "Florence"),
        1969,
        publisher="Dover",
        **{"original-date": 1860},
    ),
]
TEXT = """
@pair say so. It is so [@pair, p. 3; @team]. It was so [@hall; as cited in @team].

First [@hall, p. 4], then [@halltwo]. Another [@hallb]. @who says so, and again [@whotwo]. The first nurse [@old].

"Wash your hands" [@team, p. 12]. @team [p. 14] add more.
"""
NOTES = """
One.[^1] Two.[^2] Three.[^3] Four.[^4] Five.[^5] Six.[^6] Seven.[^7] Eight.[^8] Nine.[^9] Ten.[^10]

[^1]: [@pair, p. 3]
[^2]: [@pair, p. 3]
[^3]: [@pair, p. 5]
[^4]: [@team, p. 12]
[^5]: [@pair, p. 5]
[^6]: [@pair, p. 5; @team, p. 13]
[^7]: [@team, p. 13]
[^8]: [@who]
[^9]: [see @who, p. 2]
[^10]: [@old, p. 7]
"""


@pytest.mark.parametrize(("lang", "style"), FORMS, ids=map("-".join, FORMS))
def test_citations_print_the_manual_s_forms(tmp_path: Path, lang: str, style: str) -> None:
    head = yaml.safe_dump({"title": "Forms", "lang": lang, "references": LIBRARY}, allow_unicode=True)
    source = copy_workspace(tmp_path / "workspace") / "source" / "forms.md"
    source.write_text(f"---\n{head}---\n{NOTES if style == 'chicago-notes' else TEXT}", encoding="utf-8")
    found, _ = cite_source(source, Choices(csl=style), today=date(2026, 1, 1))
    printed = [html.unescape(re.sub(r"</?a\b[^>]*>", "", cluster.html)) for cluster in found.citations.clusters]
    assert printed == EXPECTED[lang][style]

"""Lists of references, from what a source asks for to what a reader finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from lxml import html as parser

from leaflet.html import render_web
from leaflet.pipeline import Choices
from leaflet.pipeline.cite_source import cite_source
from running import copy_workspace

REFERENCES = """references:
  - {id: trial, type: article-journal, title: A trial of soap, keyword: primary, issued: 2001, author: [{family: Abel}],
     container-title: Soap, note: Ten people took part in it.}
  - {id: book, type: book, title: The book of soap, issued: 2002, author: [{family: Bell}], publisher: Soap Press}
  - {id: page, type: webpage, title: Soap for all, issued: 2003, author: [{family: Cole}], URL: "https://example.org"}
"""
BODY = """## Why {#why}

Soap helps [@trial; @book, chap. 2].

## How {#how}

See @page.
"""


def cited(folder: Path, body: str, front: str = "", **choices: Any) -> tuple[Any, tuple[str, ...]]:
    """The web page of a source, and what was said on the way."""
    source = copy_workspace(folder / "workspace") / "source" / "lists.md"
    source.write_text(f"---\ntitle: Lists\n{front}{REFERENCES}---\n{body}", encoding="utf-8")
    found, problems = cite_source(source, Choices(**choices), today=date(2026, 1, 1))
    page = render_web(found.document, found.citations, found.style, workspace=found.workspace)
    return parser.fromstring(page), tuple(problem.message for problem in problems)


def keys(page: Any) -> list[list[str]]:
    """The entries of each list, by the first word that they print."""
    return [
        [entry.text_content().split(".")[0] for entry in found.xpath("./li")]
        for found in page.xpath("//ol[contains(@class, 'references')]")
    ]


def test_lists_are_chosen_by_keyword_type_and_section(tmp_path: Path) -> None:
    lists = """
::: {.refs keyword="primary"}
:::

::: {.refs not-keyword="primary" not-type="webpage"}
:::

::: {.refs section="how"}
:::

::: {#refs}
:::
"""
    page, problems = cited(tmp_path, BODY + lists)
    assert keys(page) == [["Abel"], ["Bell"], ["Cole"], ["Abel", "Bell", "Cole"]]
    assert len(page.xpath("//*[starts-with(@id, 'ref-')]")) == 3
    assert problems == ()


def test_each_cite_of_a_cluster_leads_to_its_entry_and_back(tmp_path: Path) -> None:
    page, _ = cited(tmp_path, BODY)
    assert page.xpath("//*[@id='why']//a[@class='cite-link']/@href") == ["#ref-trial", "#ref-book"]
    assert page.xpath("//*[@id='why']//a[@class='cite-link']//text()") == ["Abel, 2001", "Bell, 2002, Chapter 2"]
    assert page.xpath("//*[@id='ref-book']//a[@role='doc-backlink']/@href") == ["#cited-1"]
    assert page.xpath("//*[@id='cited-1']")[0].text_content() == "(Abel, 2001; Bell, 2002, Chapter 2)"


def test_links_from_citations_can_be_left_out(tmp_path: Path) -> None:
    page, _ = cited(tmp_path, BODY, "link-citations: false\n")
    assert not page.xpath("//a[@class='cite-link']")
    assert keys(page) == [["Abel", "Bell", "Cole"]]


def test_sources_are_listed_though_not_cited(tmp_path: Path) -> None:
    page, _ = cited(tmp_path, "See [@book].\n", 'nocite: "@page"\n')
    assert keys(page) == [["Bell", "Cole"]]
    page, _ = cited(tmp_path / "all", "See [@book].\n", 'nocite: "@*"\n')
    assert keys(page) == [["Abel", "Bell", "Cole"]]


def test_annotations_are_printed_on_request(tmp_path: Path) -> None:
    page, _ = cited(tmp_path, BODY + "\n::: {#refs .annotated}\n:::\n")
    assert [found.text_content() for found in page.xpath("//*[@class='annotation']")] == ["Ten people took part in it."]
    page, _ = cited(tmp_path / "without", BODY)
    assert not page.xpath("//*[@class='annotation']")


def test_a_source_in_no_list_and_an_empty_list_are_reported(tmp_path: Path) -> None:
    lists = '\n::: {.refs keyword="primary"}\n## Research\n:::\n\n::: {.refs type="thesis"}\n## Theses\n:::\n'
    page, problems = cited(tmp_path, BODY + lists)
    assert problems == (
        "no reference belongs into this list, so that it is left out",
        '"book", "page": cited, but in none of the lists of references',
    )
    assert not page.xpath("//h2[text()='Theses']")


VARIANT = """::: {when="audience == 'adult'"}
First [@book].
:::

Then [@trial]. Last [@page].
"""


def test_what_a_variant_drops_is_neither_listed_nor_counted(tmp_path: Path) -> None:
    front = "fields: {audience: adult}\n"
    page, problems = cited(tmp_path, VARIANT, front, csl="ieee")
    assert page.xpath("//*[@class='citation']//text()") == ["[1]", "[2]", "[3]"]
    page, problems = cited(tmp_path / "child", VARIANT, front, csl="ieee", fields={"audience": "child"})
    assert page.xpath("//*[@class='citation']//text()") == ["[1]", "[2]"]
    assert ["".join(entry.text_content().split())[:6] for entry in page.xpath("//ol/li[@id]")] == ["[1]Abe", "[2]Col"]
    assert problems == ()


def test_what_no_variant_cites_is_told_of(tmp_path: Path) -> None:
    _, problems = cited(tmp_path, VARIANT.replace("[@book]", "none"), "fields: {audience: adult}\n", csl="ieee")
    assert problems == ('"book" is in the bibliography but never cited',)

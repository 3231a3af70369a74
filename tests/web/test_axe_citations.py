"""A page full of citations, notes and lists of references passes axe as well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaflet.pipeline import Choices, compose
from web.test_axe import pytestmark as pytestmark
from web.test_axe import violations

SOURCE = """---
title: Many citations
author: {given: Rosa, family: Bell, email: rosa@example.org, orcid: 0000-0002-1825-0097}
references:
  - {id: trial, type: article-journal, title: A trial, keyword: primary, issued: 2001, author: [{family: Abel}],
     container-title: Soap, note: Ten people took part.}
  - {id: book, type: book, title: The book of soap, issued: 2002, author: [{family: Bell}], publisher: Soap Press}
---

## Why

Soap helps [@trial; @book, chap. 2].[^a] See @trial [p. 3].[^a] And @book says so [-@book].^[Compare [@trial, p. 5].]

[^a]: A note with a source [@book].

::: {.refs .annotated keyword="primary"}
## Research
:::

::: {.refs not-keyword="primary"}
## Books
:::
"""


@pytest.mark.parametrize("csl", ["apa", "nature", "chicago-notes-bibliography"])
def test_axe_finds_nothing_in_citations_notes_and_lists(csl: str, tmp_path: Path) -> None:
    source = tmp_path / "source" / "many.md"
    source.parent.mkdir()
    source.write_text(SOURCE, encoding="utf-8")
    files = compose(source, Choices(formats=("html",), csl=csl), today=date(2026, 1, 1)).files
    page = tmp_path / "many.html"
    page.write_bytes(files["many.html"])
    assert violations(page, tmp_path, 390) == []

"""The rich text of references, which the citations and the written files read alike."""

from __future__ import annotations

import pytest

from leaflet.bibliography.rich_text_runs import bare, parse
from leaflet.citations import CitationCaches, CitationProcessor


@pytest.mark.parametrize(
    ("tag", "mark", "style"),
    [
        ("<sc>", "sc", "font-variant:small-caps;"),
        ('<span style="font-variant: small-caps">', "sc", "font-variant:small-caps;"),
        ("<sup>", "sup", "<sup>"),
        ("<span class='nocase'>", "nocase", "Wards"),
    ],
)
def test_both_readers_know_the_same_tags(tag: str, mark: str, style: str) -> None:
    close = "</span>" if tag.startswith("<span") else f"</{tag[1:]}"
    title = f"Of {tag}Wards{close} and 3 < 4"
    assert [run.marks for run in parse(title)] == [(), (mark,), ()]
    assert bare(title) == "Of Wards and 3 < 4"
    item = {"id": "w", "type": "article-journal", "title": title}
    printed = CitationProcessor("apa", [item], "en-US", caches=CitationCaches()).process([], nocite=["w"])
    assert style in printed.bibliography[0].html
    assert "&#60;s" not in printed.bibliography[0].html


def test_a_tag_without_its_partner_is_text() -> None:
    assert bare("a <sc>b") == "a <sc>b"

"""Metadata is data: whatever it holds prints as itself, in text, attributes, CSS and JSON."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from documents import citations, document, on_web, parsed, printed, section, text

from leaflet.model.citation import Reference
from leaflet.model.document import Attributes, Callout, CalloutKind, Paragraph
from leaflet.model.metadata import Contact, Person, ReadingTip

COPY_SCRIPT = files("leaflet.html").joinpath("templates", "copy.js").read_text(encoding="utf-8")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=file:///etc/passwd>',
    "{{ 7*7 }}",
    "</style><script>alert(1)</script>",
    "</title><b>",
    "{% include 'layout.toml' %}",
    "]]>-->\u2028'\\",
]


def hostile(words: str):  # type: ignore[no-untyped-def]
    return document(
        section(words, Paragraph(children=text(words))),
        title=words,
        subtitle=words,
        audience=words,
        publisher=words,
        abstract=words,
        disclaimer=words,
        version=words,
        code=words,
        license=words,
        copyright=words,
        container_title=words,
        doi=words,
        isbn=words,
        url=words,
        keywords=(words,),
        authors=(Person(given=words, family=words, role=words, affiliation=words, bio=words, orcid=words),),
        further_reading=(ReadingTip(text=words, url=words), ReadingTip(text=words, url="javascript:alert(1)")),
        related=(ReadingTip(text=words, url=words),),
        contact=Contact(heading=words, name=words, phone=words, email=words, url=words, address=words, hours=words),
    )


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("layout", ["trifold-a4", "handout-a4"])
def test_paper_shows_the_words_and_nothing_else(words: str, layout: str) -> None:
    page = parsed(printed(hostile(words), layout=layout))
    assert not page.xpath("//script | //img | //b")
    assert len(page.xpath("//style")) == 1
    shown = page.xpath("//p[@class='subtitle']")[0].text_content().replace("\u00a0", " ")
    assert shown == words
    assert page.xpath("//title")[0].text == words
    assert page.xpath("//p[@class='disclaimer']")[0].text_content() == words
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")


@pytest.mark.parametrize("words", HOSTILE)
def test_the_web_page_shows_the_words_and_nothing_else(words: str) -> None:
    page = parsed(on_web(hostile(words)))
    assert not page.xpath("//img | //b")
    script, own_script = page.xpath("//script")
    assert own_script.text == COPY_SCRIPT
    assert json.loads(script.text)["headline"] == words
    assert page.xpath("//h1")[0].text_content().replace("\u00a0", " ") == words
    assert page.xpath("//meta[@name='citation_title']/@content") == [" ".join(f"{words}: {words}".splitlines())]
    assert page.xpath("//meta[@name='citation_publisher']/@content") == [" ".join(words.splitlines())]
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert not page.xpath("//link[@rel='canonical']")
    assert "http" not in page.xpath("//span[@class='Z3988']/@title")[0]


def test_a_hostile_reference_cannot_end_the_script() -> None:
    item = {"type": "webpage", "title": "</script><script>alert(1)</script>", "URL": "javascript:alert(1)"}
    answers = citations()
    from msgspec.structs import replace

    page = parsed(on_web(document(), replace(answers, items=(Reference(id="x", item=item),))))
    script, own_script = page.xpath("//script")
    assert own_script.text == COPY_SCRIPT
    assert json.loads(script.text)["citation"] == [{"@type": "WebPage", "name": item["title"]}]


@pytest.mark.parametrize("words", HOSTILE)
def test_attributes_of_blocks_are_data(words: str) -> None:
    block = Callout(
        kind=CalloutKind.NOTE,
        heading=(),
        blocks=(),
        attributes=Attributes(id=words, classes=(words,), pairs=(("lang", words), ("onclick", "alert(1)"))),
        location=section("x").location,
    )
    (aside,) = parsed(printed(document(block))).xpath("//aside")
    assert aside.get("id") == words
    assert aside.get("lang") == words
    assert aside.get("onclick") is None

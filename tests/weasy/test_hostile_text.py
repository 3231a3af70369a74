"""Words of thousands of letters and hundreds of footnotes are laid out in time, and honest ones as WeasyPrint does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from cssselect2 import compile_selector_list

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.footnote_area import footnote_area
from leaflet.weasy.layout.long_words import LONG, long_words
from leaflet.weasy.layout.sibling_selectors import sibling_selectors
from leaflet.weasy.patch import patched

FONTS = BundledFonts(isolated=True)
CSS = """<style>@page { size: 300px 400px; margin: 20px } body { font: 16px "Source Sans 3"; margin: 0 }
p { overflow-wrap: break-word; hyphens: auto } .note { float: footnote }</style>"""


def lines(body: str) -> list[list[str]]:
    """The lines of each page."""
    document = weasyprint.HTML(string=f'<html lang="en">{CSS}<body>{body}</body></html>').render(font_config=FONTS)
    return [list(_lines(page._page_box)) for page in document.pages]


def _lines(box: Any) -> Iterator[str]:
    if type(box).__name__ == "LineBox":
        yield "".join(part.text for part in box.descendants() if hasattr(part, "text"))
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


@pytest.mark.parametrize(
    "body",
    [
        "<p>An incomprehensibility of characteristics, and https://example.org/" + "part/" * 20 + " and more.</p>",
        "<p>Before it " + "abcdefghij" * (LONG // 10 - 2) + " and after it.</p>",
        "<table><tr><td>Some words</td><td>" + "word " * 60 + "</td></tr></table>",
    ],
)
def test_words_of_honest_length_are_divided_as_ever(body: str) -> None:
    plain = lines(body)
    with patched(*long_words()):
        assert lines(body) == plain


def test_no_letter_of_a_long_word_is_lost_and_no_hyphen_is_added() -> None:
    word = "incomprehensibilities" * 20
    with patched(*long_words()):
        found = [line for page in lines(f"<p>Before {word}, after.</p>") for line in page]
    assert "".join(found).replace(" ", "").replace("‐", "") == f"Before{word},after."
    assert not any(line.endswith("‐") for line in found[:4])


@pytest.mark.parametrize("sign", ["i", "\u0301"])
def test_a_word_of_thousands_of_letters_takes_no_minutes(sign: str) -> None:
    started = time.process_time()
    with patched(*long_words()):
        found = lines(f"<p>a{sign * 6_000}b</p>")
    assert time.process_time() - started < 10
    assert sum(line.count(sign) for page in found for line in page) == 6_000


@pytest.mark.parametrize("note", ["A note.", "A note that takes more than one line of this page, as notes do."])
def test_footnotes_are_on_the_pages_where_they_were(note: str) -> None:
    body = "".join(f'<p>Some words.<span class="note">{i} {note}</span> And more words.</p>' for i in range(25))
    plain = lines(body)
    with patched(*footnote_area()):
        assert lines(body) == plain


def test_hundreds_of_footnotes_in_a_paragraph_take_no_minutes() -> None:
    body = "<p>" + '<span>word<span class="note">note</span></span> ' * 150 + "</p>"
    started = time.process_time()
    with patched(*footnote_area()):
        found = lines(body)
    assert time.process_time() - started < 10
    assert sum(line.count("note") for page in found for line in page) == 150


SIBLINGS = "<body><p>a<ul><li>b</ul><p>c<p>d<div><p>e</div><ul class=x></ul><p>f<ol></ol></body>"
SELECTORS = (
    "p:has(+ ul)",
    "p:has(+ :is(ul, ol))",
    "p:has(+ ul, + ol)",
    "p:has(~ .x)",
    "p:has(~ p + ul)",
    "li:not(:has(+ li))",
    "ul:has(> li)",
    "p:has(+ ul.x, > b)",
    "div ~ p",
    "ul ~ ul ~ p",
    "p:nth-child(2 of p)",
)


@pytest.mark.parametrize("selector", SELECTORS)
def test_selectors_that_look_at_later_elements_match_as_ever(selector: str) -> None:
    def matching() -> list[int]:
        tests = [compiled.test for compiled in compile_selector_list(selector)]
        root = weasyprint.HTML(string=SIBLINGS).wrapper_element
        return [i for i, element in enumerate(root.iter_subtree()) if any(test(element) for test in tests)]

    plain = matching()
    with patched(*sibling_selectors()):
        assert matching() == plain


def test_a_look_at_the_next_of_thousands_of_paragraphs_takes_no_minutes() -> None:
    with patched(*sibling_selectors()):
        next_to, after = compile_selector_list("p:has(+ ul), ul ~ p")
        elements = [*weasyprint.HTML(string="<body>" + "<p>" * 5_000).wrapper_element.iter_subtree()]
        started = time.process_time()
        assert not any(next_to.test(element) for element in elements)
        assert not after.test(elements[-1])
        assert time.process_time() - started < 5

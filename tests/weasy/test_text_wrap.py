"""Paragraphs end with more than one word, and the lines of headings are about one length, where that costs no line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.text_wrap import text_wrap
from leaflet.weasy.patch import patched

FONTS = BundledFonts(isolated=True)

PAGE = """<style>@page {{ size: 900px 900px; margin: 0 }}
body {{ margin: 0; font: 20px "Source Sans 3" }} p, h2, ul {{ margin: 0 }} {css}</style>{html}"""
WORDS = "In multiple sclerosis the body attacks this coat. This can change how you move, balance and see."
WIDTHS = range(200, 600, 5)


def lines_of(html: str, css: str) -> list[Any]:
    """The line boxes of a page."""
    document = weasyprint.HTML(string=PAGE.format(css=css, html=html)).render(font_config=FONTS)
    return list(_lines(document.pages[0]._page_box))


def _lines(box: Any) -> Iterator[Any]:
    if type(box).__name__ == "LineBox":
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


def text(line: Any) -> str:
    """The text of a line."""
    return "".join(part.text for part in line.descendants() if hasattr(part, "text")).strip()


def texts(html: str, css: str) -> list[str]:
    """The texts of the lines of a page, without the markers of lists."""
    return [text(line) for line in lines_of(html, css) if text(line) != "•"]


@pytest.mark.parametrize(
    "html", [f"<p>{WORDS}</p>", f"<ul><li>{WORDS}</ul>", f"<p>{WORDS[:60]}<em>{WORDS[60:]}</em></p>"]
)
def test_a_lone_last_word_gets_company_where_this_takes_no_line_more(html: str) -> None:
    lone = {True: 0, False: 0}
    for width in WIDTHS:
        css = f"body {{ width: {width}px; --text-wrap: pretty }}"
        plain = texts(html, css)
        with patched(text_wrap()):
            pretty = texts(html, css)
        assert len(pretty) == len(plain)
        assert " ".join(pretty) == " ".join(plain) == WORDS
        lone[False] += plain[-1] == "see."
        lone[True] += pretty[-1] == "see."
    assert lone[False] >= 5
    assert lone[True] == 0


def test_a_good_paragraph_stays_as_it_was() -> None:
    css = "body { width: 600px; --text-wrap: pretty }"
    plain = texts(f"<p>{WORDS}</p>", css)
    assert len(plain) == 2
    assert len(plain[-1].split()) > 3
    with patched(text_wrap()):
        assert texts(f"<p>{WORDS}</p>", css) == plain


def test_the_lines_of_a_heading_are_about_one_length() -> None:
    html, css = "<h2>Who should not have it</h2>", "h2 { width: 230px; font-size: 24px; --text-wrap: balance }"
    assert texts(html, css) == ["Who should not have", "it"]
    with patched(text_wrap()):
        assert texts(html, css) == ["Who should", "not have it"]


def test_lines_stand_one_below_the_other() -> None:
    css = "h2 { width: 230px; font-size: 24px; --text-wrap: balance }"
    with patched(text_wrap()):
        lines = lines_of("<h2>Who should not have it</h2><p>Tell your nurse.</p>", css + " p { width: 230px }")
    assert [line.position_x for line in lines] == [0, 0, 0]
    assert lines[-1].position_y == sum(line.height for line in lines[:-1])


@pytest.mark.parametrize(
    "css",
    [
        "p { width: 330px }",
        "p { width: 330px; --text-wrap: none }",
        "p { width: 330px; --text-wrap: pretty; text-align: justify }",
        "p { width: 330px; --text-wrap: pretty; direction: rtl }",
        "p { width: 330px; --text-wrap: pretty } img { width: 9px; height: 9px; display: inline-block }",
    ],
)
def test_other_text_is_left_alone(css: str) -> None:
    html = f"<p>{WORDS}<img src='data:image/svg+xml,<svg/>' alt=''></p>" if "img" in css else f"<p>{WORDS}</p>"
    plain = texts(html, css)
    with patched(text_wrap()):
        assert texts(html, css) == plain


def test_text_beside_a_float_is_left_alone() -> None:
    html = f'<div style="float: right; width: 100px; height: 60px"></div><p>{WORDS}</p>'
    css = "body { width: 430px; --text-wrap: pretty }"
    plain = texts(html, css)
    with patched(text_wrap()):
        assert texts(html, css) == plain


def test_no_word_is_divided_for_the_sake_of_a_line() -> None:
    html = '<h2 lang="de">Donaudampfschifffahrt am Rhein</h2>'
    css = "h2 { width: 340px; --text-wrap: balance; hyphens: auto }"
    with patched(text_wrap()):
        assert texts(html, css) == ["Donaudampfschifffahrt", "am Rhein"]


def test_each_marker_of_a_list_is_drawn_once() -> None:
    html = f"<ul>{''.join(f'<li>{WORDS}</li>' for _ in range(3))}</ul>"
    css = "body { width: 330px; --text-wrap: pretty }"
    with patched(text_wrap()):
        markers = [line for line in lines_of(html, css) if text(line) == "•"]
    assert len(markers) == 3

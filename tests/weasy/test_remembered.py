"""Styles and paths that are worked out once must be those that WeasyPrint works out itself."""

from __future__ import annotations

from typing import Any

import pytest

from leaflet.weasy.engine import bundled_fonts, still_clock, weasyprint
from leaflet.weasy.layout.style_cache import MOST, Kinds, OwnStyle, RememberedStyle, remembered_styles
from leaflet.weasy.paint.path_cache import forget_paths, known_paths

SVG = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}</svg>"
CURVE = "<path d='M1 1q3 3 6 0a2 2 0 0 1 1 4V8H2z' fill='none' stroke='%23000'/>"


def rendered(words: str, css: Any, kinds: Kinds) -> bytes:
    page = weasyprint.HTML(
        string=f"<p class=a>One <b>{words}</b></p><ul><li>Two<li id=x>Three</ul><table><td>1</table>"
    )
    with still_clock(), remembered_styles(kinds):
        document = page.render(font_config=bundled_fonts(), stylesheets=[css])
        return bytes(document.write_pdf(uncompressed_pdf=True))


def test_remembered_styles_give_the_bytes_of_fresh_ones() -> None:
    css = weasyprint.CSS(string=".a { color: red; font-size: 2em } b { font-size: 1.4em; float: left }")
    kinds = Kinds()
    for words in ("fish", "more fish", "fish"):
        assert rendered(words, css, kinds) == rendered(words, css, Kinds())


def test_the_same_declarations_are_of_one_kind_and_others_are_not() -> None:
    kinds = Kinds()
    root = kinds.of(None, {"color": (object(), (1, 0, (0, 0, 1)))}, None)
    assert kinds.of(None, {"color": (object(), (1, 0, (0, 0, 1)))}, None) is root
    red = object()
    one = kinds.of(root, {"color": (red, (1, 0, (0, 0, 1)))}, None)
    assert kinds.of(root, {"color": (red, (1, 0, (0, 0, 1)))}, None) is one
    assert kinds.of(root, {"color": (red, (1, 0, (0, 1, 0)))}, None) is not one
    assert kinds.of(root, {"color": (red, (1, 0, (0, 0, 1)))}, "before") is not one
    assert kinds.of(one, {"color": (red, (1, 0, (0, 0, 1)))}, None) is not one
    assert kinds.of(root, {"color": (object(), (1, 0, (0, 0, 1)))}, None) is not one


def test_too_many_kinds_are_forgotten() -> None:
    kinds = Kinds()
    root = kinds.of(None, {}, None)
    first = kinds.of(root, {"a": ("0", (1, 0, (0, 0, 0)))}, None)
    for number in range(MOST + 1):
        kinds.of(root, {"a": (str(number), (1, 0, (0, 0, 0)))}, None)
    assert kinds.of(root, {"a": ("0", (1, 0, (0, 0, 0)))}, None) is first
    kinds.make_room()
    assert kinds.of(root, {"a": ("0", (1, 0, (0, 0, 0)))}, None) is not first


def test_a_copied_style_is_not_remembered() -> None:
    kinds = Kinds()
    style = RememberedStyle(None, {}, None, None, None, bundled_fonts(), {})
    style.kind = kinds.of(None, {}, None)
    assert style["float"] == "none"
    copied = style.copy()
    copied["z_index"] = 7
    assert type(copied) is OwnStyle
    assert type(copied.copy()) is OwnStyle
    assert style["z_index"] == "auto"


@pytest.mark.parametrize("marks", ["", "<path d='M0 0h4'/>"])
def test_a_path_drawn_again_is_the_same(marks: str) -> None:
    html = f'<img src="{SVG.format(CURVE + CURVE + marks)}" style="width: 3cm">'
    forget_paths()
    with still_clock():
        plain = weasyprint.HTML(string=html).write_pdf(font_config=bundled_fonts(), uncompressed_pdf=True)
    for _ in range(2):
        with still_clock(), known_paths():
            assert weasyprint.HTML(string=html).write_pdf(font_config=bundled_fonts(), uncompressed_pdf=True) == plain

"""Cached styles must have the values that WeasyPrint computes itself."""

from __future__ import annotations

from typing import Any

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.style_cache import MOST, CachedStyle, ChangedStyle, StyleCache, style_cache
from leaflet.weasy.patch import patched
from leaflet.weasy.writer.font_dates import font_dates

FONTS = BundledFonts(isolated=True)


def rendered(words: str, css: Any, styles: StyleCache) -> bytes:
    page = weasyprint.HTML(
        string=f"<p class=a>One <b>{words}</b></p><ul><li>Two<li id=x>Three</ul><table><td>1</table>"
    )
    with patched(font_dates(), style_cache(styles)):
        document = page.render(font_config=FONTS, stylesheets=[css])
        return bytes(document.write_pdf(uncompressed_pdf=True))


def test_cached_styles_give_the_bytes_of_fresh_ones() -> None:
    css = weasyprint.CSS(string=".a { color: red; font-size: 2em } b { font-size: 1.4em; float: left }")
    styles = StyleCache()
    for words in ("fish", "more fish", "fish"):
        assert rendered(words, css, styles) == rendered(words, css, StyleCache())


def test_the_same_declarations_are_of_one_class_and_others_are_not() -> None:
    styles = StyleCache()
    root = styles.class_of(None, {"color": (object(), (1, 0, (0, 0, 1)))}, None)
    assert styles.class_of(None, {"color": (object(), (1, 0, (0, 0, 1)))}, None) is root
    red = object()
    one = styles.class_of(root, {"color": (red, (1, 0, (0, 0, 1)))}, None)
    assert styles.class_of(root, {"color": (red, (1, 0, (0, 0, 1)))}, None) is one
    assert styles.class_of(root, {"color": (red, (1, 0, (0, 1, 0)))}, None) is not one
    assert styles.class_of(root, {"color": (red, (1, 0, (0, 0, 1)))}, "before") is not one
    assert styles.class_of(one, {"color": (red, (1, 0, (0, 0, 1)))}, None) is not one
    assert styles.class_of(root, {"color": (object(), (1, 0, (0, 0, 1)))}, None) is not one


def test_too_many_classes_are_dropped() -> None:
    styles = StyleCache()
    root = styles.class_of(None, {}, None)
    first = styles.class_of(root, {"a": ("0", (1, 0, (0, 0, 0)))}, None)
    for number in range(MOST + 1):
        styles.class_of(root, {"a": (str(number), (1, 0, (0, 0, 0)))}, None)
    assert styles.class_of(root, {"a": ("0", (1, 0, (0, 0, 0)))}, None) is first
    styles.limit()
    assert styles.class_of(root, {"a": ("0", (1, 0, (0, 0, 0)))}, None) is not first


def test_a_copied_style_is_not_cached() -> None:
    styles = StyleCache()
    style = CachedStyle(None, {}, None, None, None, FONTS, {})
    style.style_class = styles.class_of(None, {}, None)
    assert style["float"] == "none"
    copied = style.copy()
    copied["z_index"] = 7
    assert type(copied) is ChangedStyle
    assert type(copied.copy()) is ChangedStyle
    assert style["z_index"] == "auto"

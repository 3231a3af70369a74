"""Marks that the CSS of a web page gives to words: what Google Docs and word processors export."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.etree import _Element

from leaflet.interchange.imported_content import TextMark

RULE = re.compile(r"\.(?P<name>[\w-]+)\s*\{(?P<body>[^{}]*)\}")
DECLARATION = re.compile(r"(?P<property>[\w-]+)\s*:\s*(?P<value>[^;]+)")
BOLD = 600
ELEMENTS = {
    "b": TextMark.STRONG,
    "strong": TextMark.STRONG,
    "i": TextMark.EMPHASIS,
    "em": TextMark.EMPHASIS,
    "cite": TextMark.EMPHASIS,
    "dfn": TextMark.EMPHASIS,
    "var": TextMark.EMPHASIS,
    "s": TextMark.STRIKEOUT,
    "del": TextMark.STRIKEOUT,
    "strike": TextMark.STRIKEOUT,
    "u": TextMark.UNDERLINE,
    "ins": TextMark.UNDERLINE,
    "sup": TextMark.SUPERSCRIPT,
    "sub": TextMark.SUBSCRIPT,
    "mark": TextMark.HIGHLIGHT,
    "code": TextMark.CODE,
    "kbd": TextMark.CODE,
    "samp": TextMark.CODE,
    "tt": TextMark.CODE,
}


def class_marks(root: _Element) -> dict[str, dict[TextMark, bool]]:
    """Return the marks of each class that a page's own CSS describes."""
    found: dict[str, dict[TextMark, bool]] = {}
    for style in root.iter("style"):
        for rule in RULE.finditer(style.text or ""):
            marks = _marks(rule["body"])
            if marks:
                found.setdefault(rule["name"], {}).update(marks)
    return found


def marks_around(
    element: _Element, outer: frozenset[TextMark], classes: Mapping[str, Mapping[TextMark, bool]]
) -> frozenset[TextMark]:
    """Return the marks within an element, which is within ``outer`` ones."""
    switched: dict[TextMark, bool] = {}
    mark = ELEMENTS.get(str(element.tag).lower())
    if mark is not None:
        switched[mark] = True
    if str(element.tag).lower() in {"span", "font", "a", "b", "i", "p", "li", "td"}:
        for name in element.get("class", "").split():
            switched |= classes.get(name, {})
        switched |= _marks(element.get("style", ""))
    return (outer | {mark for mark, on in switched.items() if on}) - {mark for mark, on in switched.items() if not on}


def _marks(css: str) -> dict[TextMark, bool]:
    found: dict[TextMark, bool] = {}
    for declaration in DECLARATION.finditer(css.lower()):
        value = declaration["value"].strip()
        match declaration["property"]:
            case "font-weight":
                found[TextMark.STRONG] = value in {"bold", "bolder"} or (value.isdigit() and int(value) >= BOLD)
            case "font-style":
                found[TextMark.EMPHASIS] = value in {"italic", "oblique"}
            case "text-decoration" | "text-decoration-line":
                found[TextMark.STRIKEOUT] = "line-through" in value
                found[TextMark.UNDERLINE] = "underline" in value
            case "vertical-align":
                found[TextMark.SUPERSCRIPT], found[TextMark.SUBSCRIPT] = value == "super", value == "sub"
            case "font-variant" | "font-variant-caps":
                found[TextMark.SMALL_CAPS] = "small-caps" in value
            case _:
                pass
    return found

"""HTML fragment for a content management system: no head, no styles, no scripts, names that clash with nothing."""

from __future__ import annotations

import re

from leaflet.model.html_tree import HtmlElement, HtmlNode, rewritten
from leaflet.model.reading_text import ReadingText
from leaflet.writers.serialise import as_html

CLASS_PREFIX = "leaflet-"
REFERRING = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "headers", "for"})
"""Attributes that hold ids."""
ADDRESS = re.compile(r"url\(\s*#")


def fragment_file(text: ReadingText) -> str:
    """Return ``text`` as one ``article`` element.

    Ids begin with the name of the leaflet, classes with ``leaflet-``, so that they meet no others of the page.
    """
    prefix = f"{id_word(text.name)}-"
    (content,) = rewritten(text.content, lambda element: _plain(element, prefix))
    assert isinstance(content, HtmlElement)
    given = (("lang", text.metadata.lang), ("dir", text.direction), ("class", f"{CLASS_PREFIX}text"))
    return as_html(HtmlElement(name=content.name, attributes=given, children=content.children)) + "\n"


def id_word(name: str) -> str:
    """Return ``name`` as a word that an id may hold: letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", name).strip("-_") or "leaflet"


def _plain(element: HtmlElement, prefix: str) -> tuple[HtmlNode, ...]:
    """Return an element without styles, its ids and classes with their prefixes."""
    kept = []
    for name, value in element.attributes:
        if name == "style" or name.startswith(("data-", "on")):
            continue
        if name == "class":
            value = " ".join(CLASS_PREFIX + word for word in dict.fromkeys(value.split()))
        elif name == "id":
            value = prefix + value
        elif name in REFERRING:
            value = " ".join(prefix + word for word in value.split())
        elif name in ("href", "xlink:href") and value.startswith("#"):
            value = f"#{prefix}{value[1:]}"
        else:
            value = ADDRESS.sub(f"url(#{prefix}", value)
        kept.append((name, value))
    return (HtmlElement(name=element.name, attributes=tuple(kept), children=element.children),)

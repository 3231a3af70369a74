"""Cache of cascade results, shared by documents whose trees have the same shape.

WeasyPrint matches each element of a document against each rule. Two trees that differ in their words only match the same
rules at the same places: a selector sees elements, attributes and whether an element is empty, but never a word. The
second tree therefore gets the styles of the first, element by element. The same holds for trees that differ in pictures,
or in attributes at which no selector of their CSS looks.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it a leaflet takes 1.2 times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from copy import copy
from typing import TypeAlias

from msgspec import Struct

from leaflet.lru_cache import LruCache
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, Element, HtmlTree

import weasyprint.document as document  # isort: skip

Shape: TypeAlias = tuple[object, ...]

ADDRESSES = re.compile(r"\[\s*(?:\w*\|)?href\b")
"""CSS that looks at where a link leads."""
TEXTS = ("alt", "title", "aria-label", "d", "src")
"""Attributes that vary from row to row, and at which CSS hardly looks: words, the squares of QR codes, pictures."""
ENDING = re.compile(r"""\[\s*src\s*\$=\s*["']([^"']*)["']\s*\]""")
"""A selector that asks how the address of a picture ends, and nothing else of it."""
ODD = re.compile(r"\[[^\]]*(?:\\|/\*)")
"""A selector of an attribute with an escape or a comment in it, in which no name is searched for."""
SHAPES = 8


class Unseen(Struct, frozen=True, kw_only=True):
    """The attributes whose values no selector sees."""

    names: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    """Ends of the addresses of pictures for which CSS asks."""

    def value(self, name: str, value: str) -> object:
        """Return all of the value of an attribute that a selector can see."""
        if name not in self.names:
            return value
        return tuple(map(value.endswith, self.endings)) if name == "src" else None


def unseen_by(css: Iterable[str]) -> Unseen:
    """Return the attributes at whose values ``css`` does not look."""
    text = "\n".join(css)
    if ODD.search(text):
        return Unseen()
    names = {
        name for name in TEXTS if not re.search(rf"(?:\[\s*(?:[\w*]*\|)?|attr\(\s*){name}\b", ENDING.sub("", text))
    }
    names |= set() if ADDRESSES.search(text) else {"href"}
    return Unseen(names=frozenset(names), endings=tuple(dict.fromkeys(ENDING.findall(text))))


class Cascade(Struct, frozen=True, kw_only=True):
    """The styles of a tree, by the place of each element in it."""

    template: Anything
    """WeasyPrint's ``StyleFor``."""
    styles: tuple[tuple[int, str | None, Anything], ...]
    anchors: tuple[str, ...]

    def applied_to(self, root: Element) -> Anything:
        """Return a ``StyleFor`` for the tree of ``root``."""
        elements = list(root.iter())
        made = copy(self.template)
        made._cascaded_styles = {}
        made._computed_styles = {(elements[place], pseudo): style for place, pseudo, style in self.styles}
        return made


class CascadeCache:
    """The cascades of documents that share their CSS, by the shape of the tree."""

    def __init__(self) -> None:
        self._cascades: LruCache[Hashable, Cascade] = LruCache(SHAPES)

    def get(self, shape: Shape) -> Cascade | None:
        """Return the cascade of a tree of that ``shape``, or None."""
        return self._cascades.get(shape)

    def put(self, shape: Shape, root: Element, style_for: Anything, anchors: Iterable[str]) -> None:
        """Store ``style_for``, before styles of pages are added to it."""
        places = {element: place for place, element in enumerate(root.iter())}
        styles = tuple(
            (places[element], pseudo, style) for (element, pseudo), style in style_for._computed_styles.items()
        )
        self._cascades.put(shape, Cascade(template=copy(style_for), styles=styles, anchors=tuple(anchors)))

    def clear(self) -> None:
        """Empty the cache."""
        self._cascades.clear()


def shape_of(root: Element, unseen: Unseen) -> Shape:
    """Return all of a tree that a selector can see."""
    return tuple(_visible(element, unseen) for element in root.iter())


def _visible(element: Element, unseen: Unseen) -> tuple[object, ...]:
    attributes = tuple((name, unseen.value(name, value)) for name, value in element.attrib.items())
    return element.tag, len(element), attributes, _is_blank(element.text), _is_blank(element.tail)


def _is_blank(text: str | None) -> bool | None:
    """Return None for no text, else whether there is nothing but spaces in it."""
    return text.isspace() if text else None


def looks_at_addresses(css: Iterable[str]) -> bool:
    """Return whether a selector in ``css`` asks where a link leads."""
    return any(ADDRESSES.search(text) for text in css)


def cascade_cache(cache: CascadeCache, unseen: Unseen) -> Replacement:
    """Return the replacement that matches no rule for a tree whose shape is in ``cache``."""
    return Replacement(
        owner=document, name="get_all_computed_styles", make=lambda compute: _cached(compute, cache, unseen)
    )


def _cached(compute: Callable[..., Anything], cache: CascadeCache, unseen: Unseen) -> Callable[..., Anything]:
    def styles(
        html: HtmlTree,
        sheets: Anything,
        hints: bool,
        fonts: Anything,
        counters: Anything,
        profiles: Anything,
        page_rules: Anything,
        layers: Anything,
        targets: Anything,
        forms: bool,
    ) -> Anything:
        root = html.etree_element
        shape = shape_of(root, unseen)
        known = cache.get(shape)
        if known is None:
            style_for = compute(html, sheets, hints, fonts, counters, profiles, page_rules, layers, targets, forms)
            cache.put(shape, root, style_for, targets.target_lookup_items)
            return style_for
        for rules in html._ua_counter_style():
            counters.update(rules)
        for anchor in known.anchors:
            targets.collect_anchor(anchor)
        return known.applied_to(root)

    return styles

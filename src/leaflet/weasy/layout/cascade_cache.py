"""Which style each element has, taken over from a page of the same shape.

WeasyPrint compares each element of a document with each rule. Two trees that differ in their words only match the same
rules at the same places: a selector sees elements, attributes and whether an element is empty, but never a word. So the
second tree takes the styles of the first, element by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.lru import Recent
from leaflet.weasy.patch import replaced

import weasyprint.document as document  # isort: skip

Element: TypeAlias = Any
Shape: TypeAlias = tuple[Any, ...]

ADDRESSES = re.compile(r"\[\s*(?:\w*\|)?href\b")
"""CSS that looks at where a link leads."""
SHAPES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """The styles of a tree, by the place of each element in it."""

    template: Any
    styles: tuple[tuple[int, str | None, Any], ...]
    anchors: tuple[str, ...]

    def applied(self, root: Element) -> Any:
        """What WeasyPrint calls ``style_for``, for the tree of ``root``."""
        elements = list(root.iter())
        fresh = copy(self.template)
        fresh._cascaded_styles = {}
        fresh._computed_styles = {(elements[place], pseudo): style for place, pseudo, style in self.styles}
        return fresh


class Cascades:
    """The cascades of pages that share their CSS, by the shape of the page."""

    def __init__(self) -> None:
        self._known: Recent[Cascade] = Recent(SHAPES)

    def get(self, shape: Shape) -> Cascade | None:
        """The cascade of a page of that ``shape``."""
        return self._known.get(shape)

    def keep(self, shape: Shape, root: Element, style_for: Any, anchors: Iterable[str]) -> None:
        """Remember ``style_for``, before pages join it."""
        places = {element: place for place, element in enumerate(root.iter())}
        styles = tuple(
            (places[element], pseudo, style) for (element, pseudo), style in style_for._computed_styles.items()
        )
        self._known.keep(shape, Cascade(template=copy(style_for), styles=styles, anchors=tuple(anchors)))

    def forget(self) -> None:
        """Start afresh."""
        self._known.clear()


def shape_of(root: Element, *, addresses: bool) -> Shape:
    """All of a tree that a selector can see; ``addresses`` says whether one looks at where links lead."""
    return tuple(_seen(element, addresses) for element in root.iter())


def _seen(element: Element, addresses: bool) -> tuple[Any, ...]:
    attributes = element.attrib
    if "href" in attributes and not addresses:
        attributes = {**attributes, "href": None}
    return element.tag, len(element), tuple(attributes.items()), _blank(element.text), _blank(element.tail)


def _blank(text: str | None) -> bool | None:
    """None for no text, and whether there is nothing but spaces in it."""
    return text.isspace() if text else None


@lru_cache(maxsize=16)
def looks_at_addresses(css: tuple[str, ...]) -> bool:
    """Whether a selector in ``css`` asks where a link leads."""
    return any(ADDRESSES.search(text) for text in css)


def known_cascades(cascades: Cascades, *, addresses: bool) -> AbstractContextManager[None]:
    """While inside, WeasyPrint matches no rule with a page of a shape that it saw before."""
    return replaced(document, "get_all_computed_styles", lambda compute: _or_known(compute, cascades, addresses))


def _or_known(compute: Callable[..., Any], cascades: Cascades, addresses: bool) -> Callable[..., Any]:
    def styles(
        html: Any,
        sheets: Any,
        hints: bool,
        fonts: Any,
        counters: Any,
        profiles: Any,
        page_rules: Any,
        layers: Any,
        targets: Any,
        forms: bool,
    ) -> Any:
        root = html.etree_element
        shape = shape_of(root, addresses=addresses)
        known = cascades.get(shape)
        if known is None:
            style_for = compute(html, sheets, hints, fonts, counters, profiles, page_rules, layers, targets, forms)
            cascades.keep(shape, root, style_for, targets.target_lookup_items)
            return style_for
        for rules in html._ua_counter_style():
            counters.update(rules)
        for anchor in known.anchors:
            targets.collect_anchor(anchor)
        return known.applied(root)

    return styles

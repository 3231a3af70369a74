"""Cache of computed styles, shared by documents with the same CSS.

WeasyPrint computes each property of each element again for every document. In a run of panels of which a few words
changed, most elements have the parent and the declarations of an element before, and therefore the same values.

The class of a style is also the part of a block's fingerprint that represents its CSS: without this cache there is no
block cache.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it and the block cache a leaflet
takes 1.5 times as long.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, BoxStyle, Value

import weasyprint.css as css  # isort: skip

MOST = 2_000
"""Beyond so many classes of styles the cache is emptied."""

Computed: type[Anything] = css.ComputedStyle


class StyleClass(Struct, frozen=True, kw_only=True):
    """All elements with the same declarations whose parents have the same style class."""

    number: int
    declarations: Mapping[str, Value]
    """Held so that no other value ever has the identity of one of theirs."""
    values: dict[str, Value] = field(default_factory=dict)
    specified: dict[str, Value] = field(default_factory=dict)


class StyleCache:
    """The style classes of documents whose root elements have the same style."""

    def __init__(self) -> None:
        self._classes: dict[tuple[object, ...], StyleClass] = {}
        self._made = 0

    def class_of(self, parent: StyleClass | None, declarations: Mapping[str, Value], pseudo: str | None) -> StyleClass:
        """Return the class of an element's style."""
        parts: list[object] = [parent.number if parent else None, pseudo]
        # The root's own declarations are parsed for each document, and are the same for all that share this cache.
        if parent:
            for name, (value, (precedence, layer, specificity)) in declarations.items():
                parts += name, value if type(value) is str else id(value), precedence, layer, *specificity
        key = tuple(parts)
        known = self._classes.get(key)
        if known is None:
            self._made += 1
            known = self._classes[key] = StyleClass(number=self._made, declarations=declarations)
        return known

    def limit(self) -> None:
        """Empty the cache where it has grown too large."""
        if len(self._classes) > MOST:
            self.clear()

    def clear(self) -> None:
        """Empty the cache. Styles in use keep their classes."""
        self._classes.clear()


class ChangedStyle(Computed):  # type: ignore[misc]
    """A style that may be changed, and is not cached."""

    style_class: StyleClass | None
    """Of the style that it was copied from."""
    changes: dict[str, Value]
    """The values that were changed since."""
    _computing = 0

    def __missing__(self, key: str) -> Value:
        self._computing += 1
        try:
            return super().__missing__(key)
        finally:
            self._computing -= 1

    def __setitem__(self, key: str, value: Value) -> None:
        if not self._computing:
            self.changes[key] = value
        super().__setitem__(key, value)

    def copy(self) -> ChangedStyle:
        """Return a copy, as WeasyPrint's style does."""
        return changed_style(self)


class CachedStyle(Computed):  # type: ignore[misc]
    """The style of one element, which looks a value up in its class before it computes it."""

    style_class: StyleClass

    def __missing__(self, key: str) -> Value:
        shared = self.style_class
        if key in shared.values:
            value = self[key] = shared.values[key]
            if key in shared.specified:
                self.specified[key] = shared.specified[key]
            return value
        value = super().__missing__(key)
        shared.values[key] = value
        if key in self.specified:
            shared.specified[key] = self.specified[key]
        return value

    def copy(self) -> ChangedStyle:
        """Return a style that may be changed."""
        return changed_style(self)


def changed_style(style: Anything) -> ChangedStyle:
    """Return a copy of ``style``, made as WeasyPrint makes it."""
    arguments = (style.parent_style, style.cascaded, style.pseudo_type, style.root_style, style.base_url)
    made = ChangedStyle(*arguments, style.font_config, style.initial_page_sizes)
    made.style_class = getattr(style, "style_class", None)
    made.changes = dict(getattr(style, "changes", ()))
    made.update(style)
    made.specified = style.specified.copy()
    return made


def style_cache(cache: StyleCache) -> Replacement:
    """Return the replacement that looks computed values up in ``cache``."""

    def style(parent: Anything, declarations: Mapping[str, Value], pseudo: str | None, *rest: Anything) -> BoxStyle:
        made = CachedStyle(parent, declarations, pseudo, *rest)
        made.style_class = cache.class_of(parent.style_class if parent is not None else None, declarations, pseudo)
        return made

    cache.limit()
    return Replacement(owner=css, name="ComputedStyle", make=lambda _: style)

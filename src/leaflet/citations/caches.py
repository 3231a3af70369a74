"""Caches of the citation engine, which belong to whoever made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from leaflet.citations.csl.locale import Locale
from leaflet.citations.csl.style_library import StyleLibrary
from leaflet.citations.csl.tree import CslStyle
from leaflet.citations.evaluate.item_context import StyleFacts, analyse
from leaflet.citations.processed import ProcessedCitations
from leaflet.lru_cache import LruCache


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleInLocale:
    """A style in a language, compared by the identity of the style; ``style`` keeps that identity from being reused."""

    identity: int
    lang: str
    style: CslStyle = field(compare=False)


class CitationCaches:
    """Parsed styles and locales, and formatted citations, for several documents; safe for threads.

    A batch has one, so that its rows parse no style twice and format equal citations once.
    """

    def __init__(self, library: StyleLibrary | None = None) -> None:
        self.library = library or StyleLibrary()
        self._facts: LruCache[StyleInLocale, StyleFacts] = LruCache(16)
        self._processed: LruCache[tuple[object, ...], ProcessedCitations] = LruCache(32)

    def facts_of(self, in_locale: StyleInLocale) -> StyleFacts:
        """Return the facts of a style in a language."""
        style = in_locale.style
        return self._facts.get_or_make(in_locale, lambda: analyse(style, Locale(style, in_locale.lang, self.library)))

    def processed(self, key: tuple[object, ...], run: Callable[[], ProcessedCitations]) -> ProcessedCitations:
        """Return the result of ``run`` for ``key``, which says all that it depends on."""
        return self._processed.get_or_make(key, run)

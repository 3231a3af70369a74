"""Cache of the sources read last, for callers that read one several times, such as a batch with many rows."""

from __future__ import annotations

from markdown_it import MarkdownIt

from leaflet.files import LocatedData, load_yaml
from leaflet.lru_cache import LruCache
from leaflet.source.body_cache import BodyCache
from leaflet.source.markdown import make_parser, parse
from leaflet.source.parsed import Parsed

MOST = 8
"""The number of texts in the cache; a batch reads one source in a few languages."""
NUMBERS_IN = frozenset({"references"})


class SourceCache:
    """Cache of parsers by language, and of the tokens, trees and front matter of the sources read last.

    Threads may share one.
    """

    def __init__(self) -> None:
        self._parsers: LruCache[str, MarkdownIt] = LruCache(MOST)
        self._texts: LruCache[tuple[str, str], Parsed] = LruCache(MOST)
        self.bodies = BodyCache()
        """The trees of bodies."""
        self._front_matters: LruCache[tuple[str, str, int], LocatedData] = LruCache(MOST)

    def parsed(self, text: str, *, language: str) -> Parsed:
        """Return the tokens of a body, whose lines are counted as they are written."""
        parser = self._parsers.get_or_make(language, lambda: make_parser(language))
        return self._texts.get_or_make((text, language), lambda: parse(text, parser))

    def front_matter(self, text: str, *, name: str, first_line: int) -> LocatedData:
        """Return the front matter as data, which nobody changes.

        Raises:
            SourceError: it is not YAML, or too large.
        """
        key = (text, name, first_line)
        return self._front_matters.get_or_make(
            key, lambda: load_yaml(text, name=name, first_line=first_line, numbers=NUMBERS_IN)
        )

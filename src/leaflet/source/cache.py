"""Cache of the sources read last, for callers that read one several times, such as a batch with many rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from markdown_it import MarkdownIt

from leaflet.files import LocatedData, load_yaml
from leaflet.source.markdown import make_parser, parse
from leaflet.source.parsed import Parsed

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
MOST = 8
"""The number of texts in the cache; a batch reads one source in a few languages."""
NUMBERS_IN = frozenset({"references"})


class _Recent(Generic[K, V]):
    """Cache of the values that were used last, by their keys."""

    def __init__(self) -> None:
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of ``key``, made where it is not in the cache."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            value = self._values.setdefault(key, value)
            while len(self._values) > MOST:
                self._values.popitem(last=False)
        return value


class SourceCache:
    """Cache of parsers by language, and of the tokens and front matter of the sources read last.

    Threads may share one.
    """

    def __init__(self) -> None:
        self._parsers: _Recent[str, MarkdownIt] = _Recent()
        self._texts: _Recent[tuple[str, str], Parsed] = _Recent()
        self._front_matters: _Recent[tuple[str, str, int], LocatedData] = _Recent()

    def parsed(self, text: str, *, language: str) -> Parsed:
        """Return the tokens of a body, whose lines are counted as they are written."""
        parser = self._parsers.get(language, lambda: make_parser(language))
        return self._texts.get((text, language), lambda: parse(text, parser))

    def front_matter(self, text: str, *, name: str, first_line: int) -> LocatedData:
        """Return the front matter as data, which nobody changes.

        Raises:
            SourceError: it is not YAML, or too large.
        """
        key = (text, name, first_line)
        return self._front_matters.get(
            key, lambda: load_yaml(text, name=name, first_line=first_line, numbers=NUMBERS_IN)
        )

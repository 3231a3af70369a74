"""Lists of words by language, read from ``leaflet/checks/words`` when a rule asks for one.

A list is a text file: lines that begin with ``#`` name its sources; each other line holds a word or phrase, a tab, and
what to write for it. A word that ends in ``*`` has any ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leaflet.files import read_packaged

LANGUAGES = ("de", "en", "es", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Words of one list with what is better, and a pattern that finds all of them."""

    better: dict[str, str]
    pattern: re.Pattern[str] | None

    def advice(self, found: str) -> str:
        """Return what to write for the words ``found``."""
        word = " ".join(found.casefold().replace("’", "'").split())
        if word in self.better:
            return self.better[word]
        stems = (stem for stem in self.better if stem.endswith("*") and word.startswith(stem[:-1]))
        return self.better[max(stems, key=len)]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordLists:
    """The lists that were read so far; each is read once."""

    _lists: dict[tuple[str, str], WordList] = field(default_factory=dict, init=False, repr=False)

    def get(self, name: str, language: str) -> WordList:
        """Return the list ``name`` of ``language``; an empty one where leaflet has none."""
        asked = (name, language)
        if asked not in self._lists:
            self._lists[asked] = _read(name, language)
        return self._lists[asked]


def _read(name: str, language: str) -> WordList:
    if language not in LANGUAGES:
        return WordList(better={}, pattern=None)
    text = read_packaged("leaflet", "checks", "words", f"{name}.{language}.txt").decode()
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    better = {word.casefold(): advice for word, advice in rows}
    if not better:
        return WordList(better={}, pattern=None)
    words = "|".join(_pattern(word) for word in sorted(better, key=len, reverse=True))
    return WordList(better=better, pattern=re.compile(rf"(?<![\w’'-])(?:{words})(?![\w]|[’'-]\w)", re.IGNORECASE))


def _pattern(word: str) -> str:
    stem, star, _ = word.partition("*")
    parts = (re.escape(part).replace("'", "['’]") for part in stem.split())
    return r"\s+".join(parts) + (r"\w*" if star else "")

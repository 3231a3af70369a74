"""Lists of words by language, read from ``leaflet/checks/words`` when a rule asks for one.

A list is a text file: lines that begin with ``#`` name its sources; each other line holds a word or phrase, a tab, and
what to write for it. A word that ends in ``*`` has any ending, also within a phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec import Struct

from leaflet.files import read_packaged

LANGUAGES = ("de", "en", "es", "fr")


class WordList(Struct, frozen=True, kw_only=True):
    """Words of one list with what is better, and a pattern that finds all of them."""

    better: tuple[tuple[re.Pattern[str], str], ...]
    """The words to write for those that a pattern matches; of two patterns the longer is first."""
    pattern: re.Pattern[str] | None

    def advice(self, found: str) -> str:
        """Return what to write for the words ``found``, which ``pattern`` found."""
        return next(advice for words, advice in self.better if words.fullmatch(found))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordLists:
    """The lists that were read so far; each is read once."""

    _lists: dict[tuple[str, str], WordList] = field(default_factory=dict, init=False)

    def get(self, name: str, language: str) -> WordList:
        """Return the list ``name`` of ``language``; an empty one where leaflet has none."""
        asked = (name, language)
        if asked not in self._lists:
            self._lists[asked] = _read(name, language)
        return self._lists[asked]


def _read(name: str, language: str) -> WordList:
    if language not in LANGUAGES:
        return WordList(better=(), pattern=None)
    text = read_packaged("leaflet", "checks", "words", f"{name}.{language}.txt").decode()
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [(_pattern(word), advice) for word, advice in sorted(rows, key=lambda row: len(row[0]), reverse=True)]
    if not found:
        return WordList(better=(), pattern=None)
    words = "|".join(pattern for pattern, _ in found)
    return WordList(
        better=tuple((re.compile(pattern, re.IGNORECASE), advice) for pattern, advice in found),
        pattern=re.compile(rf"(?<![\w’'-])(?:{words})(?![\w]|[’'-]\w)", re.IGNORECASE),
    )


def _pattern(words: str) -> str:
    return r"\s+".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    stem = re.escape(word.removesuffix("*")).replace("'", "['’]")
    return stem + (r"\w*" if word.endswith("*") else "")

"""Locators at the head of a citation's suffix, recognised by pandoc's rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from leaflet.source.locator_terms import locator_terms

NUMBER = r"(?=[^\s,;]*\d)[^\s,;]+"
ROMAN = r"(?=[ivxlcdmIVXLCDM])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
ROMAN_OR_BRACKETED = rf"(?:(?i:{ROMAN})|\((?i:{ROMAN})\))"
WORD = rf"(?:{NUMBER}|{ROMAN_OR_BRACKETED}(?:[–-]{ROMAN_OR_BRACKETED})?(?![\w]))"
PLACES = re.compile(rf"{WORD}(?:(?:\s*[,&]\s*|\s+)(?:{WORD}))*")
PLAIN = re.compile(rf"\d[^\s,;]*(?:(?:\s*[,&]\s*|\s+)(?:{NUMBER}))*")


class Locator(Struct, frozen=True, kw_only=True):
    """A place in a source: its kind in CSL's words, and its number or name."""

    label: str
    value: str


class Terms(Struct, frozen=True, kw_only=True):
    """The locator words of a language, with the kind that each means and a pattern for them."""

    kinds: Mapping[str, str]
    pattern: re.Pattern[str]


def terms(language: str) -> Terms:
    """Return the locator words of ``language`` and of English."""
    kinds = locator_terms(language)
    words = sorted(kinds, key=len, reverse=True)
    written = "|".join(rf"{re.escape(word)}{'' if _is_sign(word) else LETTERS_END}" for word in words)
    return Terms(kinds=kinds, pattern=re.compile(rf"(?P<word>{written})\.?\s*", re.IGNORECASE))


LETTERS_END = r"(?![^\W\d_])"
"""A locator word does not go on with letters: "p" in "p. 3" and in "p3", not in "plain"."""


def _is_sign(word: str) -> bool:
    return not word[-1].isalpha()


def split_locator(suffix: str, words: Terms) -> tuple[Locator | None, str]:
    """Return the locator at the head of a suffix, and the rest of it.

    >>> split_locator(", pp. 33-35 and elsewhere", terms("en"))
    (Locator(label='page', value='33-35'), ' and elsewhere')
    """
    head = re.match(r"\s*,?\s*", suffix)
    start = head.end() if head else 0
    if suffix.startswith("{", start):
        return _explicit(suffix, start, words)
    label, after = _label(suffix, start, words)
    found = (PLACES if label else PLAIN).match(suffix, after)
    if not found:
        return None, suffix
    value = found[0]
    trimmed = value.rstrip(".:!?") if not label or value[-1] in ".:!?" else value
    end = after + len(trimmed)
    return Locator(label=label or "page", value=" ".join(trimmed.split())), suffix[end:]


def _explicit(suffix: str, start: int, words: Terms) -> tuple[Locator | None, str]:
    """Return a locator in braces, which end it; ``{}`` says that there is none."""
    depth = 0
    for index in range(start, len(suffix)):
        depth += {"{": 1, "}": -1}.get(suffix[index], 0)
        if depth == 0:
            inner, rest = suffix[start + 1 : index].strip(), suffix[index + 1 :]
            if not inner:
                return None, suffix[:start] + rest if rest.strip() else ""
            label, after = _label(inner, 0, words)
            return Locator(label=label or "page", value=inner[after:].strip()), rest
    return None, suffix


def _label(text: str, start: int, words: Terms) -> tuple[str | None, int]:
    """Return the locator word at ``start``, longest first, and the position of the number or name after it."""
    found = words.pattern.match(text, start)
    return (words.kinds[found["word"].lower()], found.end()) if found else (None, start)

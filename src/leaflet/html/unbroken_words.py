"""Words that no line may end within, such as ranges of numbers, and words of so many parts that it must."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from leaflet.model.document import CitationReference, HardBreak, Inline, SoftBreak, Text

WORD_BREAK = Markup("<wbr>")
MOST_PARTS = 12
"""Parts of a word with marks of its own, such as raised letters; the time for a line grows with the square of their number."""

_DIGIT = re.compile(r"\d[–− ]")
_TAG = re.compile(r"(<[^>]*>)")
_RANGE = re.compile(r"[\w.,:]{0,8}\d[–−][\w.,:]{0,8}|\b\d[\d.,]* (?:km|m|cm|mm|kg|g|mg|ml|l|h|am|pm|Uhr|%|€|°C)(?!\w)")
"""A range, or a number with its unit."""
_HYPHENATED = re.compile(r"\b[^\W\d_]{1,12}(?:-[^\W\d_]{1,12}){1,2}\b")
"""A name or word of two or three parts."""
_WITH_SIGN = re.compile(
    r"(\bet|§§?|\bpp?\.|\bch\.|\bno\.|\bvol\.|\bS\.|\bRn\.|\bNr\.|\bAbs\.|\bArt\.|\bBd\.|\bKap\.) (?=al\b|[\dIVXLC])"
)
"""A sign or word, and the number behind it; "et al." too."""
_LAST_WORD = re.compile(r"(?:(?<=[\s>])|^)[^\s<>]{1,30}$")
_BRACKETED = re.compile(r"(?:<[^>]*>)*[(\[]")
SHORT = 6
"""In characters: the length of a citation that is tied to its word."""
_WHOLE = r'<span class="unbroken">\g<0></span>'


def unbroken(html: Markup) -> Markup:
    """Return safe ``html`` in which no line ends within a range such as 233–36, nor between a number and its unit."""
    return _marked(html, _RANGE) if _DIGIT.search(html) else html


def unbroken_name(text: str) -> Markup:
    """Return ``text`` in which no line ends within a range, nor at a hyphen within a name."""
    html = escape(text)
    return unbroken(_marked(html, _HYPHENATED) if "-" in html else html)


def unbroken_citation(html: str) -> Markup:
    """Return the safe ``html`` of a citation in which no line ends within a range, "et al." or "p. 3"."""
    parts = _TAG.split(html)
    parts[::2] = [_WITH_SIGN.sub("\\1\u00a0", words) for words in parts[::2]]
    return unbroken(Markup("".join(parts)))  # noqa: S704 - the html was safe, and only blanks are exchanged


def with_tied_citations(nodes: Sequence[Inline], parts: Sequence[Markup]) -> list[Markup]:
    """Return ``parts``, the HTML of ``nodes``, with each short citation tied to the word that it follows."""
    made = list(parts)
    for number, (before, node) in enumerate(pairwise(nodes)):
        if isinstance(node, CitationReference) and isinstance(before, Text):
            made[number : number + 2] = tied(made[number], made[number + 1])
    return made


def tied(words: Markup, citation: Markup) -> tuple[Markup, Markup]:
    """Return safe words and the citation right behind them; a short one such as (2) begins no line."""
    last = _LAST_WORD.search(words)
    if not last or len(citation.striptags()) > SHORT or not _BRACKETED.match(citation):
        return words, citation
    before = words[: last.start()]
    return before + Markup('<span class="unbroken">') + words[last.start() :], citation + Markup("</span>")


def _marked(html: str, pattern: re.Pattern[str]) -> Markup:
    """Return ``html`` with what ``pattern`` finds in its words, never in its tags, marked."""
    parts = _TAG.split(html)
    parts[::2] = [pattern.sub(_WHOLE, words) for words in parts[::2]]
    return Markup("".join(parts))  # noqa: S704 - the html was safe, and only spans are added


def places_to_break(nodes: Sequence[Inline]) -> frozenset[int]:
    """Return before which of ``nodes`` a line may end although no space is there: in words of very many parts."""
    found, parts = [], 0
    for number, node in enumerate(nodes):
        is_parted = isinstance(node, SoftBreak | HardBreak) or (isinstance(node, Text) and " " in node.text)
        parts = 0 if is_parted else parts + 1
        if parts == MOST_PARTS:
            found.append(number)
            parts = 0
    return frozenset(found)

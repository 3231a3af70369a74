"""Words that no line may end within: ranges of numbers, and numbers with the sign or word before them."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_DIGIT = re.compile(r"\d[–− ]")
_TAG = re.compile(r"(<[^>]*>)")
_RANGE = re.compile(r"[\w.,:]{0,8}\d[–−][\w.,:]{0,8}|\b\d[\d.,]* (?:km|m|cm|mm|kg|g|mg|ml|l|am|pm|Uhr|%|€|°C)(?!\w)")
"""A range, or a number with its unit."""
_HYPHENATED = re.compile(r"\b[^\W\d_]{1,12}(?:-[^\W\d_]{1,12}){1,2}\b")
"""A name or word of two or three parts."""
_WITH_SIGN = re.compile(
    r"(\bet|§§?|\bpp?\.|\bch\.|\bno\.|\bvol\.|\bS\.|\bRn\.|\bNr\.|\bAbs\.|\bArt\.|\bBd\.|\bKap\.) (?=al\b|[\dIVXLC])"
)
"""A sign or word, and the number behind it; "et al." too."""
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


def _marked(html: str, pattern: re.Pattern[str]) -> Markup:
    """Return ``html`` with what ``pattern`` finds in its words, never in its tags, marked."""
    parts = _TAG.split(html)
    parts[::2] = [pattern.sub(_WHOLE, words) for words in parts[::2]]
    return Markup("".join(parts))  # noqa: S704 - the html was safe, and only spans are added

"""Identifiers of published things: what form they have and whether their check digits are right."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(r"^\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\.org/)", re.IGNORECASE)


def bare_doi(text: str) -> str:
    """A DOI without the address of a resolver or the word doi in front."""
    return _DOI_PREFIX.sub("", text).strip()


def is_doi(text: str) -> bool:
    """Whether the text has the form of a DOI (ISO 26324): a prefix that opens with 10., a slash and a suffix."""
    return bool(_DOI.fullmatch(text))


def is_isbn(text: str) -> bool:
    """Whether an ISBN of 10 or 13 digits has the right check digit (ISO 2108)."""
    digits = re.sub(r"[\s‐‑–-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum(weight * _value(sign) for weight, sign in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(sign) * (3 if number % 2 else 1) for number, sign in enumerate(digits)) % 10 == 0
    return False


def is_issn(text: str) -> bool:
    """Whether an ISSN has the right check digit (ISO 3297)."""
    digits = re.sub(r"[\s‐‑–-]", "", text).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return False
    return sum(weight * _value(sign) for weight, sign in zip(range(8, 0, -1), digits, strict=True)) % 11 == 0


def _value(sign: str) -> int:
    return 10 if sign == "X" else int(sign)

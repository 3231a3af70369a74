"""The identifiers that other programs make of headings."""

from __future__ import annotations

import re
import unicodedata


def pandoc_identifier(words: str) -> str:
    """Return the identifier that pandoc makes of a heading.

    >>> pandoc_identifier("3. What's new, in brief?")
    'whats-new-in-brief'
    """
    plain = re.sub(r"[^\w\s.-]", "", unicodedata.normalize("NFC", words).lower())
    joined = re.sub(r"\s+", "-", plain.strip())
    return re.sub(r"^[\W\d_]+", "", joined)


def github_identifier(words: str) -> str:
    """Return the identifier that GitHub makes of a heading.

    >>> github_identifier("3. What's new?")
    '3-whats-new'
    """
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", words.lower().strip()))

"""Directions in which languages are written."""

from __future__ import annotations

LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})
"""ISO 15924 codes of scripts that run from right to left."""


def is_right_to_left(tag: str) -> bool:
    """Return whether the language of a BCP 47 tag is written from right to left; a script in the tag decides.

    >>> is_right_to_left("ar-EG"), is_right_to_left("ar-Latn"), is_right_to_left("pa-Arab"), is_right_to_left("cy")
    (True, False, True, False)
    """
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return script in SCRIPTS if script else language in LANGUAGES

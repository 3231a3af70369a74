"""Characters that no text may hold: control signs and halves of surrogate pairs, which no output format can carry."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text without the characters that XML forbids, from which HTML and PDF metadata would break."""
    return _FORBIDDEN.sub("", text)


def clean_data(value: object) -> object:
    """Return plain data with every text so cleaned, since JSON and YAML can spell any character by its number."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_data(key): clean_data(part) for key, part in value.items()}
    return [clean_data(part) for part in value] if isinstance(value, list) else value

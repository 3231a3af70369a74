"""Suggestions for misspelt names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest(name: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> tuple[str, ...]:
    """Return those of ``known`` that ``name`` may be a slip for, the nearest first.

    >>> closest("leter", ["letter", "roll"])
    ('letter',)
    """
    return tuple(get_close_matches(name, sorted(known), n=most, cutoff=cutoff))


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """Return ``did you mean …?`` for a name that is close to a known one, or None."""
    near = closest(name, known)
    return f'did you mean "{near[0]}"?' if near else None

"""Fixed spaces that keep a short last word off a line of its own."""

from __future__ import annotations

SHORT_WORD = 6


def tie_short_last_word(text: str) -> str:
    """Return ``text`` with a short last word tied to the word before it, in texts of three words or more."""
    head, space, last = text.rpartition(" ")
    return f"{head}\u00a0{last}" if space and " " in head and len(last) <= SHORT_WORD else text

"""Text as strings of CSS."""

from __future__ import annotations


def css_string(text: str) -> str:
    """Return ``text`` as a CSS string: everything but plain letters, digits and spaces is written as its number."""
    safe = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):06x} " for char in text)
    return '"' + "".join(safe) + '"'

"""Depth of brackets in a text, found before anything that works recursively reads it."""

from __future__ import annotations

import re

SIGNS = re.compile(r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\.|[\[({]|[\])}]""", re.DOTALL)
"""Comments, strings and escapes of CSS, whose brackets do not count, and brackets."""


def line_too_deep(css: str, deepest: int) -> int | None:
    """Return the line on which brackets in ``css`` are nested more than ``deepest`` levels, or None."""
    depth = 0
    for found in SIGNS.finditer(css):
        sign = found[0]
        if sign in "[({":
            depth += 1
            if depth > deepest:
                return css.count("\n", 0, found.start()) + 1
        elif sign in "])}":
            depth = max(depth - 1, 0)
    return None

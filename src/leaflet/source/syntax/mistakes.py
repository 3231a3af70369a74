"""Mistakes that a syntax rule meets, collected in the parser's environment until their places are known."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from msgspec import Struct

KEY = "mistakes"


class Mistake(Struct, frozen=True, kw_only=True):
    """A mistake in line ``line`` (from 0) of the source. Only one that is an error makes a wrong leaflet."""

    line: int
    message: str
    hint: str
    is_error: bool = False


def report(env: MutableMapping[str, Any], line: int, message: str, hint: str, *, is_error: bool = False) -> None:
    """Add a mistake once: rules may look at the same line more than once."""
    mistake = Mistake(line=line, message=message, hint=hint, is_error=is_error)
    known = env.setdefault(KEY, {})
    known[mistake] = mistake

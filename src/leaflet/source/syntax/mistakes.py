"""Mistakes that a syntax rule meets, kept in the parser's environment until their places are known."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

KEY = "mistakes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong in line ``line`` (from 0) of the source."""

    line: int
    message: str
    hint: str


def report(env: MutableMapping[str, Any], line: int, message: str, hint: str) -> None:
    """Keep a mistake, once: rules may look at the same line more than once."""
    mistake = Mistake(line=line, message=message, hint=hint)
    known = env.setdefault(KEY, {})
    known[mistake] = mistake

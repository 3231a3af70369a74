"""Another function in the place of one of WeasyPrint's, for a while: it has no door for what is done here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def replaced(owner: Any, name: str, other: Callable[[Any], Any]) -> Iterator[None]:
    """While inside, the attribute ``name`` of ``owner`` is what ``other`` makes of it."""
    plain = getattr(owner, name)
    setattr(owner, name, other(plain))
    try:
        yield
    finally:
        setattr(owner, name, plain)

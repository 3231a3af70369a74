"""Replacement of WeasyPrint functions that have no public extension point, in force for the calling thread only.

WeasyPrint keeps its functions in module globals, so there is one lock for the process: whoever lays out or writes with
replacements holds it. A replacement is installed as a dispatcher that asks a context variable. A plain WeasyPrint render
in another thread of the same program therefore runs the original function, also while the lock is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import getattr_static
from threading import RLock
from typing import Any

from msgspec import Struct

weasyprint_lock = RLock()
"""Guards WeasyPrint's module globals; a thread may take it again inside itself."""
_is_inside: ContextVar[bool] = ContextVar("leaflet_weasyprint", default=False)


class Replacement(Struct, frozen=True, kw_only=True):
    """A function, class or property of WeasyPrint's, and what replaces it."""

    owner: object
    """The module or class that holds it."""
    name: str
    make: Callable[[Any], Any]
    """Make the replacement from the original; for a property, the replacement of its getter."""


@contextmanager
def patched(*replacements: Replacement) -> Iterator[None]:
    """Hold the lock and use ``replacements`` in this thread; afterwards everything is as it was."""
    with weasyprint_lock, ExitStack() as restored:
        for replacement in replacements:
            owner, name = replacement.owner, replacement.name
            original = getattr_static(owner, name)
            setattr(owner, name, _dispatcher(original, replacement.make))
            restored.callback(setattr, owner, name, original)
        token = _is_inside.set(True)
        restored.callback(_is_inside.reset, token)
        yield


def _dispatcher(original: Any, make: Callable[[Any], Any]) -> Any:
    """Return a stand-in for ``original`` that calls the replacement in the thread that patched, and only there."""
    if isinstance(original, property):
        getter = original.fget
        assert getter is not None
        return property(_choose(getter, make(getter)))
    return _choose(original, make(original)) if callable(original) else _Choice(original, make(original))


def _choose(original: Callable[..., Any], replacement: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def call(*arguments: Any, **named: Any) -> Any:
        return (replacement if _is_inside.get() else original)(*arguments, **named)

    return call


class _Choice:
    """Stand-in for an object whose attributes are looked up each time, such as a loaded library."""

    def __init__(self, original: object, replacement: object) -> None:
        self._original = original
        self._replacement = replacement

    def __getattr__(self, name: str) -> Any:
        return getattr(self._replacement if _is_inside.get() else self._original, name)

"""Rebuilding of a tree of frozen values in which something changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

T = TypeVar("T")


def with_parts(node: T, change: Callable[[object], object]) -> T:
    """Return ``node`` with each of its parts changed; ``node`` itself where all of them stay."""
    if not isinstance(node, Struct):
        return node
    changes: dict[str, object] = {}
    for name in node.__struct_fields__:
        old = getattr(node, name)
        new = change(old)
        if new is not old:
            changes[name] = new
    return replace(node, **changes) if changes else node


def each(nodes: tuple[object, ...], change: Callable[[object], object]) -> tuple[object, ...]:
    """Return ``nodes`` with each changed; the same tuple where all of them stay."""
    changed = tuple(change(node) for node in nodes)
    same = all(new is old for new, old in zip(changed, nodes, strict=True))
    return nodes if same else changed

"""A document as an outline that people can read: one line per node, with its place."""

from __future__ import annotations

from enum import Enum
from typing import Any

from msgspec import Struct

from leaflet.errors import Location
from leaflet.model.document import Attributes, Numbering, Text


def outline(node: Any, depth: int = 0) -> str:
    """The outline of a node, or of several in a tuple."""
    indent = "  " * depth
    if isinstance(node, tuple):
        return "".join(outline(child, depth) for child in node) or f"{indent}(nothing)\n"
    facts: list[str] = []
    parts: list[tuple[str, Any]] = []
    for name in node.__struct_fields__:
        if isinstance(node, Text) and name == "location":
            continue
        value = getattr(node, name)
        if _is_tree(value):
            parts.append((name, value))
        else:
            facts += _fact(name, value)
    head = f"{indent}{' '.join([type(node).__name__, *facts])}\n"
    if len(parts) == 1:
        return head + outline(parts[0][1], depth + 1)
    return head + "".join(f"{indent} {name}:\n{outline(value, depth + 1)}" for name, value in parts)


def _is_tree(value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(_is_tree(entry) or entry == () for entry in value)
    return isinstance(value, Struct) and not isinstance(value, Location | Attributes)


def _fact(name: str, value: Any) -> list[str]:
    match value:
        case Numbering():
            return [] if value is Numbering.DECIMAL else [f"numbering={value.value}"]
        case Location():
            return [f"@{value.line}:{value.column}"]
        case Attributes():
            return _attributes(value)
        case Enum():
            return [str(value.value)]
        case tuple():
            return [f"{name}={[str(getattr(entry, 'value', entry)) for entry in value]}"] if value else []
        case None | False | "":
            return []
        case True:
            return [name]
        case _:
            return [ascii(value) if name == "text" else f"{name}={value!a}"]


def _attributes(attributes: Attributes) -> list[str]:
    words = [f"#{attributes.id}"] if attributes.id else []
    words += [f".{name}" for name in attributes.classes]
    words += [f"{key}={value!r}" for key, value in attributes.pairs]
    return [f"{{{' '.join(words)}}}"] if words else []

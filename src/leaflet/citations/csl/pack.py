"""Parsed styles and locales as plain JSON text, and back: no more than the tree's own classes can come out of it.

A packed tree is a list of rows. Each row makes one value of scalars and of the values of earlier rows (``[number]``),
so that equal parts of a style are written, and made, once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from leaflet.citations.csl import manual_rules, parse, tree
from leaflet.citations.csl.parse import DependentStyle
from leaflet.citations.csl.tree import CslStyle, LocaleData

Parsed: TypeAlias = CslStyle | DependentStyle | LocaleData

TUPLE, MAPPING = "()", "{}"
CLASSES: Mapping[str, Callable[..., Any]] = {
    name: found
    for module in (tree, manual_rules, parse)
    for name, found in vars(module).items()
    if isinstance(found, type) and found.__module__ == module.__name__ and issubclass(found, Struct | StrEnum)
}


def pack(parsed: Parsed) -> str:
    """Return ``parsed`` as JSON text."""
    packer = _Packer()
    packer.cell(parsed)
    return json.dumps({"shapes": packer.shapes, "rows": packer.rows}, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Parsed:
    """Return the tree that ``pack`` wrote.

    Raises ValueError for any text that is not a packed tree.
    """
    try:
        data = json.loads(text)
        makers = [_maker(*shape) for shape in data["shapes"]]
        made: list[Any] = []
        for shape, *cells in data["rows"]:
            made.append(makers[shape]([made[cell[0]] if type(cell) is list else cell for cell in cells]))
        parsed = made[-1]
    except (KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is not a packed tree: {error}") from None
    if not isinstance(parsed, CslStyle | DependentStyle | LocaleData):
        raise ValueError("this is not a packed style or locale")
    return parsed


class _Packer:
    """Writer of each distinct value into a row of its own, parts before wholes."""

    def __init__(self) -> None:
        self.shapes: list[list[str]] = []
        self.rows: list[list[Any]] = []
        self._shape_numbers: dict[tuple[str, ...], int] = {}
        self._row_numbers: dict[str, int] = {}

    def cell(self, value: Any) -> Any:
        """Return the cell of ``value`` in a row: itself, or the number of the row that makes it."""
        match value:
            case StrEnum():
                return self._row((type(value).__name__,), [value.value])
            case None | str() | int():
                return value
            case tuple():
                return self._row((TUPLE,), [self.cell(part) for part in value])
            case Mapping():
                return self._row((MAPPING,), [self.cell(part) for pair in value.items() for part in pair])
            case _:
                said = [field for field in fields(value) if getattr(value, field.name) != _default(field)]
                shape = (type(value).__name__, *(field.name for field in said))
                return self._row(shape, [self.cell(getattr(value, field.name)) for field in said])

    def _row(self, shape: tuple[str, ...], cells: list[Any]) -> list[int]:
        if shape not in self._shape_numbers:
            self._shape_numbers[shape] = len(self.shapes)
            self.shapes.append(list(shape))
        row = [self._shape_numbers[shape], *cells]
        number = self._row_numbers.setdefault(repr(row), len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return [number]


def _default(field: FieldInfo) -> object:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _maker(kind: str, *names: str) -> Callable[[list[Any]], Any]:
    """Return the function that makes a value of the cells of a row of that shape."""
    if kind == TUPLE:
        return tuple
    if kind == MAPPING:
        return lambda cells: dict(zip(cells[::2], cells[1::2], strict=True))
    made_by = CLASSES[kind]
    if isinstance(made_by, type) and issubclass(made_by, StrEnum):
        return lambda cells: made_by(*cells)
    return lambda cells: made_by(**dict(zip(names, cells, strict=True)))

"""Data of a YAML or TOML file with the place of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from msgspec import Struct, field

from leaflet.errors import Location, Problem

ValuePath: TypeAlias = tuple[str | int, ...]
"""The way to a value in nested data: ``("author", 0, "family")``."""


class LocatedData(Struct, frozen=True, kw_only=True):
    """Plain data (dicts, lists and single values) with the places of its keys and values."""

    data: Any
    keys: Mapping[ValuePath, Location] = field(default_factory=dict)
    values: Mapping[ValuePath, Location] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """Problems with single keys and values; the others can be read all the same."""

    def place(self, path: ValuePath) -> Location | None:
        """Return the place of the value at ``path``, or of the nearest value around it that is known."""
        while path:
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return self.values.get(())

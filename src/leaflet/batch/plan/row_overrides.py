"""Replacement of values in single rows, as a plan asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from leaflet.batch.data.table import Row, RowTable
from leaflet.batch.plan.batch_plan import Override, Plan
from leaflet.errors import Problem


def overridden(table: RowTable, plan: Plan) -> tuple[RowTable, tuple[Problem, ...]]:
    """Return ``table`` with the plan's overrides, of which later ones win, and a problem for each that fits no row."""
    problems = tuple(
        Problem(
            message=f"an [[override]] fits no row: {', '.join(f'{name} = {value}' for name, value in override.match.items())}",
            location=plan.place("override", number),
            hint="check its columns and values, or take it out",
        )
        for number, override in enumerate(plan.overrides)
        if not any(_fits(row, override.match) for row in table.rows)
    )
    columns = dict.fromkeys((*table.columns, *(name for override in plan.overrides for name in override.values)))
    rows = tuple(replace(row, values={**row.values, **_values(row, plan.overrides)}) for row in table.rows)
    return replace(table, columns=tuple(columns), rows=rows), problems


def _values(row: Row, overrides: tuple[Override, ...]) -> Mapping[str, str]:
    return {
        name: value for override in overrides if _fits(row, override.match) for name, value in override.values.items()
    }


def _fits(row: Row, match: Mapping[str, str]) -> bool:
    return all(row.values.get(name) == value for name, value in match.items())

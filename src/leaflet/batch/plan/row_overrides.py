"""Values of single rows that a plan puts in place of those in the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leaflet.batch.data.table import Row, Table
from leaflet.batch.plan.batch_plan import Override, Plan
from leaflet.errors import Problem


def overridden(table: Table, plan: Plan) -> tuple[Table, tuple[Problem, ...]]:
    """``table`` with the plan's overrides, the later before the earlier, and a problem for each that fits no row."""
    idle = [override for override in plan.overrides if not any(_fits(row, override.match) for row in table.rows)]
    problems = tuple(
        Problem(
            message=f"an [[override]] fits no row: {', '.join(f'{name} = {value}' for name, value in override.match.items())}",
            location=plan.places.get("override"),
            hint="check its columns and values, or take it out",
        )
        for override in idle
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

"""Rows of a batch as choices of a tab: each variant of a leaflet by its name, without building the others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import LeafletError, Problem
from leaflet.preview.build_request import TabChoices

MOST_ROWS = 20_000
LONGEST = 200
"""Characters of a row that are shown and searched."""


class BatchRow(Struct, frozen=True, kw_only=True):
    """One variant of a leaflet: its name, the words of its row, and its choices."""

    name: str
    words: str
    choices: TabChoices


def batch_rows(source: Path, data: Path | None) -> tuple[BatchRow, ...]:
    """Return the variants that ``data``, or the plan beside ``source``, makes of it; none where there is neither.

    Raises:
        LeafletError: the plan or its data is wrong.
    """
    from leaflet.batch import PLAN_ENDING, PlanOverrides, expand, plan_for

    if data is None and not source.with_name(f"{source.stem}{PLAN_ENDING}").is_file():
        return ()
    expanded = expand(plan_for(source, PlanOverrides(data=data)))
    return tuple(
        BatchRow(
            name=variant.name,
            words=" · ".join(value for value in variant.values.values() if value)[:LONGEST],
            choices=TabChoices(
                layout=variant.choices.layout,
                style=variant.choices.style,
                csl=variant.choices.csl,
                fit=variant.choices.fit,
                fields=variant.choices.fields,
            ),
        )
        for variant in expanded.variants[:MOST_ROWS]
        if variant.source.resolve() == source.resolve()
    )


def with_row(choices: TabChoices, rows: tuple[BatchRow, ...], name: str) -> TabChoices:
    """Return the choices of the row ``name``, over which a tab's own ``choices`` win.

    Raises:
        LeafletError: there is no such row.
    """
    row = next((row for row in rows if row.name == name), None)
    if row is None:
        raise LeafletError(Problem(message=f'there is no row "{name}" in the data', hint="choose another row"))
    own: Mapping[str, str] = {**row.choices.fields, **choices.fields}
    return replace(
        row.choices,
        layout=choices.layout or row.choices.layout,
        style=choices.style or row.choices.style,
        csl=choices.csl or row.choices.csl,
        fit=choices.fit or row.choices.fit,
        fields=own,
    )

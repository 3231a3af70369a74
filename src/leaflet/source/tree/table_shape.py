"""Shape of tables: widths of columns that are given, and cells that are joined with the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_block.table import escapedSplit
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.document import Attributes, Cell
from leaflet.model.walk import plain_text
from leaflet.source.tree.context import TreeContext

JOINED = "^^"
"""The text of a cell that is joined with the one above it."""
WIDTH = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?")


def with_joined_cells(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return ``rows`` in which a cell takes the place of those below it that hold two carets and nothing else."""
    made = [list(row) for row in rows]
    above: dict[int, int] = {}
    for number, row in enumerate(made):
        for column, cell in enumerate(row):
            if number and plain_text(cell.children).strip() == JOINED:
                owner = above.get(column, number - 1)
                made[owner][column] = replace(made[owner][column], rows=made[owner][column].rows + 1)
                row[column] = Cell(children=(), rows=0)
            else:
                above[column] = number
    return tuple(map(tuple, made))


def given_widths(attributes: Attributes, columns: int, context: TreeContext, place: Location) -> tuple[float, ...]:
    """Return the widths of columns in per cent of the table, from ``widths="40, 30, 30"``; nothing where none are given."""
    text = attributes.get("widths")
    if text is None:
        return ()
    found = [WIDTH.fullmatch(part.strip()) for part in text.split(",")]
    numbers = [float(match[1]) for match in found if match is not None]
    if len(numbers) != len(found) or len(numbers) != columns or not all(numbers):
        hint = f'write {columns} numbers with commas between them: widths="{", ".join(["2", *["1"] * (columns - 1)])}"'
        context.refuse(f'widths: "{text[:40]}" does not say how wide {columns} columns are', place, hint)
        return ()
    return tuple(round(number / sum(numbers) * 100, 2) for number in numbers)


def cells_beyond(line: str, columns: int) -> list[str]:
    """Return the cells of a row of a pipe table beyond the first ``columns``; none where nothing is in them."""
    written = escapedSplit(line.strip().lstrip("> "))
    cells = written[written[0] == "" :] if written else []
    more = cells[columns : len(cells) - (cells[-1] == "")] if cells else []
    return more if any(cell.strip() for cell in more) else []

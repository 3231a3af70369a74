"""Data of a chart: from a CSV file of the workspace, or from the table in its block."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from msgspec import Struct

from leaflet.errors import LeafletError, Location
from leaflet.files import read_text, suggestion
from leaflet.model.chart_data import ChartData, Series
from leaflet.model.document import Table
from leaflet.model.walk import plain_text
from leaflet.source.tree.parts import Parts

MOST_CATEGORIES = 60
NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))|(?<=\d),(?=\d{3}(?:,\d{3})*(?:\.\d+)?(?!\d))")


class WrittenTable(Struct, frozen=True, kw_only=True):
    """Rows of texts with the name of the file that they are from and the line of each, the head first."""

    rows: tuple[tuple[str, ...], ...]
    places: tuple[Location, ...]


def chart_data(parts: Parts) -> ChartData | None:
    """Return the data that a chart names or holds; None, with an error, where they cannot be drawn."""
    name = parts.attributes.get("data")
    table = next((block for block in parts.body if isinstance(block, Table)), None)
    if (name is None) == (table is None):
        hint = 'name a CSV file of the workspace: data="visitors.csv", or write a table in the block'
        parts.refuse("a chart has one source of its data", hint)
        return None
    written = _written(table, parts) if table is not None else _file(name or "", parts)
    return None if written is None else _data(written, parts)


def _written(table: Table, parts: Parts) -> WrittenTable:
    rows = tuple(
        tuple(" ".join(plain_text(cell.children).split()) for cell in row) for row in (table.head, *table.rows)
    )
    return WrittenTable(rows=rows, places=(table.location or parts.location,) * len(rows))


def _file(name: str, parts: Parts) -> WrittenTable | None:
    context = parts.context
    try:
        path = context.workspace.resolve(name, beside=context.folder, asked_at=parts.location)
        if not path.is_file():
            hint = "write its path from the folder of the source"
            parts.refuse(f'there is no file "{name[:60]}" with the data of this chart', hint)
            return None
        shown = context.workspace.name_of(path)
        text = read_text(path, name=shown, inside=context.workspace.roots)
    except LeafletError as error:
        context.problems += error.problems
        return None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=separator)
    rows, places = [], []
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append(tuple(cell.strip() for cell in row))
            places.append(Location(file=shown, line=reader.line_num))
    return WrittenTable(rows=tuple(rows), places=tuple(places))


def _data(written: WrittenTable, parts: Parts) -> ChartData | None:
    if len(written.rows) < 2 or len(written.rows[0]) < 2:
        hint = "write a head, and below it rows with a name and its numbers"
        parts.context.refuse("these data have no rows with numbers", _place(written, 0, parts), hint)
        return None
    if len(written.rows) - 1 > MOST_CATEGORIES:
        message = f"these data have {len(written.rows) - 1} rows, too many for a chart that can be read"
        parts.context.refuse(message, _place(written, 0, parts), f"leave at most {MOST_CATEGORIES}")
        return None
    columns = _columns(written, parts)
    series = [_series(column, written, parts) for column in columns]
    whole = tuple(one for one in series if one is not None)
    if len(whole) != len(columns) or not whole:
        return None
    return ChartData(categories=tuple(row[0] for row in written.rows[1:]), series=whole)


def _columns(written: WrittenTable, parts: Parts) -> Sequence[int]:
    """Return the columns that are drawn: all after the first, or those that ``columns`` names."""
    head = written.rows[0]
    wanted = [name.strip() for name in (parts.attributes.get("columns") or "").split(",") if name.strip()]
    for name in wanted:
        if name not in head[1:]:
            hint = suggestion(name, head[1:]) or f"it can be {', '.join(head[1:])}"
            parts.refuse(f'these data have no column "{name[:40]}"', hint)
    return [head.index(name) for name in wanted if name in head[1:]] if wanted else range(1, len(head))


def _series(column: int, written: WrittenTable, parts: Parts) -> Series | None:
    values, texts = [], []
    for index, row in enumerate(written.rows[1:], start=1):
        text = row[column] if column < len(row) else ""
        value = read_number(text)
        if value is None:
            hint = "write numbers such as 412, 3.5 or 12 %"
            place = _place(written, index, parts)
            parts.context.refuse(f'"{text[:40]}" is not a number that can be drawn', place, hint)
        else:
            values.append(value)
            texts.append(text)
    if len(values) < len(written.rows) - 1:
        return None
    return Series(name=written.rows[0][column], values=tuple(values), texts=tuple(texts))


def _place(written: WrittenTable, index: int, parts: Parts) -> Location:
    return written.places[index] if index < len(written.places) else parts.location


def read_number(text: str) -> float | None:
    """Return the number in a text such as ``1,234``, ``3.5 %`` or ``£12``, or None where there is not just one.

    >>> read_number("1,234"), read_number("3,5 %"), read_number("£12"), read_number("1 to 2")
    (1234.0, 3.5, 12.0, None)
    """
    found = NUMBER.findall(GROUPED.sub("", text))
    return float(found[0].replace("−", "-").replace(",", ".")) if len(found) == 1 else None

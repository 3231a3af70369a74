"""Data in the files of other programs: SQLite databases and Excel workbooks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from itertools import count, islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote as url_quote
from zipfile import ZipFile

from leaflet.batch.data.table import Row, RowTable, as_text, check_cells, check_columns, quoted
from leaflet.errors import LeafletError, Location, Problem, SourceError
from leaflet.files import checked_path, open_file

MOST_ROWS = 250_000
MOST_CELLS = 20_000_000
"""Of a worksheet, empty ones included: a single far cell makes a sheet that large."""
LARGEST_PART = 150_000_000
"""Bytes of a part of a workbook when it is unpacked; a worksheet of the most rows and ten columns has fewer."""
MOST_STEPS = 20_000
"""Of the database's own machine, in ten thousands: some seconds for a view, in which a table of that size is read often."""
LONGEST_CELL = 10_000_000
"""In bytes, of a value of a database."""


def read_sqlite(path: Path, *, name: str, table: str | None, inside: Iterable[Path] | None = None) -> RowTable:
    """Return the rows of a table or view, in the order of the database.

    Raises:
        SourceError: the file is no database, or it is not clear which table is meant.
    """
    try:
        real = checked_path(path, inside=inside)
        with closing(sqlite3.connect(f"file:{url_quote(str(real))}?mode=ro", uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
            steps = count(1)
            database.set_progress_handler(lambda: next(steps) > MOST_STEPS, 10_000)
            return _rows_of(database, name, table)
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
            raise SourceError(_too_much(name, "reading it has no end in sight")) from None
        place = Location(file=name)
        raise SourceError(Problem(message=f"the database cannot be read: {error}", location=place)) from None


def _rows_of(database: sqlite3.Connection, name: str, table: str | None) -> RowTable:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    chosen = _choose([str(row[0]) for row in found], table, "table", name)
    escaped = chosen.replace('"', '""')
    cursor = database.execute(f'SELECT * FROM "{escaped}"')  # noqa: S608 - a name that the database itself gave
    columns = [str(description[0]).strip() for description in cursor.description]
    header = Location(file=f"{name}[{chosen}]")
    rows = [
        Row(
            number=number,
            values={column: as_text(value) for column, value in zip(columns, record, strict=True)},
            place=Location(file=header.file, line=number),
        )
        for number, record in enumerate(islice(cursor, MOST_ROWS + 1), start=1)
    ]
    if len(rows) > MOST_ROWS:
        raise SourceError(_too_much(header.file, f"it has more than {MOST_ROWS:,} rows"))
    return _checked(columns, rows, header)


def _too_much(name: str, message: str) -> Problem:
    hint = "look at the view or table, split it, or save the rows that you mean as CSV UTF-8"
    return Problem(message=message, location=Location(file=name), hint=hint)


def read_workbook(path: Path, *, name: str, sheet: str | None, inside: Iterable[Path] | None = None) -> RowTable:
    """Return the rows of a worksheet below its first line that is not empty, as last calculated.

    Raises:
        LeafletError: the reader of Excel files is not installed.
        SourceError: the file is no workbook, or it is not clear which worksheet is meant.
    """
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        hint = "install it with: pip install 'leaflet-press[xlsx]'; or save the worksheet as CSV UTF-8"
        message = "reading Excel workbooks needs the package openpyxl"
        raise LeafletError(Problem(message=message, location=Location(file=name), hint=hint)) from None
    try:
        with open_file(path, inside=inside) as stream:
            _refuse_bombs(stream, name)
        with (
            open_file(path, inside=inside) as stream,
            closing(load_workbook(stream, read_only=True, data_only=True)) as workbook,
        ):
            chosen = _choose(workbook.sheetnames, sheet, "worksheet", name)
            lines = _lines(workbook[chosen].iter_rows(values_only=True), f"{name}[{chosen}]")
    except LeafletError:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken archive or its XML raises
        message = f"the workbook cannot be read: {type(error).__name__}"
        hint = "open it in your spreadsheet program and save it again as .xlsx, or as CSV UTF-8"
        raise SourceError(Problem(message=message, location=Location(file=name), hint=hint)) from None
    return _worksheet(lines, name, chosen)


def _refuse_bombs(stream: BinaryIO, name: str) -> None:
    """Refuse a workbook with a part that is huge when it is unpacked, by the sizes that unpacking holds to.

    Raises:
        SourceError: there is one.
    """
    with ZipFile(stream) as archive:
        if any(part.file_size > LARGEST_PART for part in archive.infolist()):
            raise SourceError(_too_much(name, f"a part of it has more than {LARGEST_PART // 1_000_000} MB"))


def _lines(found: Iterable[Sequence[object]], name: str) -> list[Sequence[object]]:
    """Return the lines of a worksheet; those without a value are one and the same.

    Raises:
        SourceError: there are too many.
    """
    lines: list[Sequence[object]] = []
    cells = filled = 0
    for line in found:
        cells += len(line) + 1
        has_value = any(cell is not None for cell in line)
        filled += has_value
        lines.append(line if has_value else ())
        if cells > MOST_CELLS or filled > MOST_ROWS:
            raise SourceError(
                _too_much(name, f"it has more than {MOST_ROWS:,} rows, or a cell far away from the others")
            )
    return lines


def _worksheet(lines: Sequence[Sequence[object]], name: str, sheet: str) -> RowTable:
    start = next((number for number, line in enumerate(lines) if any(cell is not None for cell in line)), None)
    if start is None:
        place = Location(file=name)
        hint = "the first line names the columns"
        raise SourceError(Problem(message=f'the worksheet "{sheet}" is empty', location=place, hint=hint))
    columns = [_cell(cell) for cell in lines[start]]
    while columns and not columns[-1]:
        columns.pop()
    header = Location(file=name, line=start + 1)
    rows: list[Row] = []
    for number, line in enumerate(lines[start + 1 :], start=start + 2):
        cells = [_cell(cell) for cell in line[: len(columns)]]
        if any(cells):
            cells += [""] * (len(columns) - len(cells))
            values = dict(zip(columns, cells, strict=True))
            rows.append(Row(number=len(rows) + 1, values=values, place=Location(file=name, line=number)))
    return _checked(columns, rows, header)


def _cell(value: object) -> str:
    match value:
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return as_text(value)


def _choose(names: Sequence[str], wanted: str | None, kind: str, file: str) -> str:
    known = ", ".join(names) or "none"
    if wanted is None:
        if len(names) == 1 or (names and kind == "worksheet"):
            return names[0]
        hint = f"name one with --table; there are: {known}"
        raise SourceError(
            Problem(message=f"it is not clear which {kind} is meant", location=Location(file=file), hint=hint)
        )
    if wanted not in names:
        message = f"there is no {kind} called {quoted(wanted)}"
        raise SourceError(Problem(message=message, location=Location(file=file), hint=f"there are: {known}"))
    return wanted


def _checked(columns: Sequence[str], rows: Iterable[Row], header: Location) -> RowTable:
    found = tuple(rows)
    problems = (*check_columns(columns, header), *check_cells(found))
    return RowTable(columns=tuple(columns), rows=found, header=header, problems=problems)

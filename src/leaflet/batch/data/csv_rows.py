"""CSV and TSV: quoted cells with commas and line ends in them, and the separators that spreadsheets use."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from leaflet.batch.data.table import Row, RowTable, check_cells, check_columns
from leaflet.errors import Location, Problem, SourceError

SEPARATORS = ",;\t|"
"""Spreadsheets write ``;`` where the comma is the decimal sign."""


def read_delimited(text: str, *, name: str, separator: str | None = None) -> RowTable:
    """Return the rows of ``text``. By default, the separator is the one that cuts the header into most columns.

    Raises:
        SourceError: there is no header, or a quoted cell is never closed.
    """
    first = next((line for line in StringIO(text, newline="") if line.strip()), None)
    if first is None:
        hint = "the first line names the columns, for example: id,phone,hours"
        raise SourceError(Problem(message="the file is empty", location=Location(file=name), hint=hint))
    chosen = separator or max(SEPARATORS, key=lambda sign: _cells(first, sign))
    records = _records(text, chosen, name)
    line, header = next(records, (1, [""]))  # only empty cells in quotation marks
    columns = tuple(cell.strip() for cell in header)
    while columns and not columns[-1]:
        columns = columns[:-1]
    place = Location(file=name, line=line)
    problems = list(check_columns(columns, place))
    rows: list[Row] = []
    for line, cells in records:
        here = Location(file=name, line=line)
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(columns):
            problems.append(_ragged(len(cells), len(columns), chosen, here))
            continue
        values = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
        rows.append(Row(number=len(rows) + 1, values=values, place=here))
    return RowTable(columns=columns, rows=tuple(rows), header=place, problems=(*problems, *check_cells(rows)))


def _cells(line: str, sign: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=sign)))
    except (csv.Error, StopIteration):
        return 0


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, with the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(_broken(error, start, name)) from None


def _broken(error: csv.Error, line: int, name: str) -> Problem:
    words = str(error)
    place = Location(file=name, line=line)
    if "unexpected end of data" in words:
        hint = 'close it with " and write a quotation mark within a cell twice: ""'
        return Problem(message="a quoted cell begins here and is never closed", location=place, hint=hint)
    if "expected after" in words:
        hint = 'write a quotation mark within a cell twice: ""'
        return Problem(message="there is text behind the closing quotation mark of a cell", location=place, hint=hint)
    return Problem(message=f"this line cannot be read as cells: {words}", location=place, hint="export the data again")


def _ragged(found: int, wanted: int, separator: str, place: Location) -> Problem:
    sign = {"\t": "tab", ",": "comma", ";": "semicolon"}.get(separator, separator)
    hint = (
        f"put a cell that holds a {sign} in quotation marks"
        if found > wanted
        else "write a separator for each empty cell"
    )
    cells = "1 cell" if found == 1 else f"{found} cells"
    return Problem(message=f"the row has {cells}, the header has {wanted}", location=place, hint=hint)

"""Reader of data files; the ending of a file's name decides its kind."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.batch.data.encoding import decode
from leaflet.batch.data.table import RowTable
from leaflet.errors import Location, Problem, SourceError
from leaflet.files import read_file

LARGEST = 200_000_000
TEXTS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".yaml", ".yml")
DATABASES = (".sqlite", ".sqlite3", ".db")
WORKBOOKS = (".xlsx", ".xlsm")


class DataFile(Struct, frozen=True, kw_only=True):
    """A file with rows; messages call it ``name``."""

    path: Path
    name: str
    inside: tuple[Path, ...] | None = None
    """The folders that it must lie in; None for a file that the user named on the command line."""
    encoding: str | None = None
    table: str | None = None
    """The worksheet of a workbook or the table of a database."""


def read_data(file: DataFile) -> RowTable:
    """Return the rows of ``file``.

    Raises:
        LeafletError: the file cannot be read as data, with the reason.
    """
    kind = file.path.suffix.lower()
    place = Location(file=file.name)
    if file.path.exists() and not file.path.is_file():
        raise SourceError(Problem(message="this is no file", location=place, hint="name a file of rows"))
    if not file.path.is_file():
        near = sorted(path.name for path in file.path.parent.glob("*") if path.suffix.lower() in TEXTS)
        hint = f"in that folder are: {', '.join(near)}" if near else "check the name"
        raise SourceError(Problem(message="there is no such data file", location=place, hint=hint))
    if file.path.stat().st_size > LARGEST:
        hint = "split it, or put it into an SQLite database"
        raise SourceError(Problem(message=f"the file is larger than {LARGEST // 10**6} MB", location=place, hint=hint))
    if kind in DATABASES:
        return _with_rows(_sqlite(file), place)
    if kind in WORKBOOKS:
        return _with_rows(_workbook(file), place)
    if kind not in TEXTS:
        hint = f"it can be {', '.join((*TEXTS, *DATABASES, *WORKBOOKS))}"
        raise SourceError(Problem(message=f'"{kind}" is no kind of data file', location=place, hint=hint))
    text, problems = decode(_content(file), name=file.name, encoding=file.encoding)
    table = _parse(text, kind, file.name)
    return _with_rows(replace(table, problems=(*problems, *table.problems)), place)


def _content(file: DataFile) -> bytes:
    try:
        return read_file(file.path, inside=file.inside, largest=LARGEST)
    except OSError as error:
        message = f"the data cannot be read: {error.strerror}"
        hint = "look at the file and at who may read it"
        raise SourceError(Problem(message=message, location=Location(file=file.name), hint=hint)) from None


def _parse(text: str, kind: str, name: str) -> RowTable:
    from leaflet.batch.data.csv_rows import read_delimited
    from leaflet.batch.data.json_rows import read_json, read_json_lines, read_yaml

    match kind:
        case ".csv":
            return read_delimited(text, name=name)
        case ".tsv" | ".tab":
            return read_delimited(text, name=name, separator="\t")
        case ".json":
            return read_json(text, name=name)
        case ".jsonl" | ".ndjson":
            return read_json_lines(text, name=name)
        case _:
            return read_yaml(text, name=name)


def _sqlite(file: DataFile) -> RowTable:
    from leaflet.batch.data.spreadsheets import read_sqlite

    return read_sqlite(file.path, name=file.name, table=file.table, inside=file.inside)


def _workbook(file: DataFile) -> RowTable:
    from leaflet.batch.data.spreadsheets import read_workbook

    return read_workbook(file.path, name=file.name, sheet=file.table, inside=file.inside)


def _with_rows(table: RowTable, place: Location) -> RowTable:
    if table.rows or table.problems:
        return table
    hint = "add a line below the header for each variant"
    raise SourceError(Problem(message="there are no rows of data", location=place, hint=hint))

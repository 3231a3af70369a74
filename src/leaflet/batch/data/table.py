"""Data for variants: rows of texts under named columns, each with its place in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from leaflet.errors import Location, Problem, Severity

COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
"""A column is named as a field is."""

SPREADSHEET_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
MANGLED_NUMBER = re.compile(r"\d(?:\.\d+)?E\+\d\d+")
"""A long number, such as a phone number, as a spreadsheet shows it in a narrow column."""


class Row(Struct, frozen=True, kw_only=True):
    """One row: texts by column. A missing cell is absent; an empty one is an empty text."""

    number: int
    """Counted from 1, without the header."""
    values: Mapping[str, str]
    place: Location


class RowTable(Struct, frozen=True, kw_only=True):
    """All rows of a data file, with the problems found in it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header: Location
    problems: tuple[Problem, ...] = ()


def check_columns(columns: Sequence[str], header: Location) -> tuple[Problem, ...]:
    """Report what is wrong with the names of columns."""
    problems = []
    for place, column in enumerate(columns, start=1):
        if not column:
            hint = "give the column a name, or delete it"
            problems.append(Problem(message=f"column {place} has no name", location=header, hint=hint))
        elif not COLUMN.fullmatch(column):
            problems.append(
                Problem(
                    message=f"{quoted(column)} cannot be the name of a column",
                    location=header,
                    hint="use the names of fields, such as phone or clinic.phone: letters, digits, dots, - and _",
                )
            )
    for column, count in Counter(columns).items():
        if column and count > 1:
            hint = "keep one of them, or rename the others"
            problems.append(
                Problem(message=f'the column "{column}" is there {count} times', location=header, hint=hint)
            )
    return tuple(problems)


def check_cells(rows: Iterable[Row]) -> tuple[Problem, ...]:
    """Report formula errors, and warn about numbers that a spreadsheet has shortened."""
    problems = []
    for row in rows:
        for column, value in row.values.items():
            if value in SPREADSHEET_ERRORS:
                hint = "mend the formula in the spreadsheet and export again"
                problems.append(
                    Problem(message=f"{column}: {value} is a spreadsheet's error", location=row.place, hint=hint)
                )
            elif MANGLED_NUMBER.fullmatch(value):
                problems.append(
                    Problem(
                        message=f"{column}: {value} looks like a number that a spreadsheet has shortened",
                        location=row.place,
                        hint="format the column as text in the spreadsheet and export again",
                        severity=Severity.WARNING,
                    )
                )
    return tuple(problems)


def as_text(value: object) -> str:
    """Return a single value of JSON, YAML or a database as the text of a field."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case _:
            return str(value).strip()


def flatten(record: Mapping[str, object], place: Location) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return a record's values by dotted name, and a problem for each that is a list."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    pending: list[tuple[str, object]] = [("", record)]
    while pending:
        name, value = pending.pop()
        if isinstance(value, Mapping):
            pending += [(f"{name}.{key}" if name else str(key), entry) for key, entry in reversed(list(value.items()))]
        elif isinstance(value, list):
            hint = "join the list into one text, or give each value a name of its own"
            problems.append(Problem(message=f"{name}: a field is one text, not a list", location=place, hint=hint))
        else:
            values[name] = as_text(value)
    return values, tuple(problems)


def quoted(text: str) -> str:
    """Return ``text`` as a message shows it: on one line and not too long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= 60 else f'"{line[:57]}…"'

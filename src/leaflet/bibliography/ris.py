"""Reader of RIS files, as EndNote, RefWorks, publishers and databases write them.

The format is one tag a line; it is split here and not by a library because every record and every stray line needs
its line number in the message about it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from leaflet.bibliography.ris_item import to_item
from leaflet.bibliography.ris_record import Record
from leaflet.errors import Location, Problem, Severity
from leaflet.model.citation import Reference

_LINE = re.compile(r"\s{0,3}([A-Z][A-Z0-9]) {1,3}-(?: (.*)|\s*)$")


def read_ris(
    text: str, name: str, wanted: Collection[str] | None = None
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return the references of an RIS file and what is wrong with it.

    A record without an ``ID`` gets a key made of its first author and its year.
    """
    problems: list[Problem] = []
    references: dict[str, Reference] = {}
    for record in _records(text.removeprefix("\ufeff"), name, problems):
        location = Location(file=name, line=record.line)
        key = record.first("ID", "LB") or _made_key(record, references)
        if wanted is not None and key not in wanted:
            continue
        item, warnings = to_item(record, key)
        problems += [_warning(f"{key}: {warning}", location) for warning in warnings]
        if key in references:
            problems.append(_warning(f"{key}: this ID was already used; the later record is used", location))
        references[key] = Reference(id=key, item=item, location=location)
    return tuple(references.values()), tuple(problems)


def _warning(message: str, location: Location) -> Problem:
    return Problem(message=message, location=location, severity=Severity.WARNING)


def _records(text: str, name: str, problems: list[Problem]) -> Iterator[Record]:
    """Yield the records of the file. A line without a tag continues the field before it."""
    record: Record | None = None
    strayed = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        match = _LINE.match(line.rstrip())
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag == "TY":
            if record is not None:
                problems.append(_unclosed(record, name))
                yield record
            record, strayed = Record(line=number, kind=value.upper()), False
        elif tag == "ER":
            if record is not None:
                yield record
            record = None
        elif record is None:
            if value and not strayed and not value.isdigit() and not value.endswith("."):
                strayed = True
                problems.append(_stray(number, name))
        elif tag:
            record.values.append((tag, value))
        elif value:
            _carry_on(record, value)
    if record is not None:
        problems.append(_unclosed(record, name))
        yield record


_LISTED = frozenset({"KW", "UR"})
"""Tags that EndNote writes once before several values, each on its line."""


def _carry_on(record: Record, value: str) -> None:
    if record.values:
        tag, before = record.values[-1]
        if tag in _LISTED and before:
            record.values.append((tag, value))
        else:
            record.values[-1] = (tag, f"{before} {value}".strip())


def _unclosed(record: Record, name: str) -> Problem:
    key = record.first("ID") or "a record"
    return _warning(f"{key}: the record does not end with ER", Location(file=name, line=record.line))


def _stray(number: int, name: str) -> Problem:
    return Problem(
        message="this line is outside of any record",
        location=Location(file=name, line=number),
        hint='a record starts with "TY  - JOUR" and ends with "ER  - "',
    )


def _made_key(record: Record, taken: Collection[str]) -> str:
    family = (
        re.sub(r"\W", "", (record.first("AU", "A1", "A2", "ED", "TI", "T1").split(",")[0]).split(" ")[-1]) or "item"
    )
    year = re.search(r"\d{4}", record.first("PY", "Y1", "DA"))
    key = f"{family.lower()}{year[0] if year else ''}"
    marks = ("", *"bcdefghijklmnopqrstuvwxyz")
    return next((key + mark for mark in marks if key + mark not in taken), f"{key}-{record.line}")

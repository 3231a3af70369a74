"""JSON, JSON Lines and YAML as data: a list of records, nested names joined by dots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from leaflet.batch.data.table import Row, RowTable, check_cells, check_columns, flatten
from leaflet.errors import Location, Problem, SourceError

SHAPE = 'write a list of records: [{"id": "hill", "phone": "01632 960 123"}, …]'


def read_json(text: str, *, name: str) -> RowTable:
    """Return the records of a JSON list, or of the only list in a JSON object.

    Raises:
        SourceError: the text is no JSON, or holds no list of records.
    """
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    try:
        whole = decoder.decode(text.strip())
    except json.JSONDecodeError as error:
        skipped = len(text) - len(text.lstrip())
        raise SourceError(_not_json(error, name, text.count("\n", 0, skipped))) from None
    except RecursionError:
        raise SourceError(
            Problem(message="it is nested too deeply", location=Location(file=name), hint=SHAPE)
        ) from None
    if isinstance(whole, dict) and sum(isinstance(value, list) for value in whole.values()) == 1:
        whole = next(value for value in whole.values() if isinstance(value, list))
        return _table(((record, Location(file=name)) for record in whole), name)
    if not isinstance(whole, list):
        raise SourceError(
            Problem(message="there is no list of records", location=Location(file=name, line=1), hint=SHAPE)
        )
    return _table(_elements(text, decoder, name), name)


def read_json_lines(text: str, *, name: str) -> RowTable:
    """Return the JSON record on each line that is not blank.

    Raises:
        SourceError: a line is no JSON.
    """
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    records, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            records.append((decoder.decode(line.strip()), Location(file=name, line=number)))
        except json.JSONDecodeError as error:
            problems.append(_not_json(error, name, number - 1))
        except RecursionError:
            place = Location(file=name, line=number)
            problems.append(Problem(message="it is nested too deeply", location=place, hint=SHAPE))
    if problems:
        raise SourceError(problems)
    return _table(records, name)


def read_yaml(text: str, *, name: str) -> RowTable:
    """Return the records of a YAML list.

    Raises:
        SourceError: the text is no YAML, or holds no list of records.
    """
    from leaflet.files import load_yaml

    located = load_yaml(text, name=name)
    if not isinstance(located.data, list):
        raise SourceError(
            Problem(
                message="there is no list of records",
                location=located.place(()),
                hint="begin each record with - and its first column, for example - id: hill",
            )
        )
    places = (located.place((index,)) or Location(file=name) for index in range(len(located.data)))
    return _table(zip(located.data, places, strict=True), name)


def _elements(text: str, decoder: json.JSONDecoder, name: str) -> Iterator[tuple[object, Location]]:
    """Yield each element of the JSON list ``text``, which is known to be well formed, with its line."""
    position = text.index("[") + 1
    line, counted = 1, 0
    while True:
        while text[position] in " \t\r\n,":
            position += 1
        if text[position] == "]":
            return
        line, counted = line + text.count("\n", counted, position), position
        value, position = decoder.raw_decode(text, position)
        yield value, Location(file=name, line=line)


def _table(records: Iterable[tuple[object, Location]], name: str) -> RowTable:
    rows: list[Row] = []
    problems: list[Problem] = []
    columns: dict[str, None] = {}
    for record, place in records:
        if not isinstance(record, dict):
            problems.append(Problem(message="this record has no names for its values", location=place, hint=SHAPE))
            continue
        values, found = flatten(record, place)
        problems += found
        columns.update(dict.fromkeys(values))
        rows.append(Row(number=len(rows) + 1, values=values, place=place))
    header = rows[0].place if rows else Location(file=name)
    problems = [*check_columns(tuple(columns), header), *problems, *check_cells(rows)]
    return RowTable(columns=tuple(columns), rows=tuple(rows), header=header, problems=tuple(problems))


def _not_json(error: json.JSONDecodeError, name: str, lines_before: int) -> Problem:
    return Problem(
        message=f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
        location=Location(file=name, line=error.lineno + lines_before, column=error.colno),
        hint="check the commas and the quotation marks here and on the line before",
    )

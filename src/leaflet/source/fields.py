"""Fields: values that differ between variants, named in a source as ``{{ clinic.phone }}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import overload

from leaflet.errors import Location, Problem, Severity
from leaflet.files import FIELD_NAME, FIELD_REFERENCE, LocatedData, ValuePath, forbidden, suggestion, without_forbidden


def flatten(
    declared: object, located: LocatedData, base: ValuePath = ("fields",)
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return field values by dotted name, and the problems with them."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    pending: list[tuple[ValuePath, object]] = [(base, declared)] if isinstance(declared, Mapping) else []
    while pending:
        path, value = pending.pop()
        if isinstance(value, Mapping):
            pending += [((*path, key), entry) for key, entry in reversed(tuple(value.items()))]
            continue
        name = ".".join(str(part) for part in path[len(base) :])
        if not re.fullmatch(FIELD_NAME, name):
            hint = "use letters, digits, - and _, beginning with a letter"
            message = f'"{name}" cannot be the name of a field'
            problems.append(Problem(message=message, location=located.place(path), hint=hint))
        elif isinstance(value, list):
            hint = "join the list into one text, or give each value a name of its own"
            message = f'the field "{name}" is a list; a field is one text'
            problems.append(Problem(message=message, location=located.place(path), hint=hint))
        else:
            values[name] = _text(value)
    return values, tuple(problems)


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def overlay(declared: Mapping[str, str], given: Mapping[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return ``declared`` with the values of ``given`` on top, and the problems.

    A warning comes for each that the source does not declare, and an error for each character that none may hold.
    """
    faults = tuple(
        Problem(message=f'the field "{name}": {message}', hint=hint)
        for name, value in given.items()
        for _, message, hint in forbidden(value)
    )
    unknown_names = tuple(
        Problem(
            message=f'the field "{name}" is given but the source does not declare it',
            hint=suggestion(name, declared) or 'declare it under "fields:" in the front matter',
            severity=Severity.WARNING,
        )
        for name in given
        if name not in declared
    )
    sound = {name: without_forbidden(value) for name, value in given.items()}
    return {**declared, **sound}, (*faults, *unknown_names)


@overload
def fill(data: str, values: Mapping[str, str]) -> str: ...
@overload
def fill(data: object, values: Mapping[str, str]) -> object: ...
def fill(data: object, values: Mapping[str, str]) -> object:
    """Return ``data`` with each ``{{ name }}`` of a declared field replaced by its value; other text stays as it is."""
    match data:
        case str():
            return FIELD_REFERENCE.sub(lambda found: values.get(found[1], found[0]), data)
        case dict():
            return {key: fill(value, values) for key, value in data.items()}
        case list():
            return [fill(value, values) for value in data]
        case _:
            return data


def unknown(name: str, known: Iterable[str], place: Location | None) -> Problem:
    """Return the error for a field that the source does not declare."""
    return Problem(
        message=f'there is no field "{name}"',
        location=place,
        hint=suggestion(name, known) or 'declare it under "fields:" in the front matter',
    )

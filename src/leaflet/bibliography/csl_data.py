"""Readers of CSL-JSON and CSL-YAML files, which give each item the line at which it starts."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping

from leaflet.bibliography.csl_items import check_item
from leaflet.bibliography.invalid_characters import clean, clean_data
from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files import load_yaml_items
from leaflet.model.citation import Reference

Read = tuple[tuple[Reference, ...], tuple[Problem, ...]]
_BLANK = re.compile(r"[ \t\r\n,]*")
_LISTS = ("references", "items")
"""Keys under which a file may keep its list: pandoc's and Zotero's."""


def read_csl_json(text: str, name: str, wanted: Collection[str] | None = None) -> Read:
    """Return the items of a CSL-JSON file: a list, one item, or an object with a list of ``references`` or ``items``."""
    text = text.removeprefix("\ufeff")
    problems: list[Problem] = []
    found = list(_json_items(text, name, problems))
    return _references(found, wanted, problems)


def _json_items(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[object, Location]]:
    """Yield each value of the outermost list with its line, up to the first mistake."""
    decoder = json.JSONDecoder()
    at = _BLANK.match(text).end()  # type: ignore[union-attr]
    if text[at : at + 1] == "{" and (opened := re.match(r'\{\s*"(?:references|items)"\s*:\s*(?=\[)', text[at:])):
        at += opened.end()
    if text[at : at + 1] != "[":
        yield from _json_whole(text, name, problems)
        return
    line, counted = 1, 0
    at += 1
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        line, counted = line + text.count("\n", counted, at), at
        if text[at : at + 1] == "]":
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError, ValueError) as error:
            problems.append(_json_problem(error, name, line))
            return
        yield value, Location(file=name, line=line)


def _json_whole(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[object, Location]]:
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        problems.append(_json_problem(error, name, 1))
        return
    listed = (
        next((whole[key] for key in _LISTS if isinstance(whole.get(key), list)), None)
        if isinstance(whole, dict)
        else None
    )
    for value in listed if listed is not None else [whole]:
        yield value, Location(file=name, line=1)


def _json_problem(error: Exception, name: str, line: int) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        reason = error.msg[0].lower() + error.msg[1:]
        return Problem(
            message=f"this is not JSON: {reason}",
            location=Location(file=name, line=error.lineno, column=error.colno),
            hint="look for a missing comma, bracket or quote sign just before this place",
        )
    return Problem(
        message="this JSON is nested too deeply or holds a number too long", location=Location(file=name, line=line)
    )


def read_csl_yaml(text: str, name: str, wanted: Collection[str] | None = None) -> Read:
    """Return the items of a CSL-YAML file: a list, or ``references:`` with a list as pandoc writes it."""
    try:
        items, problems = load_yaml_items(text, name=name, lists=_LISTS)
    except SourceError as error:
        return (), error.problems
    return _references(list(items), wanted, list(problems))


def _references(values: list[tuple[object, Location]], wanted: Collection[str] | None, problems: list[Problem]) -> Read:
    references: dict[str, Reference] = {}
    for value, location in values:
        if not isinstance(value, Mapping):
            problems.append(Problem(message="an item must be a set of fields, with id and type", location=location))
            continue
        key = _id(value.get("id"))
        if key is None:
            problems.append(Problem(message="an item has no id", location=location, hint="give it one: id: smith2020"))
            continue
        if wanted is not None and key not in wanted:
            continue
        item, found = check_item(
            {str(clean_data(name)): clean_data(part) for name, part in value.items()} | {"id": key}, location
        )
        problems += found
        if key in references:
            first = references[key].location
            problems.append(
                Problem(
                    message=f"{key}: this id was already used at line {first.line if first else '?'}; the later item is used",
                    location=location,
                    severity=Severity.WARNING,
                    hint="give one of the two another id",
                )
            )
        references[key] = Reference(id=key, item=item, location=location)
    return tuple(references.values()), tuple(problems)


def _id(value: object) -> str | None:
    if isinstance(value, str) and clean(value).strip():
        return clean(value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None

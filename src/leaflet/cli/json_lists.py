"""Reader of lists of objects in JSON files, each object with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import read_utf8

BETWEEN = re.compile(r"[ \t\r\n,]*")
_NUMBERS = re.compile(r'"(?:\\.|[^"\\])*"|(?P<constant>-?\b(?:NaN|Infinity)\b)|(?P<number>-?\d[\d.eE+-]*)')


def read_list(path: Path, what: str) -> list[tuple[dict[str, object], Location]]:
    """Return the objects of the list in ``path`` with their lines; ``what`` is the word for them in messages.

    Raises:
        LeafletError: the file is not JSON, holds numbers that JSON does not know, or is not a list of objects.
    """
    text = _text(path)
    _refuse_odd_numbers(text, path)
    _decoded(text, path)  # the whole first, so that a comma too many is reported
    is_list = text.lstrip().startswith("[")
    values = list(_values(text, path)) if is_list else []
    found = [(value, place) for value, place in values if isinstance(value, dict)]
    if not is_list or len(found) < len(values):
        _refuse(path, f"a list of {what} is expected", "write [ {…}, {…} ]")
    return found


def refuse_twins(items: list[tuple[dict[str, object], Location]]) -> None:
    """Refuse two items of one id, because a cite could mean either.

    Raises:
        LeafletError: an id comes twice; the message gives both places.
    """
    first: dict[str, Location] = {}
    problems = []
    for item, place in items:
        identifier = str(item.get("id", ""))
        earlier = first.setdefault(identifier, place)
        if identifier and earlier is not place:
            message = f'the id "{identifier}" is taken by the item at line {earlier.line}'
            problems.append(Problem(message=message, location=place, hint="give one of the two another id"))
    if problems:
        raise LeafletError(problems)


def _text(path: Path) -> str:
    try:
        return read_utf8(path, inside=None)
    except UnicodeDecodeError:
        _refuse(path, "this is not UTF-8 text", "save the file as UTF-8")


def _decoded(text: str, path: Path) -> None:
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode()  # finds halves of characters: no output can hold them
    except json.JSONDecodeError as error:
        _refuse(path, f"not JSON: {error.msg}", line=error.lineno, column=error.colno)
    except UnicodeError:
        _refuse(path, "this is not UTF-8 text", "save the file as UTF-8")
    except (RecursionError, ValueError):
        message = "this JSON nests too deeply, or holds a number that is too long"
        _refuse(path, message, "write long numbers as text, in quotation marks")


def _refuse_odd_numbers(text: str, path: Path) -> None:
    """Refuse NaN and Infinity, which Python reads but JSON does not know, and numbers that would become infinite."""
    for match in _NUMBERS.finditer(text):
        if match["constant"] or (match["number"] and _is_infinite(match["number"])):
            before = text[: match.start()]
            column = match.start() - before.rfind("\n")
            hint = "write null, or the value as text in quotation marks"
            _refuse(path, f"{match[0][:20]} is not a number that JSON can hold", hint, before.count("\n") + 1, column)


def _is_infinite(number: str) -> bool:
    try:
        return float(number) in (float("inf"), float("-inf"))
    except ValueError:
        return False


def _values(text: str, path: Path) -> Iterator[tuple[object, Location]]:
    decoder = json.JSONDecoder()
    at, line, counted = text.index("[") + 1, 1, 0
    while True:
        blank = BETWEEN.match(text, at)
        at = blank.end() if blank else at
        if text[at] == "]":
            return
        line, counted = line + text.count("\n", counted, at), at
        value, at = decoder.raw_decode(text, at)
        yield value, Location(file=str(path), line=line)


def _refuse(
    path: Path, message: str, hint: str | None = None, line: int | None = None, column: int | None = None
) -> NoReturn:
    place = Location(file=str(path), line=line, column=column)
    raise LeafletError(Problem(message=message, location=place, hint=hint)) from None

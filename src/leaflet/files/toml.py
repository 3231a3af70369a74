"""TOML as plain data, with the place of every key and value.

``tomllib`` decides what is valid TOML but reports no places, and tomlkit keeps comments and spaces but no line or column
either. So a scanner walks over the text that ``tomllib`` has accepted and notes only where each key and value begins.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from leaflet.errors import Location, Problem, SourceError
from leaflet.files.characters import forbidden
from leaflet.files.located_data import LocatedData, ValuePath

DEEPEST = 30
"""The most tables and lists within each other; as in YAML."""
SMALLEST_WHOLE, LARGEST_WHOLE = -(2**63), 2**63 - 1
"""The whole numbers that every reader of TOML takes."""
ENDLESS_NUMBER = re.compile(r"[0-9_]{4300,}")
"""More digits than Python turns into a number."""

SPACE = re.compile(r"[ \t]*")
SPACE_AND_COMMENTS = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
OTHER_SCALAR = re.compile(r"[^,\]}#\n]+")
CURES = (
    ("overwrite a value", "a key is given twice: keep one of the two"),
    ("declare", "a table is given twice: put its keys together"),
    ("escape", 'write a path with slashes, as in "folder/file.csv", or put the text in single quotes'),
    ("\\\\", 'write a path with slashes, as in "folder/file.csv", or put the text in single quotes'),
    ("nested too deeply", "use fewer levels of brackets within each other"),
)
ANY_CURE = 'write "key = value" with texts in quotes'


def load_toml(text: str, *, name: str) -> LocatedData:
    """Return the TOML document ``text``; messages call its file ``name``.

    Numbers, dates and times are Python's own values. The place of a table is that of its name in its header.

    Raises:
        SourceError: it is not TOML, is nested too deeply, or holds numbers or characters that no file may hold.
    """
    places = _LaterScan(text=text, name=name)
    try:
        data = tomllib.loads(text)
        problems = tuple(_refusals(data, (), places.values))
    except (ValueError, RecursionError) as error:
        raise SourceError(_syntax(error, text, name)) from None
    if problems:
        raise SourceError(problems)
    return LocatedData(data=data, keys=places.keys, values=places.values)


class _TooDeepError(ValueError):
    """Tables or lists are nested too deeply at a place."""

    def __init__(self, place: Location) -> None:
        self.place = place
        super().__init__("it is nested too deeply")


class _LaterScan:
    """The places in a text that is known to be TOML, looked for when the first of them is needed."""

    def __init__(self, *, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self.keys = _Places(lambda: self._scanner.keys)
        self.values = _Places(lambda: self._scanner.values)

    @cached_property
    def _scanner(self) -> _Scanner:
        scanner = _Scanner(text=self._text, name=self._name)
        scanner.document()
        return scanner


class _Places(Mapping[ValuePath, Location]):
    """Places by path, from a scan that has perhaps not been made yet."""

    def __init__(self, found: Callable[[], Mapping[ValuePath, Location]]) -> None:
        self._found = found

    def __getitem__(self, path: ValuePath) -> Location:
        return self._found()[path]

    def __iter__(self) -> Iterator[ValuePath]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


@dataclass(slots=True, kw_only=True)
class _Scanner:
    """Reader of the places in a text that is known to be TOML."""

    text: str
    name: str
    keys: dict[ValuePath, Location] = field(default_factory=dict)
    values: dict[ValuePath, Location] = field(default_factory=dict)
    at: int = 0
    starts: list[int] = field(init=False)
    """The offset at which each line begins."""
    entries: dict[ValuePath, int] = field(default_factory=dict)
    """The number of ``[[tables]]`` so far, by the path of their list."""

    def __post_init__(self) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def document(self) -> None:
        self.values[()] = self.place(0)
        table: ValuePath = ()
        self.skip(SPACE_AND_COMMENTS)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(SPACE_AND_COMMENTS)

    def header(self) -> ValuePath:
        """Return the path of the table that begins here."""
        is_entry = self.text.startswith("[[", self.at)
        self.at += 2 if is_entry else 1
        path: ValuePath = ()
        parts = self.key()
        for number, (part, place) in enumerate(parts, start=1):
            path = self.known((*path, part), place)
            if is_entry and number == len(parts):
                self.entries[path] = self.entries.get(path, 0) + 1
            if path in self.entries:
                path = self.known((*path, self.entries[path] - 1), place)
        self.at += 2 if is_entry else 1
        return path

    def pair(self, table: ValuePath) -> None:
        """Note the places of a key and its value."""
        path = table
        parts = self.key()
        for part, place in parts[:-1]:
            path = self.known((*path, part), place)
        path = (*path, parts[-1][0])
        self.keys[path] = parts[-1][1]
        self.at += 1  # the sign =
        self.skip(SPACE)
        self.value(path)

    def key(self) -> list[tuple[str, Location]]:
        """Return the parts of a dotted key with the place of each, up to the sign behind it."""
        parts: list[tuple[str, Location]] = []
        while True:
            self.skip(SPACE)
            place = self.place(self.at)
            written = self.take(STRING if self.text[self.at] in "\"'" else BARE_KEY)
            name = tomllib.loads(f"key = {written}")["key"] if written[0] in "\"'" else written
            parts.append((name, place))
            self.skip(SPACE)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def value(self, path: ValuePath) -> None:
        self.values[path] = self.place(self.at)
        if len(path) > DEEPEST:
            raise _TooDeepError(self.values[path])
        match self.text[self.at]:
            case "[":
                self.list(path)
            case "{":
                self.inline_table(path)
            case '"' | "'":
                self.take(STRING)
            case _:
                self.take(OTHER_SCALAR)

    def list(self, path: ValuePath) -> None:
        self.next()
        number = 0
        while self.text[self.at] != "]":
            self.value((*path, number))
            number += 1
            self.separator()
        self.at += 1

    def inline_table(self, path: ValuePath) -> None:
        self.next()
        while self.text[self.at] != "}":
            self.pair(path)
            self.separator()
        self.at += 1

    def separator(self) -> None:
        self.skip(SPACE_AND_COMMENTS)
        if self.text[self.at] == ",":
            self.next()

    def next(self) -> None:
        self.at += 1
        self.skip(SPACE_AND_COMMENTS)

    def known(self, path: ValuePath, place: Location) -> ValuePath:
        """Note a table where it is named first, and return its path."""
        if len(path) > DEEPEST:
            raise _TooDeepError(place)
        self.keys.setdefault(path, place)
        self.values.setdefault(path, place)
        return path

    def skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.text, self.at):
            self.at = found.end()

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        assert found, "tomllib has accepted this text"
        self.at = found.end()
        return found[0]

    def place(self, index: int) -> Location:
        line = bisect_right(self.starts, index)
        return Location(file=self.name, line=line, column=index - self.starts[line - 1] + 1)


def _refusals(value: object, path: ValuePath, places: Mapping[ValuePath, Location]) -> Iterator[Problem]:
    """Yield what valid TOML can hold, but no file of leaflet may: huge numbers, and characters written as escapes."""
    if len(path) > DEEPEST:
        raise _TooDeepError(places[path])
    match value:
        case dict():
            for key, entry in value.items():
                yield from _forbidden(key, (*path, key), places)
                yield from _refusals(entry, (*path, key), places)
        case list():
            for index, entry in enumerate(value):
                yield from _refusals(entry, (*path, index), places)
        case str():
            yield from _forbidden(value, path, places)
        case int() if not SMALLEST_WHOLE <= value <= LARGEST_WHOLE:
            yield _too_large(places.get(path))


def _forbidden(text: str, path: ValuePath, places: Mapping[ValuePath, Location]) -> Iterator[Problem]:
    for _, message, hint in forbidden(text):
        yield Problem(message=message, location=places.get(path), hint=hint)


def _too_large(place: Location | None) -> Problem:
    return Problem(
        message="this number is too large",
        location=place,
        hint="write a smaller number, or put what is no number in quotes",
    )


def _syntax(error: Exception, text: str, name: str) -> Problem:
    if isinstance(error, _TooDeepError):
        place = error.place
        return Problem(message=f"this TOML cannot be read: {error}", location=place, hint=_cure(str(error)))
    said = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
    if said.startswith("Exceeds the limit") and (found := ENDLESS_NUMBER.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        return _too_large(Location(file=name, line=line, column=found.start() - text.rfind("\n", 0, found.start())))
    return _located(said, text, name)


def _located(said: str, text: str, name: str) -> Problem:
    """Return what ``tomllib`` says of a text, with the place that it names."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", said)
    line, column = (int(found[1]), int(found[2])) if found else (None, None)
    if "(at end of document)" in said:
        lines = text.rstrip("\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    what = re.sub(r"\s*\(at (line \d|end of).*\)", "", said)
    return Problem(
        message=f"this TOML cannot be read: {what[:1].lower()}{what[1:]}",
        location=Location(file=name, line=line, column=column),
        hint=_cure(what),
    )


def _cure(what: str) -> str:
    return next((cure for sign, cure in CURES if sign in what), ANY_CURE)

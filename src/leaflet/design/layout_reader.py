"""``layout.toml`` read value by value, every mistake collected with its line and its cure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import read_utf8
from leaflet.model.fold import Millimetres
from leaflet.model.paper import SIZES, Orientation, paper_size

LARGEST = 1_000_000
"""In bytes; those that come with leaflet have a few thousand."""


def _member(words: type[StrEnum], word: object) -> Any:
    return next((member for member in words if member.value == word), None)


def _choices(words: Iterable[StrEnum], given: object) -> str:
    names = [member.value for member in words]
    close = get_close_matches(str(given), names, n=1)
    return f'did you mean "{close[0]}"?' if close else f"choose one of {', '.join(names)}"


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(slots=True)
class LayoutReader:
    """One TOML file with the problems found in it so far."""

    name: str
    text: str
    data: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, roots: Sequence[Path], file: str = "layout.toml") -> LayoutReader:
        name = f"{folder.parent.name}/{folder.name}/{file}"
        try:
            text = read_utf8(folder / file, inside=(folder, *roots), largest=LARGEST)
            return cls(name=name, text=text, data=tomllib.loads(text))
        except (OSError, UnicodeDecodeError) as error:
            raise LayoutError(
                Problem(message="the file cannot be read", location=Location(file=name), hint="save it as UTF-8")
            ) from error
        except (ValueError, RecursionError) as error:  # a plain ValueError is a number too long, or a day that is none
            raise LayoutError(_toml_problem(name, error)) from error

    def wrong(self, message: str, *, hint: str, find: str = "") -> None:
        lines = self.text.splitlines()
        line = next((number for number, text in enumerate(lines, start=1) if find and find in text), None)
        self.problems.append(Problem(message=message, location=Location(file=self.name, line=line), hint=hint))

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise LayoutError(self.problems)

    def table(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = data.get(name, {})
        if isinstance(found, dict):
            return found
        self.wrong(f'"{name}" is not a table', hint=f"write [{name}] on a line of its own", find=name)
        return {}

    def known_keys(self, data: Mapping[str, Any], known: Mapping[str, frozenset[str]], where: str = "") -> None:
        for key, value in data.items():
            if key not in known[where]:
                close = get_close_matches(key, sorted(known[where]), n=1)
                hint = f'did you mean "{close[0]}"?' if close else f"known here are {', '.join(sorted(known[where]))}"
                self.wrong(f'"{key}" is not known here', hint=hint, find=key)
            elif key in known and isinstance(value, dict):
                self.known_keys(value, known, key)
            elif key == "panel" and isinstance(value, list):
                for table in value:
                    if isinstance(table, dict):
                        self.known_keys(table, known, key)

    def number(
        self, data: Mapping[str, Any], table: str, key: str, *, default: float | None = None, at_least: float = 0
    ) -> float:
        value = self.table(data, table).get(key, default)
        if is_number(value) and value >= at_least:
            return float(value)
        what = f"[{table}] {key}" if table else key
        said = "is missing" if value is None else f'is "{value}", which is not a number from {at_least:g} up'
        self.wrong(f"{what} {said}", hint=f"write it as a number: {key} = 3", find=key if value is not None else "")
        return float(at_least)

    def choice(self, data: Mapping[str, Any], table: str, key: str, words: type[StrEnum], *, default: Any) -> Any:
        value = self.table(data, table).get(key, default)
        member = _member(words, value)
        if member is not None:
            return member
        self.wrong(f'{key} = "{value}" is not known', hint=_choices(words, value), find=key)
        return default

    def whole(self, data: Mapping[str, Any], table: str, key: str, *, default: int) -> int:
        value = self.table(data, table).get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self.wrong(f'[{table}] {key} is "{value}", which is not a whole number from 1 up', hint=f"{key} = 2", find=key)
        return default

    def size(self, data: Mapping[str, Any], table: str) -> tuple[Millimetres, Millimetres]:
        """Return a paper by its name and how it lies, or by its width and height."""
        values = self.table(data, table)
        orientation = self.choice(data, table, "orientation", Orientation, default=Orientation.PORTRAIT)
        if "size" not in values:
            width, height = (self.number(data, table, key, at_least=1) for key in ("width", "height"))
            return width, height
        if "width" in values or "height" in values:
            self.wrong(
                f"[{table}] has a size, and a width or height as well", hint="keep one of the two", find=f"[{table}]"
            )
        name = values["size"]
        if name in SIZES:
            return paper_size(name, orientation)
        close = get_close_matches(str(name), SIZES, n=1)
        hint = f'did you mean "{close[0]}"?' if close else f"choose one of {', '.join(SIZES)}, or give width and height"
        self.wrong(f'size = "{name}" is not known', hint=hint, find="size")
        return 1.0, 1.0

    def parts(self, table: Mapping[str, Any], key: str, place: int, words: type[StrEnum]) -> tuple[Any, ...]:
        found = []
        for word in table.get(key, ()):
            part = _member(words, word)
            if part is None:
                self.wrong(
                    f'panel {place} names "{word}", which is no part', hint=_choices(words, word), find=str(word)
                )
            else:
                found.append(part)
        return tuple(found)

    def panels(self) -> list[dict[str, Any]]:
        tables = self.data.get("panel")
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            self.wrong(
                "there are no panels", hint="write [[panel]] once for each panel, in reading order", find="panel"
            )
            return []
        for place, table in enumerate(tables, start=1):
            name = table.get("name")
            if not isinstance(name, str) or not name.isidentifier():
                self.wrong(
                    f"panel {place} has no usable name", hint='give it one word of letters: name = "cover"', find="name"
                )
        return tables


def _toml_problem(name: str, error: Exception) -> Problem:
    words = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    message, _, place = words.partition(" (at line ")
    line = place.split(",")[0]
    return Problem(
        message=f"this is not TOML: {message[:1].lower()}{message[1:]}",
        location=Location(file=name, line=int(line) if line.isdecimal() else None),
        hint="see https://toml.io for how to write it",
    )

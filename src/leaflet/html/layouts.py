"""Layouts as folders: ``layout.toml`` read, checked and turned into panels whose widths follow from the fold."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from leaflet.errors import LayoutError, Location, Problem
from leaflet.model.fold import STRIPS, Fold, Margins, Millimetres, Panel, fold_sides, panel_widths, strip_widths
from leaflet.model.layout import FitBounds, Layout


class Part(StrEnum):
    """What a panel can hold."""

    COVER = "cover"
    AT_A_GLANCE = "at-a-glance"
    BODY = "body"
    WRITE_IN = "write-in"
    AUTHOR = "author"
    REFERENCES = "references"
    FURTHER_READING = "further-reading"
    RELATED = "related"
    CITE = "cite"
    END_PLATE = "end-plate"


class Duplex(StrEnum):
    """The edge over which the printer turns the sheet."""

    SHORT_EDGE = "short-edge"
    LONG_EDGE = "long-edge"


TYPE_SIZES: Mapping[str, float] = {
    "body": 10.5,
    "line": 14.0,
    "small": 9.25,
    "fine": 8.25,
    "lead": 12.0,
    "title": 34.0,
    "heading": 16.0,
    "phone": 17.0,
    "subtitle": 14.5,
}
"""Sizes in points that a layout has unless its file says otherwise."""

KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"description", "duplex", "bleed", "ink-limit", "sheet", "fold", "fit", "type", "panel"}),
    "sheet": frozenset({"width", "height"}),
    "fold": frozenset({"kind", "tuck", "gap"}),
    "fit": frozenset({"smallest", "largest", "minimum-points"}),
    "type": frozenset(TYPE_SIZES),
    "panel": frozenset({"name", "margins", "repeats", "holds", "may-hold"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which parts stand on which panel, by panel name, and the type that they are set in."""

    held: Mapping[str, tuple[Part, ...]]
    guests: Mapping[str, tuple[Part, ...]]
    """Parts that a panel takes in where the one that holds them is too full."""
    sizes: Mapping[str, float]
    """Type sizes in points at scale 1; "line" is the distance of lines."""


def load_layout(folder: Path) -> Layout:
    """Read ``folder/layout.toml``.

    Raises:
        LayoutError: everything in it that is not as it should be.
    """
    reader = _Reader.of(folder)
    data = reader.data
    reader.known_keys(data, "")
    width, height = (reader.number(data, "sheet", key, at_least=1) for key in ("width", "height"))
    fold = reader.choice(data, "fold", "kind", Fold, default=Fold.NONE)
    tuck = reader.number(data, "fold", "tuck", default=3.0)
    gap = reader.number(data, "fold", "gap", default=2.0)
    bleed = reader.number({"": data}, "", "bleed", default=3.0)
    ink_limit = reader.number({"": data}, "", "ink-limit", default=300.0, at_least=100)
    duplex = reader.choice({"": data}, "", "duplex", Duplex, default=Duplex.SHORT_EDGE)
    fit = FitBounds(
        smallest=reader.number(data, "fit", "smallest", default=0.85, at_least=0.1),
        largest=reader.number(data, "fit", "largest", default=1.15, at_least=0.1),
        minimum_points=reader.number(data, "fit", "minimum-points", default=9.0),
    )
    tables = reader.panels()
    reader.stop_if_wrong()
    widths = _widths(fold, width, len(tables), reader, tuck=tuck, gap=gap)
    panels = tuple(
        _panel(table, panel_width, height, reader, place)
        for place, (table, panel_width) in enumerate(zip(tables, widths, strict=True), start=1)
    )
    _check_repeats(panels, fold, reader)
    reader.stop_if_wrong()
    return Layout(
        name=folder.name,
        description=str(data.get("description", "")),
        folder=folder,
        fold=fold,
        sheet_width=width,
        sheet_height=height,
        bleed=bleed,
        panels=panels,
        sides=fold_sides(fold, [panel.width for panel in panels]),
        fit=fit,
        duplex=duplex,
        ink_limit=ink_limit,
    )


def load_plan(layout: Layout) -> Plan:
    """What each panel of ``layout`` holds, in the order in which it stands there.

    Raises:
        LayoutError: a part is unknown or placed twice, or the body has no panel.
    """
    reader = _Reader.of(layout.folder)
    held: dict[str, tuple[Part, ...]] = {panel.name: () for panel in layout.panels}
    guests: dict[str, tuple[Part, ...]] = dict(held)
    for place, table in enumerate(reader.panels(), start=1):
        name = str(table["name"])
        for part in reader.parts(table, "holds", place):
            if any(part in parts for parts in held.values()):
                reader.wrong(f'"{part}" is placed twice', hint="name each part in one panel only", find=part)
            held[name] += (part,)
        guests[name] += reader.parts(table, "may-hold", place)
    if not any(Part.BODY in parts for parts in held.values()):
        reader.wrong("no panel holds the body", hint='add "body" to the holds of one panel')
    sizes = {key: reader.number(reader.data, "type", key, default=size) for key, size in TYPE_SIZES.items()}
    reader.stop_if_wrong()
    return Plan(held=held, guests=guests, sizes=sizes)


def _widths(
    fold: Fold, sheet: Millimetres, count: int, reader: _Reader, *, tuck: Millimetres, gap: Millimetres
) -> Sequence[Millimetres]:
    """The widths of ``count`` panels, in reading order."""
    if fold is Fold.NONE:
        return [sheet] * count
    counts = [2 * strips for strips in STRIPS[fold]]
    if count not in counts:
        allowed = " or ".join(map(str, counts))
        article = "an" if fold is Fold.ACCORDION else "a"
        reader.wrong(
            f"{article} {fold} fold has {allowed} panels, not {count}",
            hint="write [[panel]] once for each",
            find="panel",
        )
        reader.stop_if_wrong()
    strips = strip_widths(fold, sheet, count // 2, tuck=tuck, gap=gap)
    if min(strips) <= 0:
        reader.wrong(
            f"the folds leave a panel no width on a sheet of {sheet:g} mm",
            hint="make the tuck or the gap smaller",
            find="[fold]",
        )
        reader.stop_if_wrong()
    return panel_widths(fold, strips)


def _panel(table: Mapping[str, Any], width: Millimetres, height: Millimetres, reader: _Reader, place: int) -> Panel:
    given = table.get("margins")
    margins = [float(value) for value in given if _is_number(value)] if isinstance(given, list) else []
    if len(margins) != 4:
        reader.wrong(
            f"the margins of panel {place} are not four numbers",
            hint="write top, right, bottom and left in millimetres: margins = [14, 9, 12, 11]",
            find="margins",
        )
        margins = [0.0] * 4
    top, right, bottom, left = margins
    if min(margins) < 0 or left + right >= width or top + bottom >= height:
        reader.wrong(
            f"the margins of panel {place} leave no room for text on {width:g} × {height:g} mm",
            hint="make them smaller",
            find="margins",
        )
    return Panel(
        name=str(table["name"]),
        width=width,
        height=height,
        margins=Margins(top=top, right=right, bottom=bottom, left=left),
        repeats=table.get("repeats") is True,
    )


def _check_repeats(panels: Sequence[Panel], fold: Fold, reader: _Reader) -> None:
    repeating = [index for index, panel in enumerate(panels) if panel.repeats]
    if repeating and (fold is not Fold.NONE or repeating != [len(panels) - 1]):
        reader.wrong(
            "only the last panel of a layout without a fold may repeat", hint="take repeats = true out", find="repeats"
        )


def _member(words: type[StrEnum], word: object) -> Any:
    return next((member for member in words if member.value == word), None)


def _choices(words: Iterable[StrEnum], given: object) -> str:
    names = [member.value for member in words]
    close = get_close_matches(str(given), names, n=1)
    return f'did you mean "{close[0]}"?' if close else f"choose one of {', '.join(names)}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(slots=True)
class _Reader:
    """One TOML file with the problems found in it so far."""

    name: str
    text: str
    data: dict[str, Any]
    error: Callable[[list[Problem]], Exception] = LayoutError
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, file: str = "layout.toml") -> _Reader:
        name = f"{folder.parent.name}/{folder.name}/{file}"
        try:
            text = (folder / file).read_text(encoding="utf-8")
            return cls(name=name, text=text, data=tomllib.loads(text))
        except (OSError, UnicodeDecodeError) as error:
            raise LayoutError(
                Problem(message="the file cannot be read", location=Location(file=name), hint="save it as UTF-8")
            ) from error
        except tomllib.TOMLDecodeError as error:
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

    def known_keys(self, data: Mapping[str, Any], where: str) -> None:
        for key, value in data.items():
            if key not in KEYS[where]:
                close = get_close_matches(key, sorted(KEYS[where]), n=1)
                hint = f'did you mean "{close[0]}"?' if close else f"known here are {', '.join(sorted(KEYS[where]))}"
                self.wrong(f'"{key}" is not known here', hint=hint, find=key)
            elif key in KEYS and isinstance(value, dict):
                self.known_keys(value, key)
            elif key == "panel" and isinstance(value, list):
                for table in value:
                    if isinstance(table, dict):
                        self.known_keys(table, key)

    def number(
        self, data: Mapping[str, Any], table: str, key: str, *, default: float | None = None, at_least: float = 0
    ) -> float:
        value = self.table(data, table).get(key, default)
        if _is_number(value) and value >= at_least:
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

    def parts(self, table: Mapping[str, Any], key: str, place: int) -> tuple[Part, ...]:
        found = []
        for word in table.get(key, ()):
            part = _member(Part, word)
            if part is None:
                self.wrong(f'panel {place} names "{word}", which is no part', hint=_choices(Part, word), find=str(word))
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


def _toml_problem(name: str, error: tomllib.TOMLDecodeError) -> Problem:
    message, _, place = str(error).partition(" (at line ")
    line = place.split(",")[0]
    return Problem(
        message=f"this is not TOML: {message[:1].lower()}{message[1:]}",
        location=Location(file=name, line=int(line) if line.isdecimal() else None),
        hint="see https://toml.io for how to write it",
    )

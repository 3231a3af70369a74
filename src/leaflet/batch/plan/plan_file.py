"""Reading a plan: a TOML file, every key of which is known and of the right kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from leaflet.batch.data.read_data import DataFile
from leaflet.batch.data.table import as_text, flatten, quoted
from leaflet.batch.plan.batch_plan import FORMATS, Axis, Empty, Kind, Override, Plan, Rule
from leaflet.errors import LeafletError, Location, Problem, SourceError
from leaflet.files import closest, read_utf8
from leaflet.model.layout import Fit
from leaflet.model.workspace import Workspace
from leaflet.pipeline import OutputIntent, names_a_file

LARGEST = 5_000_000
"""In bytes, of a plan."""

KEYS = (
    "source", "data", "name", "formats", "output", "matrix", "set", "include", "exclude", "override", "where", "rules", "empty",
    "fit", "archive", "attach-source", "press", "ink-limit", "allow-overflow",
)  # fmt: skip
DATA_KEYS = ("file", "encoding", "table")
RULE_KEYS = ("kind", "longest", "empty", "among")
HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"\s*([A-Za-z0-9_.\"'-]+)\s*=")

Word = TypeVar("Word", bound=StrEnum)


def read_plan(path: Path, workspace: Workspace) -> Plan:
    """The plan in the file at ``path``; paths in it start from its folder and stay in the workspace.

    Raises:
        LeafletError: everything in it that is not as it should be.
    """
    name = workspace.name_of(path)
    try:
        text = read_utf8(path, inside=None, largest=LARGEST)
        data = tomllib.loads(text)
    except OSError as error:
        message = f"the plan cannot be read: {error.strerror}"
        raise SourceError(Problem(message=message, location=Location(file=name), hint="check the file")) from None
    except UnicodeDecodeError:
        raise SourceError(
            Problem(message="the plan is not UTF-8 text", location=Location(file=name), hint="save it as UTF-8")
        ) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(_syntax(str(error), name)) from None
    reader = _Reader(file=name, folder=path.parent, workspace=workspace, places=_places(text, name))
    plan = reader.plan(data)
    if reader.problems:
        raise SourceError(reader.problems)
    return plan


@dataclass(slots=True, kw_only=True)
class _Reader:
    """One plan with the problems found in it so far."""

    file: str
    folder: Path
    workspace: Workspace
    places: Mapping[str, Location]
    problems: list[Problem] = field(default_factory=list)

    def plan(self, data: Mapping[str, Any]) -> Plan:
        self.known(data, KEYS, "")
        matrix = self.table(data, "matrix")
        self.known(matrix, tuple(Axis), "matrix")
        rules = {name: self.rule(name, rule) for name, rule in self.nested_rules(self.table(data, "rules"), "")}
        return Plan(
            workspace=self.workspace,
            sources=self.sources(data),
            output=self.output(data),
            data=self.data(data.get("data")),
            name=self.text(data, "name"),
            formats=self.formats(data),
            axes={axis: self.axis(axis, matrix) for axis in Axis if axis in matrix},
            fields=self.flat(self.table(data, "set"), "set"),
            include=self.combinations(data, "include"),
            exclude=self.combinations(data, "exclude"),
            overrides=self.overrides(data),
            where=self.texts(data.get("where", []), "where"),
            rules=rules,
            empty=self.word(data.get("empty", Empty.REFUSE), Empty, "empty"),
            fit=self.word(data["fit"], Fit, "fit") if "fit" in data else None,
            finish=self.finish(data),
            allow_overflow=self.flag(data, "allow-overflow"),
            places=self.places,
        )

    def sources(self, data: Mapping[str, Any]) -> tuple[Path, ...]:
        names = self.texts(data.get("source", []), "source")
        if not names:
            self.wrong("the plan names no source", "", 'write source = "source/my-leaflet.md"')
        found = []
        for name in names:
            path = self.path(name, "source")
            if path is None:
                continue
            if path.is_file():
                found.append(path)
            else:
                near = closest(path.name, [other.name for other in path.parent.glob("*.md")])
                hint = f'did you mean "{near[0]}"?' if near else "write its path from the folder of the plan"
                self.wrong(f"there is no source {quoted(name)}", "source", hint)
        return tuple(found)

    def output(self, data: Mapping[str, Any]) -> Path:
        name = self.text(data, "output")
        path = self.path(name, "output") if name else None
        if path is not None and path.exists() and not path.is_dir():
            self.wrong(f"{quoted(str(name))} is a file, not a folder", "output", 'write output = "output/clinics"')
        return path or self.workspace.root / "output"

    def data(self, given: Any) -> DataFile | None:
        if given is None:
            return None
        parts = given if isinstance(given, dict) else {"file": given}
        self.known(parts, DATA_KEYS, "data")
        file = self.text(parts, "file", "data.file" if isinstance(given, dict) else "data")
        if file is None:
            self.wrong("[data] names no file", "data", 'write data = "clinics.csv"')
            return None
        path = self.path(file, "data")
        return (
            None
            if path is None
            else DataFile(
                path=path,
                name=self.workspace.name_of(path),
                inside=self.workspace.roots,
                encoding=self.text(parts, "encoding", "data.encoding"),
                table=self.text(parts, "table", "data.table"),
            )
        )

    def formats(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        names = self.texts(data.get("formats", list(FORMATS)), "formats")
        for name in names:
            if name not in FORMATS:
                self.wrong(f"{quoted(name)} is no format", "formats", _choices(name, FORMATS))
        if not names:
            self.wrong(
                "there are no formats, so there is nothing to build", "formats", f"choose from {', '.join(FORMATS)}"
            )
        return tuple(dict.fromkeys(names))

    def finish(self, data: Mapping[str, Any]) -> OutputIntent:
        press, limit = self.text(data, "press"), data.get("ink-limit")
        if limit is not None and (type(limit) not in (int, float) or not 100 <= limit <= 400):
            self.wrong("ink-limit is not a number from 100 to 400", "ink-limit", "for example ink-limit = 280")
            limit = None
        return OutputIntent(
            archive=self.flag(data, "archive"),
            attach_source=self.flag(data, "attach-source"),
            press=self.path(press, "press") if press else None,
            ink_limit=limit,
        )

    def axis(self, axis: Axis, matrix: Mapping[str, Any]) -> tuple[str, ...]:
        key = f"matrix.{axis}"
        names = self.texts(matrix[axis], key)
        if not names:
            self.wrong(f"{key} is empty, so there is nothing to build", key, "name one or more, or take the key out")
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.wrong(f"{key} names {quoted(name)} twice", key, "keep one")
        if axis is Axis.CSL:
            return tuple(self.citation_style(name, key) for name in names)
        return names

    def citation_style(self, name: str, key: str) -> str:
        """A citation style as the plan names it; a file must lie in the workspace."""
        return str(self.path(name, key) or name) if names_a_file(name) else name

    def combinations(self, data: Mapping[str, Any], key: str) -> tuple[Mapping[str, str], ...]:
        given = data.get(key, [])
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            self.wrong(f"{key} is not a list of tables", key, f"begin each with a line [[{key}]]")
            return ()
        if key == "exclude" and {} in given:
            self.wrong("an empty [[exclude]] would leave out everything", key, "say what to leave out")
        return tuple(self.with_style(self.flat(entry, key), key) for entry in given)

    def with_style(self, entry: dict[str, str], key: str) -> dict[str, str]:
        if key == "include" and Axis.CSL in entry:
            return {**entry, Axis.CSL: self.citation_style(entry[Axis.CSL], key)}
        return entry

    def overrides(self, data: Mapping[str, Any]) -> tuple[Override, ...]:
        given = data.get("override", [])
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            self.wrong("override is not a list of tables", "override", "begin each with a line [[override]]")
            return ()
        found = []
        for entry in given:
            match = self.flat({key: value for key, value in entry.items() if key != "set"}, "override")
            values = self.flat(self.table(entry, "set"), "override")
            if not match or not values:
                hint = 'write which rows and what: [[override]], id = "hill", set = {"clinic.phone" = "01632 960 009"}'
                self.wrong("an [[override]] says for which rows, and sets something", "override", hint)
            found.append(Override(match=match, values=values))
        return tuple(found)

    def nested_rules(self, table: Mapping[str, Any], name: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Rules by dotted name, whether they stand under ``[rules.clinic.phone]`` or ``[rules."clinic.phone"]``."""
        for key, value in table.items():
            dotted = f"{name}.{key}" if name else key
            if not isinstance(value, dict):
                self.wrong(
                    f'"{dotted}" is not known in [rules]', f"rules.{dotted}", f"a rule has {', '.join(RULE_KEYS)}"
                )
            elif value and all(isinstance(inner, dict) for inner in value.values()):
                yield from self.nested_rules(value, dotted)
            else:
                yield dotted, value

    def rule(self, name: str, given: Mapping[str, Any]) -> Rule:
        where = f"rules.{name}"
        self.known(given, RULE_KEYS, where)
        longest = given.get("longest")
        if longest is not None and (not isinstance(longest, int) or isinstance(longest, bool) or longest < 1):
            self.wrong(f"{where}: longest is not a whole number from 1 up", where, "for example longest = 40")
            longest = None
        return Rule(
            kind=self.word(given.get("kind", Kind.TEXT), Kind, where),
            longest=longest,
            empty=self.word(given["empty"], Empty, where) if "empty" in given else None,
            among=self.texts(given.get("among", []), where),
        )

    def word(self, given: Any, words: type[Word], key: str) -> Word:
        found = next((word for word in words if word.value == given), None)
        if found is None:
            names = tuple(word.value for word in words)
            self.wrong(f"{key}: {quoted(str(given))} is not known here", key, _choices(str(given), names))
        return found or next(iter(words))

    def text(self, data: Mapping[str, Any], key: str, shown: str = "") -> str | None:
        value = data.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.wrong(f"{shown or key} is not a text", shown or key, f'write {key} = "…"')
        return None

    def flag(self, data: Mapping[str, Any], key: str) -> bool:
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.wrong(f"{key} is neither true nor false", key, f"write {key} = true, without quotes")
        return value is True

    def texts(self, value: Any, key: str) -> tuple[str, ...]:
        found = [value] if isinstance(value, str) else value
        if isinstance(found, list) and all(isinstance(entry, str) and entry.strip() for entry in found):
            return tuple(found)
        self.wrong(f"{key} is not a list of texts", key, f'write {key.rpartition(".")[2]} = ["one", "another"]')
        return ()

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = data.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(f"{key} is not a table", key, f"write [{key}] on a line of its own")
        return {}

    def flat(self, table: Mapping[str, Any], key: str) -> dict[str, str]:
        plain = {name: value if isinstance(value, dict | list) else as_text(value) for name, value in table.items()}
        values, problems = flatten(plain, self.places.get(key, Location(file=self.file)))
        self.problems += problems
        return values

    def path(self, name: str, key: str) -> Path | None:
        try:
            return self.workspace.resolve(name, beside=self.folder, asked_at=self.places.get(key))
        except LeafletError as error:
            self.problems += error.problems
        except (OSError, ValueError, RuntimeError):
            self.wrong(f"{quoted(name)} is not a path", key, "write it as in source/my-leaflet.md")
        return None

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in keys:
                dotted = f"{where}.{key}" if where else key
                self.wrong(f'"{dotted}" is not a key of a plan', dotted, _choices(key, keys))

    def wrong(self, message: str, key: str, hint: str) -> None:
        place = self.places.get(key) or self.places.get(key.partition(".")[0]) or Location(file=self.file)
        self.problems.append(Problem(message=message, location=place, hint=hint))


def _choices(given: str, words: Iterable[str]) -> str:
    names = [str(word) for word in words]
    near = closest(given, names)
    return f'did you mean "{near[0]}"?' if near else f"it can be {', '.join(names)}"


def _places(text: str, name: str) -> dict[str, Location]:
    """Where each key stands: TOML is line by line but for long texts and lists, whose inner lines hold no keys here."""
    places: dict[str, Location] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            table = re.sub(r"[\"'\s]", "", header[1])
            places.setdefault(table, Location(file=name, line=number))
        elif key:
            own = re.sub(r"[\"']", "", key[1])
            places.setdefault(f"{table}.{own}" if table else own, Location(file=name, line=number))
    return places


def _syntax(message: str, name: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (None, None)
    what = re.sub(r"\s*\(at .*\)", "", message)
    return Problem(
        message=f"this TOML cannot be read: {what[:1].lower()}{what[1:]}",
        location=Location(file=name, line=line, column=column),
        hint='write "key = value" with texts in quotes',
    )

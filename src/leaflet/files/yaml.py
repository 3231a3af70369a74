"""YAML as plain data, with the place of every key and value; no tags, no bombs, no key twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files.characters import forbidden, without_forbidden

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in nested data: ``("author", 0, "family")``."""

MOST_VALUES = 20_000
DEEPEST = 30
CORE_TAGS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge"})
TAG_PREFIX = "tag:yaml.org,2002:"

HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Plain data (dicts, lists, texts, booleans, None) with the places of its keys and values.

    Numbers and dates stay the text that was typed, except under the keys named in ``numbers``.
    """

    data: Any
    keys: Mapping[Path, Location] = field(default_factory=dict)
    values: Mapping[Path, Location] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """What is wrong with single keys and values; the others can be read all the same."""

    def place(self, path: Path) -> Location | None:
        """The place of the value at ``path``, or of the nearest value around it that is known."""
        while path:
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return self.values.get(())


def load(text: str, *, name: str, first_line: int = 1, numbers: frozenset[str] = frozenset()) -> Located:
    """Read one YAML document that starts at line ``first_line`` of the file ``name``.

    ``numbers`` names the top-level keys under which whole numbers become ``int``.

    Raises:
        SourceError: it is not YAML, or too large.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # YAML 1.2 allows it, and nobody reads Python's warnings
    try:
        node = yaml.compose(text)
    except ReaderError as error:
        raise SourceError(_unreadable(text, error, name, first_line)) from None
    except MarkedYAMLError as error:
        raise SourceError(_syntax(error, name, first_line)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        place = Location(file=name, line=first_line)
        raise SourceError(Problem(message=f"this YAML cannot be read: {what}", location=place)) from None
    if node is None:
        return Located(data={}, values={(): Location(file=name, line=first_line)})
    reader = _Reader(name=name, first_line=first_line, numbers=numbers)
    data = reader.value(node, ())
    if reader.count < 0:
        raise SourceError(reader.problems)
    return Located(data=data, keys=reader.keys, values=reader.values, problems=tuple(reader.problems))


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Turns YAML's node graph into data, counting as it goes so that aliases cannot multiply it."""

    name: str
    first_line: int
    numbers: frozenset[str]
    keys: dict[Path, Location] = field(default_factory=dict)
    values: dict[Path, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def value(self, node: Node, path: Path) -> Any:
        place = self.place(node)
        self.values[path] = place
        self.count += 1
        if self.count > MOST_VALUES or len(path) > DEEPEST:
            if self.count != 0:
                message = "this YAML is too large: its values repeat or nest too often"
                self.refuse(message, place, "write the values out, without & and *")
            self.count = -(10**9)
            return None
        if self.count < 0:
            return None
        kind = str(node.tag or "").removeprefix(TAG_PREFIX)
        if kind not in CORE_TAGS:
            local = str(node.tag).startswith("!")  # R's "!expr": the value is left out, and nothing is run
            self.refuse(
                f'the tag "{_shown(str(node.tag).replace(TAG_PREFIX, "!!"))}" is not read here',
                place,
                "leave the tag out",
                Severity.WARNING if local else Severity.ERROR,
            )
            return None
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)  # the last of YAML's three kinds
        return self.scalar(node, kind, path)

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self.place(key_node)
            if not isinstance(key_node, ScalarNode):
                self.refuse("a key must be one word, not a list or a mapping", place, 'write "key: value"')
                continue
            key = str(key_node.value)
            if key in data:
                first = self.keys[(*path, key)]
                hint = f"keep one of the two; the first is in line {first.line}"
                self.refuse(f'"{_shown(key)}" is given twice', place, hint)
                continue
            self.keys[(*path, key)] = place
            data[key] = self.value(value_node, (*path, key))
        return data

    def scalar(self, node: ScalarNode, kind: str, path: Path) -> Any:
        text = str(node.value)
        if HALF_CHARACTER.search(text):
            hint = "write the character itself, or its whole code such as \\U0001F600"
            self.refuse(
                "half of a character (a surrogate) stands here, which nothing can print", self.place(node), hint
            )
            return HALF_CHARACTER.sub("", text)
        for _, message, hint in forbidden(text):
            self.refuse(message, self.place(node), hint)
            text = without_forbidden(text)
        if node.style in {"'", '"', "|", ">"}:
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int" and path and path[0] in self.numbers and re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", text):
            return int(text)
        return text

    def place(self, node: Node) -> Location:
        mark = node.start_mark
        return Location(file=self.name, line=mark.line + self.first_line, column=mark.column + 1)

    def refuse(self, message: str, place: Location, hint: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(message=message, location=place, hint=hint, severity=severity))


def _syntax(error: MarkedYAMLError, name: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Location(file=name, line=first_line)
    if mark is not None:
        place = Location(file=name, line=mark.line + first_line, column=mark.column + 1)
    what = " ".join(str(error.problem or error.context or "unreadable").split())
    return Problem(message=f"this YAML cannot be read: {what}", location=place, hint=_cure(what))


def _cure(what: str) -> str:
    if "mapping values are not allowed" in what:
        return 'a text that holds a colon needs quotes: title: "Pain: what helps"'
    if "\\t" in what or "tab" in what:
        return "indent with spaces, not tabs"
    if "alias" in what or "anchor" in what:
        return "a text that begins with * or & needs quotes"
    if "escape" in what:
        return "write a path with slashes: folder/file.bib; or put the text in single quotes"
    if "cannot start any token" in what:
        return "a text that begins with @, ` or % needs quotes"
    return "check the quotes, the colons and the indents of this line and the one before"


def _unreadable(text: str, error: ReaderError, name: str, first_line: int) -> Problem:
    before = text[: error.position]
    line = before.count("\n") + first_line
    column = len(before) - before.rfind("\n")
    character = error.character if isinstance(error.character, int) else ord(str(error.character)[0])
    message = f"the character U+{character:04X} is not allowed in YAML"
    return Problem(message=message, location=Location(file=name, line=line, column=column), hint="delete it")


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"

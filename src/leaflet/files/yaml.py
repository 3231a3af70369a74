"""YAML as plain data, with the place of every key and value; no tags, no bombs, no key twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from msgspec import Struct, field
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files.characters import HALF_CHARACTER, forbidden, without_forbidden
from leaflet.files.located_data import LocatedData, ValuePath

MOST_VALUES = 20_000
MOST_OF_AN_ITEM = 200_000
"""Values in an item of a list, with those that its aliases repeat."""
DEEPEST = 30
CORE_TAGS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge"})
TAG_PREFIX = "tag:yaml.org,2002:"


def load_yaml(text: str, *, name: str, first_line: int = 1, numbers: frozenset[str] = frozenset()) -> LocatedData:
    """Read one YAML document that starts at line ``first_line`` of the file ``name``.

    ``numbers`` names the top-level keys under which whole numbers become ``int``.

    Raises:
        SourceError: it is not YAML, or too large.
    """
    nodes = _composed(text, name, first_line, lambda yaml: [yaml.compose(text)])
    if nodes[0] is None:
        return LocatedData(data={}, values={(): Location(file=name, line=first_line)})
    reader = _Reader(name=name, first_line=first_line, numbers=numbers)
    data = reader.value(nodes[0], ())
    if reader.is_too_large:
        raise SourceError(reader.problems)
    return LocatedData(data=data, keys=reader.keys, values=reader.values, problems=tuple(reader.problems))


def load_yaml_items(
    text: str, *, name: str, lists: Collection[str]
) -> tuple[tuple[tuple[object, Location], ...], tuple[Problem, ...]]:
    """Return the items of the list in each document of a file, with the line of each, and what is wrong with them.

    The list may be the value of one of the keys ``lists``. Whole numbers become ``int``, other scalars stay as they are
    spelt, and of a key that is given twice the later value counts.

    Raises:
        SourceError: it is not YAML.
    """
    items: list[tuple[object, Location]] = []
    problems: list[Problem] = []
    for document in _composed(text, name, 1, lambda yaml: list(yaml.compose_all(text))):
        for node in _listed(document, lists):
            reader = _Reader(name=name, first_line=1, numbers=None, most=MOST_OF_AN_ITEM, severity=Severity.WARNING)
            value = reader.value(node, ())
            problems += reader.problems
            if not reader.is_too_large:
                items.append((value, Location(file=name, line=node.start_mark.line + 1)))
    return tuple(items), tuple(problems)


def _composed(text: str, name: str, first_line: int, compose: Callable[[YAML], list[Node | None]]) -> list[Node | None]:
    """Return the top nodes of the documents in ``text``.

    Raises:
        SourceError: it is not YAML.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # YAML 1.2 allows it, and nobody reads Python's warnings
    try:
        return compose(yaml)
    except ReaderError as error:
        raise SourceError(_unreadable(text, error, name, first_line)) from None
    except MarkedYAMLError as error:
        raise SourceError(_syntax(error, name, first_line)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        place = Location(file=name, line=first_line)
        raise SourceError(Problem(message=f"this YAML cannot be read: {what}", location=place)) from None


def _listed(node: Node | None, lists: Collection[str]) -> list[Node]:
    if isinstance(node, SequenceNode):
        return list(node.value)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value in lists and isinstance(value, SequenceNode):
                return list(value.value)
        return [node] if any(key.value == "id" for key, _ in node.value) else []
    return []


class _Reader(Struct, kw_only=True):
    """Reader of YAML's node graph into data, which counts values so that aliases cannot multiply them."""

    name: str
    first_line: int
    numbers: frozenset[str] | None
    """The top-level keys under which whole numbers become ``int``; None for all."""
    most: int = MOST_VALUES
    severity: Severity = Severity.ERROR
    """Of what can be read all the same. As an error, it is left out; with a warning, it is read as it is."""
    keys: dict[ValuePath, Location] = field(default_factory=dict)
    values: dict[ValuePath, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    is_too_large: bool = False

    def value(self, node: Node, path: ValuePath) -> object:
        place = self.place(node)
        self.values[path] = place
        self.count += 1
        if self.is_too_large:
            return None
        if self.count > self.most or len(path) > DEEPEST:
            self.is_too_large = True
            message = "this YAML is too large: its values repeat or nest too often"
            hint = "write the values out, without & and *"
            self.problems.append(Problem(message=message, location=place, hint=hint))
            return None
        kind = str(node.tag or "").removeprefix(TAG_PREFIX)
        if kind not in CORE_TAGS:
            shown = _shown(str(node.tag).replace(TAG_PREFIX, "!!"))
            local = str(node.tag).startswith("!")  # R's "!expr": the value is left out, and nothing is run
            severity = Severity.WARNING if local else self.severity
            self.refuse(f'the tag "{shown}" is not read here', place, "leave the tag out", severity)
            if self.severity is Severity.ERROR:
                return None
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)  # the last of YAML's three kinds
        return self.scalar(node, kind, path)

    def mapping(self, node: MappingNode, path: ValuePath) -> dict[str, object]:
        data: dict[str, object] = {}
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
                if self.severity is Severity.ERROR:
                    continue
            self.keys[(*path, key)] = place
            data[key] = self.value(value_node, (*path, key))
        return data

    def scalar(self, node: ScalarNode, kind: str, path: ValuePath) -> object:
        text = str(node.value)
        if self.severity is Severity.ERROR:
            text = self.printable(text, node)
        if node.style in {"'", '"', "|", ">"}:
            return text
        if kind == "null":
            return None
        if kind == "bool" and text.lower() in {"true", "false"}:
            return text.lower() == "true"
        is_number = self.numbers is None or (bool(path) and path[0] in self.numbers)
        if kind == "int" and is_number and re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", text):
            return int(text)
        return text

    def printable(self, text: str, node: ScalarNode) -> str:
        """Return a text without the characters that no source may hold, each of which is refused."""
        if HALF_CHARACTER.search(text):
            hint = "write the character itself, or its whole code such as \\U0001F600"
            self.refuse("half of a character (a surrogate) is here, which nothing can print", self.place(node), hint)
            return HALF_CHARACTER.sub("", text)
        for _, message, hint in forbidden(text):
            self.refuse(message, self.place(node), hint)
            text = without_forbidden(text)
        return text

    def place(self, node: Node) -> Location:
        mark = node.start_mark
        return Location(file=self.name, line=mark.line + self.first_line, column=mark.column + 1)

    def refuse(self, message: str, place: Location, hint: str, severity: Severity | None = None) -> None:
        self.problems.append(Problem(message=message, location=place, hint=hint, severity=severity or self.severity))


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

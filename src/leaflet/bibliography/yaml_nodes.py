"""Reader of CSL-YAML, which goes node by node so that every item keeps its line and every number its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from leaflet.errors import Location, Problem

DEEPEST = 20
LARGEST = 200_000
"""How many values one item's aliases may grow to: a guard against files made to exhaust memory."""


class _TooLargeError(Exception):
    """Document that nests too deeply, or whose aliases multiply."""


def items_of_yaml(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[object, Location]]:
    """Yield each item of the list with its line, from every document of the file."""
    try:
        documents = list(YAML(typ="safe", pure=True).compose_all(text))
    except (YAMLError, RecursionError, ValueError) as error:
        problems.append(_problem(error, name))
        return
    for document in documents:
        for node in _listed(document):
            location = Location(file=name, line=node.start_mark.line + 1)
            try:
                yield _Builder().value(node, 0), location
            except _TooLargeError:
                problems.append(Problem(message="this item is nested too deeply or grows too large", location=location))


def _problem(error: Exception, name: str) -> Problem:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    reason = error.problem if isinstance(error, MarkedYAMLError) and error.problem else "it is nested too deeply"
    place = Location(file=name, line=mark.line + 1, column=mark.column + 1) if mark else Location(file=name)
    return Problem(
        message=f"this is not YAML: {reason}",
        location=place,
        hint="check the indentation and quote values with a colon",
    )


def _listed(node: Node | None) -> list[Node]:
    if isinstance(node, SequenceNode):
        return list(node.value)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value in ("references", "items") and isinstance(value, SequenceNode):
                return list(value.value)
        return [node] if any(key.value == "id" for key, _ in node.value) else []
    return []


class _Builder:
    """Converter of nodes into plain values: texts as they are spelt, whole numbers and truth values as such."""

    def __init__(self) -> None:
        self.count = 0

    def value(self, node: Node, depth: int) -> object:
        self.count += 1
        if depth > DEEPEST or self.count > LARGEST:
            raise _TooLargeError
        if isinstance(node, MappingNode):
            return {str(key.value): self.value(value, depth + 1) for key, value in node.value}
        if isinstance(node, SequenceNode):
            return [self.value(value, depth + 1) for value in node.value]
        return _scalar(node) if isinstance(node, ScalarNode) else None


def _scalar(node: ScalarNode) -> object:
    text = str(node.value)
    if node.style is not None:
        return text
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,17})", text):
        return int(text)
    plain = {"true": True, "false": False, "null": None, "~": None, "": None}
    return plain.get(text.lower(), text)

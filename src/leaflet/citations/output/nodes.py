"""The output tree: format-free, immutable, and with all that disambiguation, collapsing and punctuation need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from leaflet.citations.csl.tree import Display, Formatting, NameOptions
from leaflet.citations.data.person import PersonName


class Role(StrEnum):
    """Role of a part of the output, for the steps after evaluation."""

    NAMES = "names"
    TITLE = "title"
    NAME_LIST = "name-list"
    NAME = "name"
    DATE = "date"
    YEAR = "year"
    YEAR_SUFFIX = "year-suffix"
    CITATION_NUMBER = "citation-number"
    LOCATOR = "locator"
    PROTECTED = "protected"
    LINK = "link"
    CITE = "cite"
    CITE_AFFIX = "cite-affix"
    TERM = "term"
    MARKUP = "markup"
    UNPRINTED = "unprinted"


SpanData: TypeAlias = str | tuple[str, ...] | PersonName | NameOptions | None
"""The variables that names print, the options of a name list, a person, an address, an id, or typed quotation marks."""


class OutputSpan(NamedTuple):
    """Part of the output.

    Affixes are outside formatting and quotes; the delimiter is between children that print something.
    """

    children: tuple[Node, ...]
    delimiter: str = ""
    prefix: str = ""
    suffix: str = ""
    formatting: Formatting | None = None
    quotes: bool = False
    display: Display | None = None
    role: Role | None = None
    data: SpanData = None


Node: TypeAlias = str | OutputSpan


def plain(node: Node | None) -> str:
    """Return the bare text of ``node`` with affixes and delimiters, for comparing: no rule of punctuation applies."""
    if node is None:
        return ""
    if isinstance(node, str):
        return node
    if len(node.children) == 1:
        text = plain(node.children[0])
    else:
        text = node.delimiter.join(part for part in map(plain, node.children) if part)
    return f"{node.prefix}{text}{node.suffix}" if text else ""


def is_empty(node: Node | None) -> bool:
    """Return whether ``node`` prints nothing."""
    if not node:
        return True
    if isinstance(node, str):
        return False
    for child in node.children:  # noqa: SIM110 - a generator here is half the time of a long list
        if not is_empty(child):
            return False
    return True


def find(node: Node | None, role: Role) -> OutputSpan | None:
    """Return the first part of that role, in reading order."""
    return next(find_all(node, role), None)


def find_all(node: Node | None, role: Role) -> Iterator[OutputSpan]:
    """Yield all parts of that role, in reading order, outermost only."""
    if node is None or isinstance(node, str):
        return
    if node.role is role:
        yield node
        return
    for child in node.children:
        yield from find_all(child, role)


def replace_first(node: Node, role: Role, change: Callable[[OutputSpan], Node]) -> tuple[Node, bool]:
    """Return ``node`` with its first part of that role changed, and whether there was one."""
    if isinstance(node, str):
        return node, False
    if node.role is role:
        return change(node), True
    for index, child in enumerate(node.children):
        changed, found = replace_first(child, role, change)
        if found:
            return node._replace(children=(*node.children[:index], changed, *node.children[index + 1 :])), True
    return node, False


def replace_all(node: Node, role: Role, change: Callable[[OutputSpan], Node]) -> Node:
    """Return ``node`` with every part of that role changed."""
    if isinstance(node, str):
        return node
    if node.role is role:
        return change(node)
    return node._replace(children=tuple(replace_all(child, role, change) for child in node.children))

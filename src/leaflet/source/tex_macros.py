"""Commands of LaTeX that a document defines for its formulas, and formulas with them replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

BODY = r"\{(?P<body>(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*\})*\})*)\}"
DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|DeclareMathOperator|providecommand|renewcommand)(?P<star>\*?)[ \t]*"
    r"\{?\\(?P<name>[A-Za-z]+)\}?[ \t]*(?:\[(?P<count>[1-9])\])?[ \t]*" + BODY,
    re.DOTALL,
)
PLAIN_DEFINITION = re.compile(r"\\def[ \t]*\\(?P<name>[A-Za-z]+)(?P<arguments>(?:#[1-9])*)[ \t]*" + BODY, re.DOTALL)
ARGUMENT = re.compile(
    r"\s*(?:\{(?P<group>(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*)\}|(?P<one>\\[A-Za-z]+|[^\s{}\\]))"
)
DEEPEST = 8
"""Levels of macros within each other."""
LONGEST = 4000
"""Characters of a formula whose macros are still replaced."""


class Macro(Struct, frozen=True, kw_only=True):
    """A command: the number of its arguments, and its definition."""

    count: int
    body: str


def defined_macros(text: str) -> dict[str, Macro]:
    """Return the commands that LaTeX in ``text`` defines, by name."""
    if "\\" not in text or not ("command" in text or "\\def" in text or "Declare" in text):
        return {}
    macros: dict[str, Macro] = {}
    for found in DEFINITION.finditer(text):
        body = rf"\operatorname{{{found['body']}}}" if "Operator" in found[0] else found["body"]
        macros[found["name"]] = Macro(count=int(found["count"] or 0), body=body)
    for found in PLAIN_DEFINITION.finditer(text):
        macros[found["name"]] = Macro(count=found["arguments"].count("#"), body=found["body"])
    return macros


def without_definitions(tex: str) -> str:
    """Return a formula without the definitions of commands in it."""
    return (
        PLAIN_DEFINITION.sub("", DEFINITION.sub("", tex))
        if "command" in tex or "\\def" in tex or "Declare" in tex
        else tex
    )


def definition_end(text: str, start: int) -> int | None:
    """Return where the definition of a command ends that begins at ``start``; None where none does."""
    found = DEFINITION.match(text, start) or PLAIN_DEFINITION.match(text, start)
    return None if found is None else found.end()


def macros_of(front: object) -> dict[str, Macro]:
    """Return the commands that MyST's ``math:`` in the front matter defines."""
    macros: dict[str, Macro] = {}
    for name, value in front.items() if isinstance(front, Mapping) else ():
        body = value.get("macro") if isinstance(value, Mapping) else value
        if isinstance(body, str) and re.fullmatch(r"\\?[A-Za-z]+", str(name)):
            counts = [int(number) for number in re.findall(r"#([1-9])", body)]
            macros[str(name).removeprefix("\\")] = Macro(count=max(counts, default=0), body=body)
    return macros


def without_macros(tex: str, macros: Mapping[str, Macro]) -> str:
    """Return a formula with its macros replaced; one without end stays as it is."""
    if not macros:
        return tex
    names = re.compile(rf"\\(?P<name>{'|'.join(sorted(map(re.escape, macros), key=len, reverse=True))})(?![A-Za-z])")
    for _ in range(DEEPEST):
        found = names.search(tex)
        if found is None or len(tex) > LONGEST:
            return tex
        tex = _replaced_once(tex, names, macros)
    return tex


def _replaced_once(tex: str, names: re.Pattern[str], macros: Mapping[str, Macro]) -> str:
    parts: list[str] = []
    position = 0
    while (found := names.search(tex, position)) is not None:
        macro, end = macros[found["name"]], found.end()
        arguments: list[str] = []
        while len(arguments) < macro.count and (given := ARGUMENT.match(tex, end)) is not None:
            arguments.append(given["group"] if given["group"] is not None else given["one"])
            end = given.end()
        if len(arguments) < macro.count:
            parts.append(tex[position : found.end()])
            position = found.end()
            continue
        body = _filled(macro.body, arguments)
        parts += [tex[position : found.start()], "{", body, "}"]
        position = end
    return "".join(parts) + tex[position:]


def _filled(body: str, arguments: Sequence[str]) -> str:
    """Return the definition of a command with its arguments in their places."""
    parts = re.split(r"#([1-9])", body)
    given = dict(enumerate(arguments, start=1))
    return "".join(given.get(int(part), "") if at % 2 else part for at, part in enumerate(parts))

"""Division of a source into front matter and body; later YAML and pandoc's title block belong to the former."""

from __future__ import annotations

import json
import re

from msgspec import Struct

from leaflet.errors import Location, Problem, SourceError
from leaflet.source.toml_block import FENCE as TOML_FENCE
from leaflet.source.toml_block import toml_as_yaml

FENCE = "---"
ENDS = frozenset({FENCE, "..."})
KEY = re.compile(r"[A-Za-z][\w .-]*:(?:\s|$)")
CODE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Halves(Struct, frozen=True, kw_only=True):
    """A source in two parts: its YAML, the line where that begins, and the line (from 0) where the body begins."""

    yaml: str
    yaml_line: int
    body_line: int
    later: tuple[tuple[int, int], ...] = ()
    """The first line (from 0) of each later block of YAML, with its fences, and the line after it."""


def split(text: str, *, name: str) -> Halves:
    """Cut a source into front matter and body.

    Raises:
        SourceError: the front matter is not closed, or is in TOML and has a mistake.
    """
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        return Halves(yaml="", yaml_line=1, body_line=0)
    if lines[start].startswith("% "):
        return _title_block(lines, start)
    if lines[start].rstrip() == TOML_FENCE:
        close = next((at for at in range(start + 1, len(lines)) if lines[at].rstrip() == TOML_FENCE), None)
        if close is not None:
            yaml = toml_as_yaml(lines[start + 1 : close], start + 2, name=name)
            return Halves(yaml=yaml, yaml_line=start + 2, body_line=close + 1, later=_later(lines, close + 1))
    if lines[start].rstrip() != FENCE:
        return Halves(yaml="", yaml_line=1, body_line=0, later=_later(lines, 0))
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() in ENDS:
            body = number + 1
            yaml = "\n".join(lines[start + 1 : number])
            return Halves(yaml=yaml, yaml_line=start + 2, body_line=body, later=_later(lines, body))
    if start + 1 < len(lines) and not lines[start + 1].strip():
        return Halves(yaml="", yaml_line=1, body_line=0, later=_later(lines, 0))  # a rule across the page
    raise SourceError(
        Problem(
            message="the front matter is opened with --- but never closed",
            location=Location(file=name, line=start + 1, column=1),
            hint="write --- on a line of its own after the last key",
        )
    )


def later_yaml(text: str, halves: Halves) -> list[tuple[str, int]]:
    """Return the later blocks of YAML, each with the line (from 1) of its first key."""
    lines = text.split("\n")
    return [("\n".join(lines[first + 1 : after - 1]), first + 2) for first, after in halves.later]


def _later(lines: list[str], start: int) -> tuple[tuple[int, int], ...]:
    """Yield blocks of YAML within the body: after an empty line, with a key in their first line, and closed."""
    found: list[tuple[int, int]] = []
    code: str | None = None
    number = start
    while number < len(lines):
        line = lines[number]
        fence = CODE.match(line)
        if code is not None:
            code = None if fence and fence[1].startswith(code) else code
        elif fence:
            code = fence[1]
        elif _opens(lines, number):
            close = next((at for at in range(number + 1, len(lines)) if lines[at].rstrip() in ENDS), None)
            if close is not None:
                found.append((number, close + 1))
                number = close
        number += 1
    return tuple(found)


def _opens(lines: list[str], number: int) -> bool:
    if lines[number].rstrip() != FENCE or number + 1 >= len(lines):
        return False
    return (number == 0 or not lines[number - 1].strip()) and bool(KEY.match(lines[number + 1]))


def _title_block(lines: list[str], start: int) -> Halves:
    """Return pandoc's ``% title``, ``% authors`` and ``% date`` as YAML with a line for each."""
    parts: list[str] = []
    number = start
    while number < len(lines) and len(parts) <= 3:
        if lines[number].startswith("%"):
            parts.append(lines[number][1:].strip())
        elif parts and lines[number].startswith(" ") and lines[number].strip():
            parts[-1] += (";" if len(parts) == 2 else " ") + lines[number].strip()
        else:
            break
        number += 1
    title, authors, date = (*parts, "", "", "")[:3]
    people = [author.strip() for author in authors.split(";") if author.strip()]
    yaml = [f"title: {json.dumps(title, ensure_ascii=False)}"]
    yaml += [f"author: {json.dumps(people, ensure_ascii=False)}"] if people else [""]
    yaml += [f"date: {json.dumps(date, ensure_ascii=False)}"] if date else []
    return Halves(yaml="\n".join(yaml), yaml_line=start + 1, body_line=number, later=_later(lines, number))

"""Changes of single keys of the front matter; every other byte stays as its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import StringIO
from typing import TypeAlias

from ruamel.yaml import YAML

FrontMatterValue: TypeAlias = "str | int | float | bool | list[FrontMatterValue] | dict[str, FrontMatterValue] | None"
FENCE = re.compile(r"---[ \t]*")
END = re.compile(r"(?:---|\.\.\.)[ \t]*")
KEY = re.compile(r"""(?P<quote>["']?)(?P<name>[^\s"'#:][^"'#:]*)(?P=quote)[ \t]*:(?=[ \t]|$)""")


def with_keys(text: str, values: Mapping[str, FrontMatterValue]) -> str:
    """Return ``text`` with each key of its front matter at its value; a key whose value is None is taken out."""
    for key, value in values.items():
        text = _with_key(text, key, value)
    return text


def _with_key(text: str, key: str, value: FrontMatterValue) -> str:
    lines = text.split("\n")
    if not FENCE.fullmatch(lines[0]):
        lines = ["---", "---", *([""] if text.strip() else []), *lines]
    end = next((number for number, line in enumerate(lines[1:], 1) if END.fullmatch(line)), None)
    if end is None:
        return text
    start, stop = _lines_of(lines[:end], key) or (end, end)
    written = [] if value is None or value in ("", [], {}) else _as_yaml({key: value})
    return "\n".join([*lines[:start], *written, *lines[stop:]])


def _lines_of(lines: list[str], key: str) -> tuple[int, int] | None:
    """Return from which to which line a key and its value go."""
    start = None
    for number, line in enumerate(lines):
        found = KEY.match(line)
        if number == 0 or not found:
            continue
        if start is not None:
            return start, _without_comments(lines, start, number)
        if _normal(found["name"]) == _normal(key):
            start = number
    return None if start is None else (start, _without_comments(lines, start, len(lines)))


def _without_comments(lines: list[str], start: int, stop: int) -> int:
    """Return ``stop`` before the comments and empty lines that belong to what follows."""
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return stop


def _normal(key: str) -> str:
    return key.strip().lower().replace("_", "-")


def _as_yaml(value: FrontMatterValue) -> list[str]:
    yaml = YAML()
    yaml.width = 100_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().rstrip("\n").split("\n")

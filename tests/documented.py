"""Reads fenced blocks out of the documentation, with the words that follow their language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)(?P=fence)[ ]*$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FencedBlock:
    """One fenced block. ``options`` are the ``key=value`` words behind its language."""

    language: str
    options: dict[str, str]
    body: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def fenced_blocks(path: Path) -> Iterator[FencedBlock]:
    """The fenced blocks of a Markdown file, in order."""
    text = path.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        language, *words = found["info"].split() or [""]
        yield FencedBlock(
            language=language,
            options=dict(word.split("=", 1) for word in words),
            body=found["body"],
            file=path.relative_to(REPOSITORY).as_posix(),
            line=text.count("\n", 0, found.start()) + 1,
        )


def commands(block: FencedBlock) -> list[tuple[str, list[str]]]:
    """The commands of a ``console`` or ``sh`` block, each with the output that is shown below it."""
    if block.language == "sh":
        return [(line, []) for line in block.body.splitlines() if line.strip()]
    shown: list[tuple[str, list[str]]] = []
    for line in block.body.splitlines():
        if line.startswith("$ "):
            shown.append((line.removeprefix("$ "), []))
        elif line.strip():
            shown[-1][1].append(line)
    return shown

"""Plain text for reading aloud and for readers of plain text: no markup, one paragraph to a line."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.model.reading_text import ReadingText
from leaflet.writers.reading_blocks import BlockKind, ReadingBlock, reading_blocks

INDENT = "  "


def plain_text_file(text: ReadingText) -> str:
    """Return ``text`` as lines: headings apart, items with their numbers or signs, rows of tables as lines."""
    lines: list[str] = []
    for block in reading_blocks(text):
        lines += [""] * (_space(block, first=not lines))
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _space(block: ReadingBlock, *, first: bool) -> int:
    """Return the number of empty lines above a block."""
    if first:
        return 0
    match block.kind:
        case BlockKind.HEADING:
            return 2 if block.level == 2 else 1
        case BlockKind.ITEM | BlockKind.ROW:
            return int(block.new)
        case _:
            return 1


def _lines(block: ReadingBlock) -> Iterator[str]:
    if block.kind is BlockKind.CODE:
        yield from block.text.split("\n")
        return
    indent = INDENT * block.level if block.kind is BlockKind.ITEM else ""
    mark = f"{block.marker} " if block.marker else ""
    for number, line in enumerate(block.text.split("\n")):
        yield f"{indent}{mark if number == 0 else ' ' * len(mark)}{line}"

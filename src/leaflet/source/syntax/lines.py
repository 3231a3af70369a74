"""The lines of a block and where the list item or quotation around it ends."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock


def line_text(state: StateBlock, number: int) -> str:
    """Return the text of a line without its indent."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def container_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line behind the last one of the list item or quotation around the block at ``start``."""
    for number in range(start + 1, end):
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return number
    return end

"""Line blocks: lines that begin with a bar stay lines, as verses and addresses need."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from leaflet.model.document import Attributes
from leaflet.source.syntax.lines import line_text

LINE = re.compile(r"\|(?: (?P<text>.*))?")


def line_block_plugin(md: MarkdownIt) -> None:
    """Read line blocks after tables, whose rows begin with bars as well."""
    md.block.ruler.after("table", "line_block", _line_block)


def _line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or LINE.fullmatch(line_text(state, start).rstrip()) is None:
        return False
    if line_text(state, start).rstrip().count("|") > 1:
        return False
    if silent:
        return True
    lines: list[str] = []
    number = start
    while number < end and not state.isEmpty(number) and state.sCount[number] >= state.blkIndent:
        text = line_text(state, number).rstrip()
        found = LINE.fullmatch(text)
        if found:
            words = (found["text"] or "").rstrip()
            plain = words.lstrip(" ")
            lines.append("\u00a0" * (len(words) - len(plain)) + plain)
        elif state.sCount[number] > state.blkIndent:
            lines[-1] += " " + text
        else:
            break
        number += 1
    _push(state, start, number, lines)
    return True


def _push(state: StateBlock, start: int, after: int, lines: list[str]) -> None:
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, after]
    opening.meta["attributes"] = Attributes(classes=("line-block",))
    inline = state.push("inline", "", 0)
    inline.content = "  \n".join(line or "\u00a0" for line in lines)
    inline.map = [start, after]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = after

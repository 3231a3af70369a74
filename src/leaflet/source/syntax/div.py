"""Fenced divs: ``::: {.class #id key=value}`` or ``::: name``, up to the next ``:::`` that is not taken.

As in pandoc, a line that opens a div always says what it opens; one with colons alone closes the innermost div.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from leaflet.model.document import Attributes
from leaflet.source.syntax.attributes import merge, parse_attributes
from leaflet.source.syntax.lines import container_end, line_text
from leaflet.source.syntax.mistakes import report

OPEN = re.compile(r":{3,}[ \t]*(?P<name>[^\W\d][\w-]*)?[ \t]*(?P<attributes>\{.*\})?[ \t]*:*[ \t]*")
TITLED = re.compile(
    r":{3,}[ \t]*(?P<name>note|info|tip|hint|warning|danger|important|caution)(?:\[(?P<bracketed>[^\]]*)\]|[ \t]+(?P<title>[^{:]+))[ \t]*"
)
"""A box of Docusaurus or VuePress, with its title behind its name."""
CLOSE = re.compile(r":{3,}[ \t]*")
CODE_FENCE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]?)*(`{3,}|~{3,})")


def div_plugin(md: MarkdownIt) -> None:
    """Read fenced divs, also directly after a paragraph."""
    md.block.ruler.before("fence", "div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = line_text(state, start).rstrip()
    if not line.startswith(":::"):
        return False
    if CLOSE.fullmatch(line):
        return silent or _stray(state, start)
    attributes = _opening(line)
    if silent:
        return True
    if attributes is None:
        hint = "write ::: name, or ::: {.class #id key=value} with quotes around a value that holds spaces"
        report(state.env, start, f"this div cannot be read: {line[:60]}", hint)
        attributes = Attributes()
    close = _closing(state, start, end)
    if close is None:
        report(state.env, start, "this div is opened here but never closed", "write ::: on a line of its own after it")
    last = container_end(state, start, end) if close is None else close
    _push(state, start, last, attributes, closed=close is not None)
    return True


def _stray(state: StateBlock, start: int) -> bool:
    hint = "take the line out, or open a div above it with ::: name"
    report(state.env, start, "this ::: closes a div, but none is open", hint)
    state.line = start + 1
    return True


def _push(state: StateBlock, start: int, close: int, attributes: Attributes, *, closed: bool) -> None:
    parent, last = state.parentType, state.lineMax
    state.parentType = "div"
    state.lineMax = close
    token = state.push("div_open", "div", 1)
    token.map = [start, close]
    token.block = True
    token.meta["attributes"] = attributes
    state.md.block.tokenize(state, start + 1, close)
    token = state.push("div_close", "div", -1)
    token.block = True
    state.parentType, state.lineMax = parent, last
    state.line = close + 1 if closed else close


def _opening(line: str) -> Attributes | None:
    """Return the attributes of the opening line, or None where it cannot be read."""
    titled = TITLED.fullmatch(line)
    if titled:
        title = (titled["bracketed"] or titled["title"] or "").strip()
        return Attributes(classes=(titled["name"],), pairs=(("title", title),) if title else ())
    found = OPEN.fullmatch(line)
    if not found or not (found["name"] or found["attributes"]):
        return None
    named = Attributes(classes=(found["name"],)) if found["name"] else Attributes()
    if not found["attributes"]:
        return named
    parsed = parse_attributes(found["attributes"])
    if parsed is None or parsed[1] != len(found["attributes"]):
        return None
    return merge(named, parsed[0])


def _closing(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line that closes the div opened in line ``start``; fences within code are text."""
    depth = 1
    code: str | None = None
    for number in range(start + 1, end):
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return None
        line = line_text(state, number).rstrip()
        fence = CODE_FENCE.match(line)
        if code is not None:
            if fence and fence[1].startswith(code) and line.strip() == fence[1]:
                code = None
        elif fence:
            code = fence[1]
        elif CLOSE.fullmatch(line):
            depth -= 1
            if depth == 0:
                return number
        elif line.startswith(":::"):
            depth += 1
    return None

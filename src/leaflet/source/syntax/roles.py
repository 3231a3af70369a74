"""MyST's roles, ``{name}`text` ``, and its names for the block that follows, ``(name)=``."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from leaflet.model.document import Attributes

ROLE = re.compile(
    r"\{(?P<name>[A-Za-z][\w:+-]*)\}(?P<ticks>`+)(?P<text>(?:(?!(?P=ticks)).)+)(?P=ticks)(?!`)", re.DOTALL
)
TARGET = re.compile(r"\((?P<name>[\w:./-]+)\)=[ \t]*")


def roles_plugin(md: MarkdownIt) -> None:
    """Read roles before code spans, and names before paragraphs."""
    md.inline.ruler.before("backticks", "role", _role)
    md.block.ruler.before("fence", "target", _target, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _role(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = ROLE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("role", "", 0)
        token.meta["name"] = found["name"]
        token.content = " ".join(found["text"].split())
    state.pos = found.end()
    return True


def _target(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = TARGET.fullmatch(line)
    if not found:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start, start + 1]
        token.meta["attributes"] = Attributes(id=found["name"])
        state.line = start + 1
    return True

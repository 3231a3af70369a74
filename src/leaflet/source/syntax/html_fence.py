"""Tags of HTML around a fenced block without empty lines between them, as authors of R Markdown place their pictures."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from leaflet.source.syntax.lines import line_text

TAGS = re.compile(r"(?:</?(?:div|section|center|article|aside|figure|details|p|span)\b[^<>]*>\s*)+", re.IGNORECASE)
FENCE = re.compile(r"`{3,}[^`]*$|~{3,}")


def html_fence_plugin(md: MarkdownIt) -> None:
    """End a block of HTML before a fence, which CommonMark would print as it is written."""
    md.block.ruler.before("html_block", "html_fence", _html_fence, {"alt": ["paragraph", "reference", "blockquote"]})


def _html_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not TAGS.fullmatch(line_text(state, start)):
        return False
    after = start + 1
    while after < end and TAGS.fullmatch(line_text(state, after)):
        after += 1
    if after >= end or state.sCount[after] < state.blkIndent or not FENCE.match(line_text(state, after)):
        return False
    if silent:
        return True
    token = state.push("html_block", "", 0)
    token.map = [start, after]
    token.content = state.getLines(start, after, state.blkIndent, True)
    state.line = after
    return True

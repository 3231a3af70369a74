"""Footnotes: ``[^label]`` with its text elsewhere, and ``^[text]`` with its text in place."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_def

from leaflet.source.syntax.brackets import closing_bracket

MARK = re.compile(r"\[\^([^\]\s]{1,300})\]")


def note_plugin(md: MarkdownIt) -> None:
    """Read footnotes; a mark without a text is left for the tree to report."""
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.before("emphasis", "note_inline", _inline)
    md.inline.ruler.before("link", "note_mark", _mark)


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return False
    last, start = state.posMax, state.pos
    end = closing_bracket(state, start + 1)
    if end is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 2, end
        state.push("note_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("note_close", "", -1)
    state.pos, state.posMax = end + 1, last
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    found = MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("note_mark", "", 0).content = found[1]
    state.pos = found.end()
    return True

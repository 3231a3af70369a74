"""A backslash before a blank, which is a space at which no line breaks, and one at the end, as in pandoc."""

from __future__ import annotations

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

RAISED = frozenset({"sup_open", "sub_open"})


def fixed_space_plugin(md: MarkdownIt) -> None:
    r"""Read ``\ ``, but not at the end of a line, where the backslash breaks it; at the end of all there is no line to break."""
    md.inline.ruler.before("escape", "fixed_space", _fixed_space)
    md.inline.ruler2.push("fixed_space", _in_raised)
    md.inline.ruler.before("escape", "last_break", _last_break)


def _fixed_space(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("\\ ", state.pos) or state.src[state.pos + 2 : state.pos + 3] in {"", "\n"}:
        return False
    if not silent:
        state.push("text_special", "", 0).content = "\u00a0"
    state.pos += 2
    return True


def _in_raised(state: StateInline) -> None:
    """Fix the spaces in raised and lowered text, which reads its escapes itself and holds no other spaces."""
    if "\\ " in state.src:
        for before, token in pairwise(state.tokens):
            if before.type in RAISED and token.type == "text":
                token.content = token.content.replace(" ", "\u00a0")


def _last_break(state: StateInline, silent: bool) -> bool:  # noqa: ARG001 - nothing is pushed
    """Leave out a backslash that ends a paragraph: it makes white in the pages of other programs."""
    if state.src[state.pos] != "\\" or state.src[state.pos + 1 :].strip():
        return False
    state.pos = len(state.src)
    return True

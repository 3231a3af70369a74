"""A backslash before a blank: a space at which no line breaks, as in pandoc."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline


def fixed_space_plugin(md: MarkdownIt) -> None:
    r"""Read ``\ ``, but not at the end of a line, where the backslash breaks it."""
    md.inline.ruler.before("escape", "fixed_space", _fixed_space)


def _fixed_space(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("\\ ", state.pos) or state.src[state.pos + 2 : state.pos + 3] in {"", "\n"}:
        return False
    if not silent:
        state.push("text_special", "", 0).content = "\u00a0"
    state.pos += 2
    return True

"""Emoji by their names on GitHub: ``:tada:``."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

NAME = re.compile(r":([a-z0-9_+-]+):")


def emoji_plugin(md: MarkdownIt) -> None:
    """Read the names that GitHub knows; any other word between colons is text."""
    md.inline.ruler.before("escape", "emoji_name", _emoji)


def _emoji(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    found = NAME.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    from emoji import emojize  # its table takes longer to load than a source to read

    character = emojize(found[0], language="alias")
    if character == found[0]:
        return False
    if not silent:
        state.push("text", "", 0).content = character
    state.pos = found.end()
    return True

"""Fields in the text: ``{{ clinic.phone }}``; anything else in double braces is text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from leaflet.files import FIELD_NAME, FIELD_REFERENCE

SPACE = "\ue000"
"""The character for a space inside ``{{ … }}`` within a link's address, where Markdown allows none."""

IN_ADDRESS = re.compile(r"(?<=\]\()[^\s()<>]*\{\{[ \t]*" + FIELD_NAME + r"[ \t]*\}\}[^\s()]*(?=[\s)])")


TO_A_PAGE = re.compile(
    r"\]\((?:\{%[^%\n]*%\}|\{\{[<%][^\n]*?[>%]\}\}|\{\{[ \t]*(?:[\"'][^\n{}]*|[\w.]+[ \t]*\|[^\n{}]*)\}\})[^\s()]*\)"
)
"""A link's address that a shortcode or a tag of a site's program would give."""
ELSEWHERE = "page-of-the-site"
"""The address in place of such a one."""


def field_plugin(md: MarkdownIt) -> None:
    """Read fields in text and let links' addresses hold them."""
    md.inline.ruler.before("escape", "field", _field)
    md.core.ruler.before("inline", "field_in_address", _guard_addresses)


def _field(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    found = FIELD_REFERENCE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("field", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _guard_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and "](" in token.content and "{" in token.content:
            token.content = TO_A_PAGE.sub(f"]({ELSEWHERE})", token.content)
        if token.type == "inline" and "{{" in token.content:
            token.content = IN_ADDRESS.sub(lambda found: re.sub(r"[ \t]", SPACE, found[0]), token.content)


def restore_spaces(address: str) -> str:
    """Return an address with its fields as they were typed."""
    return address.replace(SPACE, " ")

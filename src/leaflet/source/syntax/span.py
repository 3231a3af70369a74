"""Bracketed spans: ``[text]{.class lang=fr}`` and, without text, icons: ``[]{.icon-phone}``."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from leaflet.source.syntax.attributes import parse_attributes
from leaflet.source.syntax.brackets import closing_bracket


def span_plugin(md: MarkdownIt) -> None:
    """Read spans before links, so that a link's definition of the same words does not take them."""
    md.inline.ruler.before("link", "span", _span)


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start, last = state.pos, state.posMax
    end = closing_bracket(state, start)
    if end is None or end + 1 >= last or state.src[end + 1] != "{":
        return False
    parsed = parse_attributes(state.src, end + 1)
    if parsed is None or parsed[1] > last:
        return False
    attributes, after = parsed
    if not silent:
        state.pos, state.posMax = start + 1, end
        token = state.push("span_open", "span", 1)
        token.meta["attributes"] = attributes
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = after, last
    return True

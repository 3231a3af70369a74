"""Attributes at the end of headings and table captions, removed before their text is read."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from leaflet.source.heading_identifiers import pandoc_identifier
from leaflet.source.syntax.attributes import split_trailing
from leaflet.source.syntax.mistakes import report

IMPLICIT = re.compile(r"[^\[\]<>*_`$@\\]{3,80}")
"""A heading of plain words; others are not looked for in the text."""
CAPTION = re.compile(r"(?:Table:|:)[ \t]+")

WITHOUT_SPACE = re.compile(r"(?P<marks>#{1,6})(?P<words>[^\s#!.][^\n]*?)[ \t]*#*(?:\n|$)")


def heading_plugin(md: MarkdownIt) -> None:
    """Take attributes off headings and captions, and mark captions as such; ``##Heading`` without a space is one too."""
    md.core.ruler.before("inline", "heading_without_space", _headings_without_space)
    md.core.ruler.before("inline", "heading_attributes", _headings)
    md.core.ruler.before("inline", "table_caption", _captions)


def _headings_without_space(state: StateCore) -> None:
    """Make headings of paragraphs whose first line begins with ``##`` and a word, with a warning."""
    made: list[Token] = []
    at = 0
    while at < len(state.tokens):
        token = state.tokens[at]
        inline = state.tokens[at + 1] if token.type == "paragraph_open" else None
        found = WITHOUT_SPACE.match(inline.content) if inline is not None and not token.hidden else None
        # One sign alone may begin a number or a tag of social media, but hardly a text.
        if inline is None or found is None or (len(found["marks"]) == 1 and (at > 0 or " " not in found["words"])):
            made.append(token)
            at += 1
            continue
        first, after = token.map or [0, 1]
        signs = found["marks"]
        hint = f"put a space after {signs} for a heading, or write \\{signs} for the signs themselves"
        report(state.env, first, f"{signs} without a space is read as the beginning of a heading", hint)
        tag = f"h{len(signs)}"
        made.append(Token("heading_open", tag, 1, map=[first, first + 1], level=token.level, block=True, markup=signs))
        made.append(inline.copy(content=found["words"], map=[first, first + 1], children=[]))
        made.append(Token("heading_close", tag, -1, level=token.level, block=True, markup=signs))
        if rest := inline.content[found.end() :]:
            made += [
                token.copy(map=[first + 1, after]),
                inline.copy(content=rest, map=[first + 1, after], children=[]),
                state.tokens[at + 2],
            ]
        at += 3
    state.tokens = made


def _headings(state: StateCore) -> None:
    references = state.env.setdefault("references", {})
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            inline.content, opening.meta["attributes"] = split_trailing(inline.content)
            words = inline.content.strip()
            name = opening.meta["attributes"].id or pandoc_identifier(words)
            if IMPLICIT.fullmatch(words) and name:
                # Pandoc reads a heading's words in brackets as a link to it, where nothing else has this name.
                references.setdefault(normalizeReference(words), {"href": f"#{name}", "title": ""})


def _captions(state: StateCore) -> None:
    """Find the caption of each table: above it, or else below it; one that no table takes stays a paragraph."""
    tokens = state.tokens
    has_caption = False
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            has_caption = _is_caption(tokens, index - 3, after=False)
            if has_caption:
                _take(tokens, index - 3)
        elif token.type == "table_close" and not has_caption and _is_caption(tokens, index + 1, after=True):
            _take(tokens, index + 1)


def _is_caption(tokens: list[Token], index: int, *, after: bool) -> bool:
    """Return whether a paragraph beside a table is its caption: ``Table: …``, or ``: …`` below it."""
    if index < 0 or index + 1 >= len(tokens) or tokens[index].type != "paragraph_open":
        return False
    if "caption" in tokens[index].meta:
        return False
    content = tokens[index + 1].content
    return bool(CAPTION.match(content)) and (after or content.startswith(("Table:", ": ")))


def _take(tokens: list[Token], index: int) -> None:
    inline = tokens[index + 1]
    content, attributes = split_trailing(CAPTION.sub("", inline.content, count=1))
    inline.content = content
    tokens[index].meta["caption"] = True
    tokens[index].meta["attributes"] = attributes

"""The title in the body of a source, a lone first heading of the first level, and the new levels of other headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token
from msgspec import Struct

BEFORE_A_TITLE = frozenset({"hr", "html_block", "attributes", "shortcode_block", "raw_block"})
"""Tokens that may precede a title: a rule, badges, a logo, names, and pieces for other programs."""
SILENT_DIRECTIVES = frozenset({"raw", "eval-rst", "contents", "code-cell"})
CELL = re.compile(r"\{[\w.-]+[ ,}]")
"""The opening of a cell of Quarto's or R Markdown's, which often prepares what follows."""


class BodyTitle(Struct, frozen=True, kw_only=True):
    """The title in the body, its place among the tokens, its line (from 0), and the shift of the other headings."""

    text: str
    at: int | None
    line: int
    shift: int
    is_certain: bool = True
    """True for the only heading of the first level, and not merely the first of the text."""


def body_title(tokens: Sequence[Token]) -> BodyTitle:
    """Return the title that the body has; ``at`` is None where it has none."""
    tops = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"]
    first = _first(tokens)
    if len(tops) == 1 and tops[0] == first:
        return _at(tokens, first, shift=0)
    return BodyTitle(text="", at=None, line=0, shift=1 if tops else 0)


def first_heading(tokens: Sequence[Token]) -> BodyTitle:
    """Return the heading, of whatever level, that a body begins with; ``at`` is None where it begins otherwise."""
    certain = body_title(tokens)
    first = _first(tokens)
    if certain.at is not None or first is None or tokens[first].type != "heading_open":
        return certain
    return _at(tokens, first, shift=certain.shift, is_certain=False)


def _at(tokens: Sequence[Token], at: int, *, shift: int, is_certain: bool = True) -> BodyTitle:
    line = (tokens[at].map or [0])[0]
    return BodyTitle(text=_plain(tokens[at + 1]), at=at, line=line, shift=shift, is_certain=is_certain)


def without_title(tokens: Sequence[Token], title: BodyTitle) -> Sequence[Token]:
    """Return ``tokens`` without the heading that is the title."""
    if title.at is None:
        return tokens
    return [*tokens[: title.at], *tokens[title.at + 3 :]]


def _first(tokens: Sequence[Token]) -> int | None:
    """Return the place of the first token that says something to a reader."""
    at = 0
    while at < len(tokens):
        directive = tokens[at].meta.get("directive") if tokens[at].type == "directive_open" else None
        if directive is not None and directive.name in SILENT_DIRECTIVES:
            at = next(back for back in range(at, len(tokens)) if tokens[back].type == "directive_close")
        elif not _may_come_before(tokens, at):
            return at
        at += 1
    return None


def _may_come_before(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].type in BEFORE_A_TITLE or (tokens[at].type == "fence" and CELL.match(tokens[at].info.strip())):
        return True
    opening = next((back for back in range(at, max(at - 3, -1), -1) if tokens[back].type == "paragraph_open"), None)
    if opening is None or opening + 1 >= len(tokens):
        return False
    children = tokens[opening + 1].children or []
    kinds = {child.type for child in children}
    if kinds <= {"softbreak", "page_break", "latex_label", "html_inline"}:
        return True  # nothing but commands for another program, and anchors
    return "image" in kinds and kinds <= {"image", "link_open", "link_close", "softbreak", "html_inline"}


def _plain(inline: Token) -> str:
    """Return the words of a heading, with its typography and without its emphasis."""
    words = "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or []
        if child.type in {"text", "text_special", "code_inline", "softbreak", "hardbreak", "math_inline"}
    )
    return " ".join(words.split())

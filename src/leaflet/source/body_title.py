"""The title in the body of a source, a lone first heading of the first level, and the new levels of other headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

BEFORE_A_TITLE = frozenset({"html_block", "attributes", "shortcode_block"})
"""Nodes that may precede a title: badges, a logo, and names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyTitle:
    """The title in the body, its place among the tokens, its line (from 0), and the shift of the other headings."""

    text: str
    at: int | None
    line: int
    shift: int


def body_title(tokens: Sequence[Token]) -> BodyTitle:
    """Return the title that the body has; ``at`` is None where it has none."""
    tops = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"]
    first = next((at for at, token in enumerate(tokens) if not _may_come_before(tokens, at)), None)
    if len(tops) == 1 and tops[0] == first:
        inline = tokens[tops[0] + 1]
        line = (tokens[tops[0]].map or [0])[0]
        return BodyTitle(text=_plain(inline), at=tops[0], line=line, shift=0)
    return BodyTitle(text="", at=None, line=0, shift=1 if tops else 0)


def without_title(tokens: Sequence[Token], title: BodyTitle) -> Sequence[Token]:
    """Return ``tokens`` without the heading that is the title."""
    if title.at is None:
        return tokens
    return [*tokens[: title.at], *tokens[title.at + 3 :]]


def _may_come_before(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].type in BEFORE_A_TITLE:
        return True
    opening = next((back for back in range(at, max(at - 3, -1), -1) if tokens[back].type == "paragraph_open"), None)
    if opening is None or opening + 1 >= len(tokens):
        return False
    children = tokens[opening + 1].children or []
    kinds = {child.type for child in children}
    return "image" in kinds and kinds <= {"image", "link_open", "link_close", "softbreak", "html_inline"}


def _plain(inline: Token) -> str:
    """Return the words of a heading, with its typography and without its emphasis."""
    words = "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or []
        if child.type in {"text", "text_special", "code_inline", "softbreak", "hardbreak", "math_inline"}
    )
    return " ".join(words.split())

"""Parts of a paragraph other than words: pictures with names, one formula with its name, too many or nothing to print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from leaflet.model.document import NO_ATTRIBUTES, Attributes, Image, Inline, Link, Math, SoftBreak, Text
from leaflet.source.syntax.attributes import parse_attributes
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.emoji import EMOJI

MOST_ELEMENTS = 1_000
"""Links, notes, emphasised words and the like in one paragraph: no text for people has a tenth of them."""
MOST_FORMULAS = 300
"""Each takes as long as ten other elements."""
PLAIN = frozenset({"text", "text_special", "softbreak", "hardbreak"})
"""Tokens that are no such element."""
LONGEST_PARAGRAPH = 200_000
"""In letters: a book of 30,000 words."""
LONGEST_CELL = 20_000
"""In letters: a page of text has a fifth of them, and rows that take several pages are laid out again for each."""
LONGEST_WORD = 5_000
LONGEST_LINE = 20_000
"""In letters, of code."""
LETTERS = "0-9A-Za-z\u00c0-\u024f\u0370-\u06ff\u00a0\u202f\u2060\ufeff"
"""Of scripts that put blanks between words, and the blanks and signs at which no line may end."""
LONG_WORD = re.compile(f"(?<![{LETTERS}])[{LETTERS}]{{{LONGEST_WORD + 1}}}")


def bounded_elements(token: Token, context: TreeContext, *, in_table: bool = False) -> list[Token]:
    """Return the tokens of a paragraph; refuse one of more elements or longer words than leaflet reads, and return none."""
    tokens = token.children or []
    count = sum(child.nesting >= 0 and child.type not in PLAIN for child in tokens)
    count += sum(1 for child in tokens if child.type == "text" for _ in EMOJI.finditer(child.content))
    if count > MOST_ELEMENTS:
        message = (
            f"this paragraph holds {count:,} links, notes, emoji or other elements, and {MOST_ELEMENTS:,} are the most"
        )
        context.refuse(message, context.at(token), "make several paragraphs of it")
        return []
    if (formulas := sum("math" in child.type for child in tokens)) > MOST_FORMULAS:
        message = f"this paragraph holds {formulas:,} formulas, and {MOST_FORMULAS:,} are the most"
        context.refuse(message, context.at(token), "make several paragraphs of it")
        return []
    part, most = ("cell", LONGEST_CELL) if in_table else ("paragraph", LONGEST_PARAGRAPH)
    if (length := sum(len(child.content) for child in tokens)) > most:
        message = f"this {part} has {length:,} letters, and {most:,} are the most"
        context.refuse(message, context.at(token), "make several paragraphs of it")
        return []
    if any(LONG_WORD.search(child.content) for child in tokens if child.type == "text"):
        message = f"a word of this paragraph has more than {LONGEST_WORD:,} letters"
        context.refuse(message, context.at(token), "put blanks into it, or leave it out")
        return []
    return tokens


def bounded_code(token: Token, context: TreeContext) -> str:
    """Return the text of a code block; refuse one that is longer, or has a longer line, than leaflet reads."""
    code = token.content
    if len(code) > LONGEST_PARAGRAPH:
        message = f"this code block has {len(code):,} letters, and {LONGEST_PARAGRAPH:,} are the most"
        context.refuse(message, context.at(token), "show the part of it that matters")
        return ""
    longest = max(map(len, code.split("\n")))
    if longest > LONGEST_LINE:
        message = f"a line of this code block has {longest:,} letters, and {LONGEST_LINE:,} are the most"
        context.refuse(message, context.at(token), "divide the line, or show the part of it that matters")
        return ""
    return code


def is_nothing(node: Inline) -> bool:
    """Return whether a node prints nothing: a blank, or a badge that is left out."""
    match node:
        case SoftBreak():
            return True
        case Text():
            return not node.text.strip(" ")
        case Image():
            return node.absent and not node.alt
        case Link():
            return bool(node.children) and all(map(is_nothing, node.children))
        case _:
            return False


def is_blank(token: Token) -> bool:
    """Return whether a token is only a space: commands and links have no text of their own, yet are not blank."""
    return token.type in {"softbreak", "hardbreak"} or (token.type == "text" and not token.content.strip())


def figures_apart(inline: Token) -> list[Token]:
    """Return a paragraph in pieces, where a named picture has a line for itself: JOSS's figures between two lines."""
    children = inline.children or []
    cuts = [
        at
        for at, child in enumerate(children)
        if child.type == "image" and _is_named(child) and _has_own_line(children, at)
    ]
    pieces: list[list[Token]] = [[]]
    for at, child in enumerate(children):
        if at in cuts:
            pieces += [[child], []]
        elif child.type == "softbreak" and (at - 1 in cuts or at + 1 in cuts):
            continue
        else:
            pieces[-1].append(child)
    return [inline.copy(children=piece) for piece in pieces if piece]


def _is_named(image: Token) -> bool:
    given = image.meta.get("attributes", NO_ATTRIBUTES).id is not None
    return given or any(child.type == "latex_label" for child in image.children or [])


def _has_own_line(children: Sequence[Token], at: int) -> bool:
    before = at == 0 or children[at - 1].type in {"softbreak", "hardbreak"}
    after = at + 1 >= len(children) or children[at + 1].type in {"softbreak", "hardbreak"}
    return before and after and len(children) > 1


def named_formula(children: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], Attributes] | None:
    """Return the formula of a paragraph without the name in braces, and the name; None for any other paragraph."""
    if len(children) != 2 or not isinstance(children[0], Math) or not isinstance(children[1], Text):
        return None
    parsed = parse_attributes(children[1].text.strip())
    return ((children[0],), parsed[0]) if children[0].display and parsed else None

"""Footnotes by their labels, and the ends of tokens' elements."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token


def notes_of(tokens: Sequence[Token]) -> dict[str, tuple[Token, ...]]:
    """Return the tokens of each footnote's text, by its label."""
    return {
        token.meta["label"]: tuple(tokens[index + 1 : end_of(tokens, index)])
        for index, token in enumerate(tokens)
        if token.type == "footnote_reference_open"
    }


def end_of(tokens: Sequence[Token], start: int) -> int:
    """Return the place of the token that closes the one at ``start``: itself where it opens nothing."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens)


def elements_of(tokens: Sequence[Token]) -> list[tuple[Token, Sequence[Token]]]:
    """Return the elements directly in a run of tokens, each with its content."""
    found: list[tuple[Token, Sequence[Token]]] = []
    position = 0
    while position < len(tokens):
        end = end_of(tokens, position)
        found.append((tokens[position], tokens[position + 1 : end]))
        position = end + 1
    return found

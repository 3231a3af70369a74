"""Tokens of a source's Markdown, with the mistakes that the rules found."""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it.token import Token
from msgspec import Struct

from leaflet.source.syntax.mistakes import Mistake
from leaflet.source.syntax.ordered_marks import OrderedMark


class Parsed(Struct, frozen=True, kw_only=True):
    """The tokens of a source and the mistakes that its syntax holds."""

    tokens: tuple[Token, ...]
    mistakes: tuple[Mistake, ...]
    marks: Mapping[int, OrderedMark]
    """The marks of ordered lists that CommonMark does not know, by line (from 0)."""
    examples: Mapping[str, int]
    """The numbers of numbered examples, by name."""

"""Theorems, definitions, proofs and the like: their word in bold before their text."""

from __future__ import annotations

from msgspec.structs import replace

from leaflet.model.document import Attributes, Block, Inline, Paragraph, Span, Strong, Text
from leaflet.source.reference_words import STATEMENT_LABEL


def with_statement_label(words: tuple[Inline, ...], blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a statement with ``words`` in bold at the beginning of its first paragraph."""
    label = Span(children=(Strong(children=words),), attributes=Attributes(classes=(STATEMENT_LABEL,)))
    match blocks:
        case (Paragraph() as first, *others):
            return (replace(first, children=(label, Text(text=" "), *first.children)), *others)
        case _:
            return (Paragraph(children=(label,)), *blocks)

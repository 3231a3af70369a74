"""Tokens to plain text: no formatting, one line for one entry."""

from __future__ import annotations

from leaflet.citations.output.nodes import Node
from leaflet.citations.output.punctuation import Open, QuoteMark, QuoteMarks, linearise


def to_text(node: Node | None, marks: QuoteMarks) -> str:
    """Return ``node`` as plain text; display blocks are parted by a space."""
    parts: list[str] = []
    for token in linearise(node, marks):
        if isinstance(token, str):
            parts.append(token)
        elif isinstance(token, QuoteMark):
            parts.append(token.text)
        elif isinstance(token, Open) and token.display is not None and parts and not parts[-1].endswith((" ", "\n")):
            parts.append(" ")
    return "".join(parts).strip()

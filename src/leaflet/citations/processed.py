"""Formatted citations and the bibliography of a document."""

from __future__ import annotations

from msgspec import Struct

from leaflet.citations.output.punctuation import Token
from leaflet.errors import Problem


class BibliographyEntry(Struct, frozen=True, kw_only=True):
    """One entry of the bibliography: its tokens, the inner HTML that they make, and the same without formatting."""

    id: str
    html: str
    text: str
    tokens: tuple[Token, ...] = ()


class ProcessedCitations(Struct, frozen=True, kw_only=True):
    """All that a style prints for one document."""

    citations: tuple[str, ...]
    texts: tuple[str, ...]
    bibliography: tuple[BibliographyEntry, ...]
    hanging_indent: bool
    entry_spacing: int
    line_spacing: int
    second_field_align: str | None
    warnings: tuple[Problem, ...] = ()
    """References of which the style prints nothing."""
    tokens: tuple[tuple[Token, ...], ...] = ()
    """The tokens of each citation: texts, quotation marks, and where formatting, blocks and links begin and end."""

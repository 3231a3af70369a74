"""The source as rules see it: its document, texts, sentences, lines and references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from leaflet.checks.finding import Hit
from leaflet.checks.sentences import Sentence, sentences
from leaflet.checks.text_blocks import TextBlock, TextKind, text_blocks
from leaflet.checks.word_lists import WordLists
from leaflet.errors import Location
from leaflet.model.citation import Citations, Reference
from leaflet.model.document import Document
from leaflet.model.metadata import Metadata, PartialDate
from leaflet.model.walk import Node, all_nodes

PROSE = frozenset({TextKind.PARAGRAPH, TextKind.ITEM, TextKind.FACT, TextKind.NOTE, TextKind.STATISTIC})

SOURCE = r"(?:sources?|references?|quellen?|literatur|références?|fuentes?|referencias?)"
NAMED_SOURCE = re.compile(rf"(?:^|[(\n–—]\s*){SOURCE}\s*:\s*\w|^\W*{SOURCE}\W*$", re.IGNORECASE)
"""Words that name a source without citing it: "Source: …", or a link called "Source"."""
SOURCE_HEADING = re.compile(rf"\W*{SOURCE}\W*", re.IGNORECASE)


class Passage(NamedTuple):
    """A sentence and the text that holds it."""

    block: TextBlock
    sentence: Sentence


class SourceSubject(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """One source, read and cited."""

    document: Document
    lines: tuple[str, ...]
    """The lines of the source's file."""
    today: date
    citations: Citations = field(default_factory=Citations)
    own_references: tuple[Reference, ...] = ()
    """The references that the leaflet has for itself, cited or not."""
    old_after: int = 10
    """The years after which a cited work counts as old."""
    words: WordLists = field(default_factory=WordLists)

    @property
    def metadata(self) -> Metadata:
        """The front matter."""
        return self.document.metadata

    @property
    def file(self) -> str:
        """The source's name."""
        return self.document.source

    @property
    def language(self) -> str:
        """The language of the leaflet, without its country."""
        return self.metadata.lang.split("-")[0].lower()

    @cached_property
    def texts(self) -> tuple[TextBlock, ...]:
        """All texts in reading order."""
        return text_blocks(self.document)

    @cached_property
    def own_texts(self) -> tuple[TextBlock, ...]:
        """The texts that are the author's own words."""
        return tuple(block for block in self.texts if not block.quoted)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes of the document in reading order."""
        return tuple(all_nodes(self.document))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences of the author's running text."""
        return tuple(
            Passage(block, sentence)
            for block in self.own_texts
            if block.kind in PROSE
            for sentence in sentences(block.text, self.language)
        )

    def names_source(self, block: TextBlock) -> bool:
        """Return whether a text says in words where it is from, or is in a section of sources."""
        is_listed = block.kind is not TextKind.HEADING and SOURCE_HEADING.fullmatch(block.section) is not None
        return is_listed or (block.kind is not TextKind.HEADING and NAMED_SOURCE.search(block.text) is not None)

    def headings(self) -> Iterator[TextBlock]:
        """Yield the headings in reading order."""
        return (block for block in self.texts if block.kind is TextKind.HEADING)

    def key(self, name: str) -> Location:
        """Return the place of a key of the front matter, or that of the front matter."""
        return self.metadata.places.get(name) or Location(file=self.file, line=1, column=1)

    def hit(self, block: TextBlock, start: int, length: int, message: str, hint: str | None = None) -> Hit:
        """Return a hit on ``length`` characters of ``block``."""
        return Hit(message=message, at=block.place(start, self.lines), length=length, hint=hint)

    def on(self, sentence: Passage, message: str, hint: str | None = None) -> Hit:
        """Return a hit on a sentence: its first line is marked."""
        first = sentence.sentence.text.split("\n")[0]
        return self.hit(sentence.block, sentence.sentence.start, len(first), message, hint)


def last_day(given: PartialDate) -> date:
    """Return the last day that a date can mean: ``2026-05`` is over with its month."""
    if given.month is None:
        return date(given.year, 12, 31)
    if given.day is not None:
        return date(given.year, given.month, given.day)
    after = date(given.year + given.month // 12, given.month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def first_day(given: PartialDate) -> date:
    """Return the first day that a date can mean."""
    return date(given.year, given.month or 1, given.day or 1)

"""Text of a document block by block, with the place of each character in the source."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.citation import CiteMode
from leaflet.model.document import (
    AtAGlance,
    Attributes,
    Block,
    Callout,
    Chart,
    CitationReference,
    Code,
    CodeBlock,
    CrossReference,
    DefinitionList,
    Document,
    Figure,
    Footnote,
    HardBreak,
    IconArray,
    Image,
    Inline,
    List,
    MailingPanel,
    Math,
    Paragraph,
    Quote,
    ReferenceList,
    Section,
    SoftBreak,
    Span,
    Statistic,
    Table,
    Text,
    Timeline,
    WriteIn,
)
from leaflet.model.walk import Node, children

STRANGE = "\ufffc"
"""Placeholder of a part whose words are not the author's prose: code, a name made by a citation, another language."""


class TextKind(StrEnum):
    """The part that a text has in its leaflet."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    FACT = "fact"
    CELL = "cell"
    CAPTION = "caption"
    TERM = "term"
    STATISTIC = "statistic"
    LABEL = "label"
    NOTE = "note"


class Segment(Struct, frozen=True, kw_only=True):
    """A run of characters that is together in the source."""

    start: int
    at: Location | None


class TextBlock(Struct, frozen=True, kw_only=True, dict=True):
    """One paragraph, heading, list item, table cell or caption."""

    kind: TextKind
    text: str
    segments: tuple[Segment, ...]
    location: Location | None
    section: str = ""
    """The heading above it."""
    quoted: bool = False
    """The words of somebody else."""
    cited: tuple[int, ...] = ()
    """The positions in ``text`` at which sources are cited."""
    group: int = 0
    """The same for all texts of one list, table or paragraph."""

    def place(self, position: int, lines: Sequence[str]) -> Location | None:
        """Return the place of the character at ``position``; ``lines`` are those of the source.

        Typography may have made characters shorter or longer than they are in the source, so the word is looked for
        around the place where it should be.
        """
        index = bisect_right([segment.start for segment in self.segments], position) - 1
        segment = self.segments[max(index, 0)] if self.segments else None
        if segment is None or segment.at is None or segment.at.line is None:
            return self.location
        if segment.at.column is None or segment.at.line > len(lines):
            return segment.at
        word = self.text[position : position + 12].split(" ")[0]
        column = segment.at.column + position - segment.start
        line = lines[segment.at.line - 1]
        composed = unicodedata.normalize("NFC", line)
        found = _nearest(composed, word, column - 1)
        return replace(
            segment.at, column=_written(line, composed, found) + 1 if found is not None else segment.at.column
        )


def _nearest(line: str, word: str, expected: int) -> int | None:
    """Return the index in ``line`` at which ``word`` begins that is nearest to ``expected``."""
    found, best = -1, None
    while word and (found := line.find(word, found + 1)) >= 0:
        if best is None or abs(found - expected) < abs(best - expected):
            best = found
    return best


def _written(line: str, composed: str, index: int) -> int:
    """Return the index in ``line`` of the character that is at ``index`` once accents are composed with their letters."""
    if line == composed:
        return index
    return bisect_left(range(len(line)), index, key=lambda at: len(unicodedata.normalize("NFC", line[:at])))


class _Flat(Struct, kw_only=True):
    """The text of one block while it is put together."""

    language: str
    parts: list[str]
    segments: list[Segment]
    cited: list[int]
    length: int = 0

    def add(self, text: str, at: Location | None) -> None:
        """Add ``text``; letters that are written with a separate accent become one character, as word lists have them."""
        text = unicodedata.normalize("NFC", text)
        self.segments.append(Segment(start=self.length, at=at))
        self.parts.append(text)
        self.length += len(text)

    def read(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            match node:
                case Text():
                    self.add(node.text, node.location)
                case SoftBreak() | HardBreak():
                    self.add(" " if isinstance(node, SoftBreak) else "\n", None)
                case Code() | Math() | CrossReference():
                    self.add(STRANGE, None)
                case CitationReference():
                    self.cited.append(self.length)
                    if any(cite.mode is CiteMode.NARRATIVE for cite in node.cluster.cites):
                        self.add(STRANGE, node.location)
                case Span() if _is_foreign(node.attributes, self.language):
                    self.add(STRANGE, None)
                case Footnote():
                    self.cited += [self.length] if _cites(node.blocks) else []
                case Image():
                    self.add(STRANGE, node.location)
                case _:
                    self.read(children(node))


def _cites(nodes: Iterable[Node]) -> bool:
    return any(isinstance(node, CitationReference) or _cites(children(node)) for node in nodes)


def _is_foreign(attributes: Attributes, language: str) -> bool:
    given = attributes.get("lang")
    return given is not None and given.split("-")[0].lower() != language


def text_blocks(document: Document) -> tuple[TextBlock, ...]:
    """Return all texts of ``document`` in reading order."""
    reader = _Reader(language=document.metadata.lang.split("-")[0].lower())
    return tuple(reader.blocks(document.blocks, section="", quoted=False))


class _Reader(Struct, kw_only=True):
    """Walks through the blocks of one document."""

    language: str
    group: int = 0

    def text(
        self, kind: TextKind, nodes: Sequence[Inline], at: Location | None, section: str, *, quoted: bool
    ) -> Iterator[TextBlock]:
        """Yield the text of ``nodes``, then the notes in it."""
        flat = _Flat(language=self.language, parts=[], segments=[], cited=[])
        flat.read(nodes)
        text = "".join(flat.parts)
        if text.strip():
            first = next((segment.at for segment in flat.segments if segment.at), None)
            yield TextBlock(
                kind=kind,
                text=text,
                segments=tuple(flat.segments),
                location=first or at,
                section=section,
                quoted=quoted,
                cited=tuple(flat.cited),
                group=self.group,
            )
        yield from self.notes(nodes, section, quoted=quoted)

    def notes(self, nodes: Iterable[Node], section: str, *, quoted: bool) -> Iterator[TextBlock]:
        for node in nodes:
            if isinstance(node, Footnote):
                for block in self.blocks(node.blocks, section=section, quoted=quoted):
                    yield replace(block, kind=TextKind.NOTE)
            else:
                yield from self.notes(children(node), section, quoted=quoted)

    def blocks(self, blocks: Iterable[Block], *, section: str, quoted: bool) -> Iterator[TextBlock]:
        for block in blocks:
            self.group += 1
            if not _is_foreign(getattr(block, "attributes", Attributes()), self.language):
                yield from self.block(block, section, quoted=quoted)

    def block(self, block: Block, section: str, *, quoted: bool) -> Iterator[TextBlock]:  # noqa: C901 - one case each
        match block:
            case Section():
                name = " ".join("".join(_plain(block.heading)).split())
                yield from self.text(TextKind.HEADING, block.heading, block.location, name, quoted=quoted)
                yield from self.blocks(block.blocks, section=name, quoted=quoted)
            case Paragraph():
                yield from self.text(TextKind.PARAGRAPH, block.children, block.location, section, quoted=quoted)
            case List():
                group = self.group
                for item in block.items:
                    for found in self.blocks(_item_blocks(item.blocks), section=section, quoted=quoted):
                        yield (
                            replace(found, kind=TextKind.ITEM, group=group)
                            if found.kind is TextKind.PARAGRAPH
                            else found
                        )
            case Callout() | WriteIn() | AtAGlance() | ReferenceList():
                yield from self.text(TextKind.HEADING, block.heading, block.location, section, quoted=quoted)
                yield from self.component(block, section, quoted=quoted)
            case Statistic():
                yield from self.text(TextKind.STATISTIC, block.children, block.location, section, quoted=quoted)
            case Table():
                yield from self.text(TextKind.CAPTION, block.caption, block.location, section, quoted=quoted)
                for cell in (*block.head, *(cell for row in block.rows for cell in row)):
                    yield from self.text(TextKind.CELL, cell.children, block.location, section, quoted=quoted)
                    yield from self.blocks(cell.blocks, section=section, quoted=quoted)
            case Chart():
                yield from self.text(TextKind.HEADING, block.heading, block.location, section, quoted=quoted)
                yield from self.text(TextKind.CAPTION, block.caption, block.location, section, quoted=quoted)
            case IconArray():
                yield from self.blocks(block.blocks, section=section, quoted=quoted)
                for half in block.halves:
                    yield from self.text(TextKind.LABEL, half, block.location, section, quoted=quoted)
            case MailingPanel():
                return
            case Figure():
                yield from self.text(TextKind.CAPTION, block.caption, block.location, section, quoted=quoted)
            case Timeline():
                for step in block.steps:
                    yield from self.text(TextKind.LABEL, step.when, block.location, section, quoted=quoted)
                    yield from self.text(TextKind.ITEM, step.children, block.location, section, quoted=quoted)
            case DefinitionList():
                for definition in block.items:
                    yield from self.text(TextKind.TERM, definition.term, None, section, quoted=quoted)
                    for description in definition.descriptions:
                        yield from self.blocks(description, section=section, quoted=quoted)
            case Quote():
                yield from self.blocks(block.blocks, section=section, quoted=True)
            case CodeBlock():
                return
            case _:
                yield from self.blocks(getattr(block, "blocks", ()), section=section, quoted=quoted)

    def component(
        self, block: Callout | WriteIn | AtAGlance | ReferenceList, section: str, *, quoted: bool
    ) -> Iterator[TextBlock]:
        match block:
            case WriteIn():
                for line in block.lines:
                    yield from self.text(TextKind.LABEL, line, block.location, section, quoted=quoted)
            case AtAGlance():
                for fact in block.facts:
                    at = fact.location or block.location
                    yield from self.text(TextKind.FACT, fact.children, at, section, quoted=quoted)
                yield from self.blocks(block.blocks, section=section, quoted=quoted)
            case _:
                yield from self.blocks(block.blocks, section=section, quoted=quoted)


def _item_blocks(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of an item of a list; one that is all quotation is the author's own, indented by a converter."""
    match tuple(blocks):
        case (Quote() as quote,):
            return quote.blocks
        case _:
            return blocks


def _plain(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.text
        elif not isinstance(node, Footnote):
            yield from _plain(children(node))

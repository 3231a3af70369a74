"""Writer of blocks as Markdown: a blank line between blocks, and one line for each paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never

from msgspec import Struct, field

from leaflet.interchange.import_log import ImportLog, ImportPlace
from leaflet.interchange.imported_content import (
    BoxedBlocks,
    CodeLines,
    FigureBlock,
    HeadingLine,
    ImportedBlock,
    ImportedList,
    ImportedTable,
    NewPage,
    QuotedBlocks,
    ReferencePlace,
    RuleLine,
    TermList,
    TextParagraph,
)
from leaflet.interchange.markdown_escapes import line_start
from leaflet.interchange.place_names import PlaceNames
from leaflet.interchange.write_inlines import InlineWriter
from leaflet.interchange.write_tables import grid_table, html_table, is_plain, needs_html, pipe_table
from leaflet.model.document import Numbering

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
AFTER_TEXT = re.compile(r"\n\n(?=\s*(?:[-*]|1[.)]) )")
"""A blank line before a list that is one directly after text too; others need the line (CommonMark, "Lists")."""
DEEPEST_HEADING = 6


class BlockWriter(Struct, kw_only=True):
    """Writer of the blocks of one source."""

    inlines: InlineWriter
    log: ImportLog
    shift: int = 1
    """Levels by which headings are moved down: the title of the source is above them."""
    places: dict[str, ImportPlace] = field(default_factory=dict)

    @classmethod
    def of(cls, places: PlaceNames, log: ImportLog) -> BlockWriter:
        """Return a writer for a source whose bookmarks are known."""
        return cls(inlines=InlineWriter(places=places), log=log)

    def document(self, blocks: Sequence[ImportedBlock]) -> str:
        """Return the body of a source, with its notes at the end."""
        body = self.blocks(blocks)
        notes: list[str] = []
        while len(notes) < len(self.inlines.notes):  # a note may hold another
            number = len(notes) + 1
            text = self.blocks(self.inlines.notes[number - 1]) or "\\ "
            notes.append(f"[^{number}]: {_indented(text, 4)}")
        return "\n\n".join([part for part in (body, *notes) if part]) + "\n"

    def blocks(self, blocks: Sequence[ImportedBlock], *, shift: int | None = None) -> str:
        """Return blocks as Markdown, without a line end at the end."""
        parts: list[str] = []
        before: ImportedBlock | None = None
        alternate = False
        for block in blocks:
            alternate = _are_alike(before, block) and not alternate
            text = self.block(block, alternate=alternate, is_inner=shift is not None)
            if text:
                parts.append(text)
                before = block
        return "\n\n".join(parts)

    def block(self, block: ImportedBlock, *, alternate: bool = False, is_inner: bool = False) -> str:
        """Return one block; ``alternate`` marks a list directly after another one."""
        match block:
            case TextParagraph():
                return line_start(self.inlines.line(block.children))
            case HeadingLine():
                return self.heading(block, is_inner=is_inner)
            case FigureBlock():
                return self.figure(block)
            case ImportedList():
                return self.list_items(block, alternate=alternate)
            case ImportedTable():
                return self.table(block)
            case BoxedBlocks():
                return self.box(block)
            case QuotedBlocks():
                return "\n".join(f"> {line}".rstrip() for line in self.blocks(block.blocks).split("\n"))
            case CodeLines():
                fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", block.text)), default=0))
                return f"{fence}\n{block.text}\n{fence}"
            case TermList():
                return self.terms(block)
            case RuleLine():
                return "* * *"
            case NewPage():
                return "\\newpage"
            case ReferencePlace():
                return "::: {#refs}\n:::"
            case _:
                assert_never(block)

    def heading(self, block: HeadingLine, *, is_inner: bool) -> str:
        """Return a heading; one within a box, a note or a cell is a line in bold."""
        words = " ".join(self.inlines.line(block.children).replace("\\\n", " ").split())
        if not words:
            return ""
        if is_inner:
            return f"**{words}**" if "**" not in words else words
        words = re.sub(r"(#+)$", r"\\\1", words)
        names = [self.inlines.places.name(name) for name in block.names]
        more = "".join(f"[]{{#{name}}}" for name in names[1:])
        attributes = f" {{#{names[0]}}}" if names else ""
        return f"{'#' * min(block.level + self.shift, DEEPEST_HEADING)} {words}{more}{attributes}"

    def figure(self, block: FigureBlock) -> str:
        """Return pictures that stand alone; the first has the caption of all."""
        caption = self.inlines.line(block.caption, in_cell=True)
        parts = [
            self.inlines.picture(picture, (caption if number == 0 else "") if caption else None)
            for number, picture in enumerate(block.pictures)
        ]
        for picture in block.pictures:
            if not picture.alt and not picture.is_decoration:
                place = ImportPlace(paragraph=block.number, words=picture.path)
                hint = 'its braces: {alt="…"}' if caption else "its square brackets: ![…]"
                self.log.say(f"this picture has no alternative text: write what it shows into {hint}", place=place)
        return " ".join(parts)

    def list_items(self, block: ImportedList, *, alternate: bool) -> str:
        """Return a list; items of one line each are close together."""
        rendered = [self.blocks(item, shift=0) for item in block.items]
        is_tight = all(
            len(item) <= 1 or all(isinstance(part, ImportedList) for part in item[1:]) for item in block.items
        )
        lines = []
        for number, text in enumerate(rendered, block.start):
            mark = _mark(block, number, alternate=alternate)
            if is_tight:
                text = AFTER_TEXT.sub("\n", text)
            lines.append(f"{mark} {_indented(text, len(mark) + 1)}".rstrip())
        return ("\n" if is_tight else "\n\n").join(lines)

    def table(self, block: ImportedTable) -> str:
        """Return a table in the simplest form that holds it."""
        caption = self.inlines.line(block.caption, in_cell=True)
        if needs_html(block):
            return html_table(block, caption, self.log)
        form = pipe_table if is_plain(block) else grid_table
        text = form(block, self)
        return f"{text}\n\nTable: {caption}" if caption else text

    def box(self, block: BoxedBlocks) -> str:
        """Return blocks in a fenced div; headings in it are its own, one level below those around."""
        heads = [part for part in block.blocks if isinstance(part, HeadingLine)]
        inner = self.blocks(block.blocks, shift=None if len(heads) == 1 and block.blocks[0] is heads[0] else 0)
        colons = ":" * max(3, 1 + max((len(run) for run in re.findall(r"^:{3,}", inner, re.MULTILINE)), default=2))
        return f"{colons} {block.name}\n{inner}\n{colons}"

    def terms(self, block: TermList) -> str:
        """Return a list of terms."""
        parts = []
        for term, descriptions in block.items:
            lines = [self.inlines.line(term, in_cell=True) or "\\ "]
            lines += [f":   {_indented(self.blocks(part, shift=0), 4)}" for part in descriptions]
            parts.append("\n".join(lines))
        return "\n\n".join(parts)


def _are_alike(before: ImportedBlock | None, block: ImportedBlock) -> bool:
    """Return whether two lists would be read as one."""
    return isinstance(block, ImportedList) and isinstance(before, ImportedList) and block.ordered == before.ordered


def _indented(text: str, columns: int) -> str:
    """Return a text whose lines after the first are indented."""
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{' ' * columns}{line}" if line else "" for line in others)])


def _mark(block: ImportedList, number: int, *, alternate: bool) -> str:
    if not block.ordered:
        return "*" if alternate else "-"
    return f"{numeral(number, block.numbering)}{')' if alternate else '.'}"


def numeral(number: int, numbering: Numbering) -> str:
    """Return a number in the numerals of a list.

    >>> numeral(4, Numbering.LOWER_ROMAN), numeral(28, Numbering.UPPER_LETTERS)
    ('iv', 'AB')
    """
    match numbering:
        case Numbering.DECIMAL:
            return str(number)
        case Numbering.LOWER_LETTERS | Numbering.UPPER_LETTERS:
            text, left = "", number
            while left > 0:
                left, digit = divmod(left - 1, 26)
                text = chr(ord("a") + digit) + text
        case Numbering.LOWER_ROMAN | Numbering.UPPER_ROMAN:
            text, left = "", number
            for value, signs in ROMAN:
                text += signs * (left // value)
                left %= value
        case _:
            assert_never(numbering)
    return text.upper() if numbering in {Numbering.UPPER_LETTERS, Numbering.UPPER_ROMAN} else text

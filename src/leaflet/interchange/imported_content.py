"""Content of a document of another program as a typed tree, between its reader and the writer of Markdown."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from leaflet.model.document import Numbering


class TextMark(StrEnum):
    """A mark on words that Markdown can express."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRIKEOUT = "strikeout"
    HIGHLIGHT = "highlight"
    SMALL_CAPS = "small capitals"
    UNDERLINE = "underline"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    CODE = "code"


class ChangeKind(StrEnum):
    """The kind of a tracked change."""

    INSERTED = "inserted"
    DELETED = "deleted"


# ---------------------------------------------------------------- inlines


class Words(Struct, frozen=True, kw_only=True):
    """Plain characters, as they were in the document."""

    text: str


class MarkedWords(Struct, frozen=True, kw_only=True):
    """Words with one mark."""

    mark: TextMark
    children: tuple[ImportedInline, ...]


class ClassedWords(Struct, frozen=True, kw_only=True):
    """Words of a character style that has a class in the source."""

    name: str
    children: tuple[ImportedInline, ...]


class LinkedWords(Struct, frozen=True, kw_only=True):
    """A link; ``target`` is an address or ``#name``."""

    target: str
    children: tuple[ImportedInline, ...]


class PlacedPicture(Struct, frozen=True, kw_only=True):
    """A picture at its place; ``width`` is a length or a percentage of Markdown's attribute, empty for its own size.

    ``floats`` says that it was not in its line, but beside or between the text.
    """

    path: str
    alt: str
    width: str = ""
    floats: bool = False
    is_decoration: bool = False


class NoteMark(Struct, frozen=True, kw_only=True):
    """A footnote or endnote at the place of its mark."""

    blocks: tuple[ImportedBlock, ...]


class LineEnd(Struct, frozen=True, kw_only=True):
    """A line break within a paragraph."""


class PlaceName(Struct, frozen=True, kw_only=True):
    """A bookmark to which something in the document leads."""

    name: str


class CitedSource(Struct, frozen=True, kw_only=True):
    """One source of a citation. ``locator`` has its word before it, such as ``p. 4``."""

    key: str
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    hides_author: bool = False
    in_text: bool = False
    """True where the author's name is part of the sentence."""


class SourceCitation(Struct, frozen=True, kw_only=True):
    """A citation that a program for references has put into the text."""

    cites: tuple[CitedSource, ...]


class TexFormula(Struct, frozen=True, kw_only=True):
    """A formula in TeX, in its line or apart."""

    tex: str
    display: bool = False


class ChangedWords(Struct, frozen=True, kw_only=True):
    """Words of a tracked change that stays visible."""

    kind: ChangeKind
    children: tuple[ImportedInline, ...]


class Remark(Struct, frozen=True, kw_only=True):
    """A comment of a reader; ``visible`` ones are written as CriticMarkup, others as comments of HTML."""

    author: str
    text: str
    visible: bool = False


class DataField(Struct, frozen=True, kw_only=True):
    """A value that varies: a merge field of Word."""

    name: str


ImportedInline: TypeAlias = (
    Words
    | MarkedWords
    | ClassedWords
    | LinkedWords
    | PlacedPicture
    | NoteMark
    | LineEnd
    | PlaceName
    | SourceCitation
    | TexFormula
    | ChangedWords
    | Remark
    | DataField
)

# ---------------------------------------------------------------- blocks


class TextParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph. ``is_caption`` marks one that belongs to the picture or table beside it."""

    children: tuple[ImportedInline, ...]
    is_caption: bool = False
    number: int = 0
    """The number of its paragraph in the document, from 1; 0 where it has none."""


class HeadingLine(Struct, frozen=True, kw_only=True):
    """A heading; level 1 is the highest that the document uses."""

    level: int
    children: tuple[ImportedInline, ...]
    names: tuple[str, ...] = ()
    number: int = 0


class FigureBlock(Struct, frozen=True, kw_only=True):
    """Pictures that stand alone, with their caption."""

    pictures: tuple[PlacedPicture, ...]
    caption: tuple[ImportedInline, ...] = ()
    number: int = 0


class ImportedList(Struct, frozen=True, kw_only=True):
    """A list; each item is a sequence of blocks."""

    items: tuple[tuple[ImportedBlock, ...], ...]
    ordered: bool = False
    start: int = 1
    numbering: Numbering = Numbering.DECIMAL


class ImportedCell(Struct, frozen=True, kw_only=True):
    """A cell of a table, with the columns and rows that it takes; 0 rows where the cell above takes its place."""

    blocks: tuple[ImportedBlock, ...]
    columns: int = 1
    rows: int = 1


class ImportedTable(Struct, frozen=True, kw_only=True):
    """A table whose first ``heads`` rows are its head."""

    rows: tuple[tuple[ImportedCell, ...], ...]
    heads: int = 0
    caption: tuple[ImportedInline, ...] = ()
    number: int = 0


class BoxedBlocks(Struct, frozen=True, kw_only=True):
    """Blocks within a fenced div of a name."""

    name: str
    blocks: tuple[ImportedBlock, ...]


class QuotedBlocks(Struct, frozen=True, kw_only=True):
    """A quotation set apart."""

    blocks: tuple[ImportedBlock, ...]


class CodeLines(Struct, frozen=True, kw_only=True):
    """Code set apart."""

    text: str


class TermList(Struct, frozen=True, kw_only=True):
    """Terms with their descriptions."""

    items: tuple[tuple[tuple[ImportedInline, ...], tuple[tuple[ImportedBlock, ...], ...]], ...]


class RuleLine(Struct, frozen=True, kw_only=True):
    """A line across the text."""


class NewPage(Struct, frozen=True, kw_only=True):
    """A page break that the author wrote."""


class ReferencePlace(Struct, frozen=True, kw_only=True):
    """The place of the list of references that a program for references keeps up."""


ImportedBlock: TypeAlias = (
    TextParagraph
    | HeadingLine
    | FigureBlock
    | ImportedList
    | ImportedTable
    | BoxedBlocks
    | QuotedBlocks
    | CodeLines
    | TermList
    | RuleLine
    | NewPage
    | ReferencePlace
)

"""Content of a document of another program as a typed tree, between its reader and the writer of Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Plain characters, as they were in the document."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedWords:
    """Words with one mark."""

    mark: TextMark
    children: tuple[ImportedInline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassedWords:
    """Words of a character style that has a class in the source."""

    name: str
    children: tuple[ImportedInline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedWords:
    """A link; ``target`` is an address or ``#name``."""

    target: str
    children: tuple[ImportedInline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPicture:
    """A picture at its place; ``width`` is a length or a percentage of Markdown's attribute, empty for its own size.

    ``floats`` says that it was not in its line, but beside or between the text.
    """

    path: str
    alt: str
    width: str = ""
    floats: bool = False
    is_decoration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """A footnote or endnote at the place of its mark."""

    blocks: tuple[ImportedBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEnd:
    """A line break within a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A bookmark to which something in the document leads."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """One source of a citation. ``locator`` has its word before it, such as ``p. 4``."""

    key: str
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    hides_author: bool = False
    in_text: bool = False
    """True where the author's name is part of the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCitation:
    """A citation that a program for references has put into the text."""

    cites: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TexFormula:
    """A formula in TeX, in its line or apart."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWords:
    """Words of a tracked change that stays visible."""

    kind: ChangeKind
    children: tuple[ImportedInline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment of a reader; ``visible`` ones are written as CriticMarkup, others as comments of HTML."""

    author: str
    text: str
    visible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DataField:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParagraph:
    """A paragraph. ``is_caption`` marks one that belongs to the picture or table beside it."""

    children: tuple[ImportedInline, ...]
    is_caption: bool = False
    number: int = 0
    """The number of its paragraph in the document, from 1; 0 where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingLine:
    """A heading; level 1 is the highest that the document uses."""

    level: int
    children: tuple[ImportedInline, ...]
    names: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """Pictures that stand alone, with their caption."""

    pictures: tuple[PlacedPicture, ...]
    caption: tuple[ImportedInline, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedList:
    """A list; each item is a sequence of blocks."""

    items: tuple[tuple[ImportedBlock, ...], ...]
    ordered: bool = False
    start: int = 1
    numbering: Numbering = Numbering.DECIMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCell:
    """A cell of a table, with the columns and rows that it takes; 0 rows where the cell above takes its place."""

    blocks: tuple[ImportedBlock, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTable:
    """A table whose first ``heads`` rows are its head."""

    rows: tuple[tuple[ImportedCell, ...], ...]
    heads: int = 0
    caption: tuple[ImportedInline, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedBlocks:
    """Blocks within a fenced div of a name."""

    name: str
    blocks: tuple[ImportedBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedBlocks:
    """A quotation set apart."""

    blocks: tuple[ImportedBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLines:
    """Code set apart."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """Terms with their descriptions."""

    items: tuple[tuple[tuple[ImportedInline, ...], tuple[tuple[ImportedBlock, ...], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A line across the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """A page break that the author wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePlace:
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

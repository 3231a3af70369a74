"""Content of a leaflet as a typed tree: the source's text, before anything decides its look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from leaflet.errors import Location
from leaflet.model.chart_data import ChartData, ChartKind
from leaflet.model.citation import Cluster
from leaflet.model.metadata import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Attributes ``{#id .class key=value}`` of a block or a span. Values are data, never markup."""

    id: str | None = None
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str | None:
        """Return the value of ``key=value``, or None."""
        return next((value for name, value in self.pairs if name == key), None)


NO_ATTRIBUTES = Attributes()

# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain characters, typographically finished (quotes, dashes, non-breaking spaces).

    ``location`` is the place of the first character in the source; it is no part of the content.
    """

    text: str
    location: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftBreak:
    """A line end in the source: a space on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardBreak:
    """A line break that the author wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """Emphasised words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Words of strong importance."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """Words that were struck out."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Superscript:
    """Words above the line."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscript:
    """Words below the line."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Code within a line, as typed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link; ``target`` has a scheme that the source stage allowed (http, https, mailto, tel) or is ``#id``."""

    target: str
    children: tuple[Inline, ...]
    title: str | None = None
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture; ``path`` is relative to the source's folder or a ``data:`` address. Without ``alt`` it is decoration.

    Of an ``absent`` picture only the alternative text is printed, in a frame.
    """

    path: str
    alt: str
    absent: bool = False
    title: str | None = None
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A bracketed span ``[text]{.class lang=fr}``."""

    children: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """One picture of the icon set, as decoration beside words that say the same: ``[]{.icon-phone}``."""

    name: str
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReference:
    """``{{ clinic.phone }}``: a value that varies, resolved to text and never to markup."""

    name: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationReference:
    """The place in the text where a cluster is cited; the text comes from the citation stage.

    ``number`` counts the citations of a document from 0, once it is known which of them there are.
    """

    cluster: Cluster
    location: Location
    nested: tuple[CitationReference, ...] = ()
    """The citations within the words of this one, in the places of ``nested_mark``."""
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note, at the place of its mark.

    A mark that ``repeats`` a note of its ``label`` has no text of its own: the note is printed once.
    """

    blocks: tuple[Block, ...]
    location: Location
    label: str | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Math:
    """A formula in TeX, in its line or, with ``display``, apart. One that cannot be ``set`` prints as its source."""

    tex: str
    display: bool = False
    set: bool = True
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """The number of a figure, table, formula or section of this leaflet, before numbers are given.

    ``words`` stand before the number instead of the word of the language; with ``bare`` there is the number alone, which
    for a formula has brackets unless the text has them already (``in_brackets``). A section that is referred to by its
    title (``titled``) needs no number.
    """

    target: str
    location: Location
    words: tuple[Inline, ...] = ()
    bare: bool = False
    in_brackets: bool = False
    titled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeInlineHtml:
    """Raw HTML within a line that has passed the allow-list."""

    html: str


Inline: TypeAlias = (
    Text
    | SoftBreak
    | HardBreak
    | Emphasis
    | Strong
    | Deleted
    | Superscript
    | Subscript
    | Code
    | Link
    | Image
    | Span
    | Icon
    | FieldReference
    | CitationReference
    | Footnote
    | Math
    | CrossReference
    | SafeInlineHtml
)

# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and everything under it, up to the next heading of its level or above."""

    level: int
    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location

    @property
    def panel(self) -> str | None:
        """The panel this section is pinned to, by name."""
        return self.attributes.get("panel")


class ListKind(StrEnum):
    """The kind of a list."""

    BULLET = "bullet"
    ORDERED = "ordered"


class Numbering(StrEnum):
    """The numerals of an ordered list, by the names that HTML has for them."""

    DECIMAL = "1"
    LOWER_LETTERS = "a"
    UPPER_LETTERS = "A"
    LOWER_ROMAN = "i"
    UPPER_ROMAN = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item of a list."""

    blocks: tuple[Block, ...]
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list. Classes choose its look: ``plain``, ``cross``, ``tick``, ``two``."""

    kind: ListKind
    items: tuple[ListItem, ...]
    start: int = 1
    numbering: Numbering = Numbering.DECIMAL
    tight: bool = True
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term with its descriptions."""

    term: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionList:
    """A list of terms and their descriptions."""

    items: tuple[Definition, ...]
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation set apart."""

    blocks: tuple[Block, ...]
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Code set apart; ``language`` is its name in the source."""

    text: str
    language: str | None = None
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class ThematicBreak:
    """A thematic break."""


class Alignment(StrEnum):
    """The alignment of a table's column."""

    NONE = "none"
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: one run of text, or ``blocks`` where it holds more than that."""

    children: tuple[Inline, ...]
    blocks: tuple[Block, ...] = ()
    attributes: Attributes = NO_ATTRIBUTES
    rows: int = 1
    """The number of rows it takes; 0 where the cell above takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; every row has as many cells as ``alignments``. ``row_heads``: the first column heads its row.

    ``widths`` are those of the columns in per cent of the line; without them the content decides.
    """

    alignments: tuple[Alignment, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()
    row_heads: bool = False
    widths: tuple[float, ...] = ()
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One picture, or several, with a caption."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A fenced div with no meaning of its own: ``::: {.two-column}``."""

    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


class CalloutKind(StrEnum):
    """The kind of a callout."""

    NOTE = "note"
    TIP = "tip"
    WARNING = "warning"
    IMPORTANT = "important"
    CAUTION = "caution"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """``::: {.callout-warning}``, or ``.callout-call`` for "call us if": an optional heading and a body."""

    kind: CalloutKind
    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One key fact; ``icon`` names a picture of the icon set."""

    children: tuple[Inline, ...]
    icon: str | None = None
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtAGlance:
    """``::: {#at-a-glance}``: the point of the leaflet in a few facts. An empty heading takes the language's own."""

    heading: tuple[Inline, ...]
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """``::: {.statistic number="372"}``: one big number and what it counts."""

    number: str
    children: tuple[Inline, ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """A step of a timeline, with its time."""

    when: tuple[Inline, ...]
    children: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """``::: timeline`` around a list whose items open with a bold time."""

    steps: tuple[TimelineStep, ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIn:
    """``::: write-in`` around a list: labelled lines to write on; an empty label is an empty line."""

    heading: tuple[Inline, ...]
    lines: tuple[tuple[Inline, ...], ...]
    attributes: Attributes
    location: Location
    shares: tuple[float, ...] = ()
    """The parts of the width that lines beside each other have; empty where each line has a row of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactBlock:
    """``::: contact``: the contact of the front matter, here in the text as well."""

    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """``::: {#refs}`` or ``::: {.refs keyword=primary}``: the place where the references go."""

    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class IconArray:
    """``::: {.icon-array number=3 of=100}``: so many of so many people, drawn and in words.

    ``halves`` say what those are that are counted, and what the others are.
    """

    count: int
    total: int
    blocks: tuple[Block, ...]
    halves: tuple[tuple[Inline, ...], ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """``::: {.bar-chart data="visitors.csv"}``: a small chart with a title that says what to see.

    ``emphasis`` is the category that makes the point, by its number.
    """

    kind: ChartKind
    data: ChartData
    heading: tuple[Inline, ...]
    caption: tuple[Inline, ...]
    attributes: Attributes
    location: Location
    emphasis: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBlock:
    """``::: event``: the event of the front matter, here in the text."""

    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingPanel:
    """``::: mailing``: the side of a mailed leaflet that carries the address, which is in ``blocks``."""

    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeHtml:
    """A block of raw HTML that has passed the allow-list."""

    html: str


Block: TypeAlias = (
    Paragraph
    | Section
    | List
    | DefinitionList
    | Quote
    | CodeBlock
    | ThematicBreak
    | Table
    | Figure
    | Division
    | Callout
    | AtAGlance
    | Statistic
    | Timeline
    | WriteIn
    | ContactBlock
    | ReferenceList
    | IconArray
    | Chart
    | EventBlock
    | MailingPanel
    | SafeHtml
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source, read: its metadata and its content."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    source: str
    """The source's path, relative to the workspace, with forward slashes."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Field values by dotted name (``clinic.phone``), the front matter's defaults under those given."""

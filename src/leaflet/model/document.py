"""Content of a leaflet as a typed tree: the source's text, before anything decides its look."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct, field

from leaflet.errors import Location
from leaflet.model.chart_data import ChartData, ChartKind
from leaflet.model.citation import Cluster
from leaflet.model.metadata import Metadata


class Attributes(Struct, frozen=True, kw_only=True):
    """Attributes ``{#id .class key=value}`` of a block or a span. Values are data, never markup."""

    id: str | None = None
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str | None:
        """Return the value of ``key=value``, or None."""
        return next((value for name, value in self.pairs if name == key), None)


NO_ATTRIBUTES = Attributes()

# ---------------------------------------------------------------- inlines


class Text(Struct, frozen=True, kw_only=True, eq=False):
    """Plain characters, typographically finished (quotes, dashes, non-breaking spaces).

    ``location`` is the place of the first character in the source; it is no part of the content.
    """

    text: str
    location: Location | None = None

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Text) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)


class SoftBreak(Struct, frozen=True, kw_only=True):
    """A line end in the source: a space on paper."""


class HardBreak(Struct, frozen=True, kw_only=True):
    """A line break that the author wrote."""


class Emphasis(Struct, frozen=True, kw_only=True):
    """Emphasised words."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True, kw_only=True):
    """Words of strong importance."""

    children: tuple[Inline, ...]


class Deleted(Struct, frozen=True, kw_only=True):
    """Words that were struck out."""

    children: tuple[Inline, ...]


class Superscript(Struct, frozen=True, kw_only=True):
    """Words above the line."""

    children: tuple[Inline, ...]


class Subscript(Struct, frozen=True, kw_only=True):
    """Words below the line."""

    children: tuple[Inline, ...]


class Code(Struct, frozen=True, kw_only=True):
    """Code within a line, as typed."""

    text: str


class Link(Struct, frozen=True, kw_only=True):
    """A link; ``target`` has a scheme that the source stage allowed (http, https, mailto, tel) or is ``#id``."""

    target: str
    children: tuple[Inline, ...]
    title: str | None = None
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class Image(Struct, frozen=True, kw_only=True):
    """A picture; ``path`` is relative to the source's folder or a ``data:`` address. Without ``alt`` it is decoration.

    Of an ``absent`` picture only the alternative text is printed, in a frame.
    """

    path: str
    alt: str
    absent: bool = False
    title: str | None = None
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class Span(Struct, frozen=True, kw_only=True):
    """A bracketed span ``[text]{.class lang=fr}``."""

    children: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES


class Icon(Struct, frozen=True, kw_only=True):
    """One picture of the icon set, as decoration beside words that say the same: ``[]{.icon-phone}``."""

    name: str
    location: Location | None = None


class FieldReference(Struct, frozen=True, kw_only=True):
    """``{{ clinic.phone }}``: a value that varies, resolved to text and never to markup."""

    name: str
    location: Location


class CitationReference(Struct, frozen=True, kw_only=True):
    """The place in the text where a cluster is cited; the text comes from the citation stage.

    ``number`` counts the citations of a document from 0, once it is known which of them there are.
    """

    cluster: Cluster
    location: Location
    nested: tuple[CitationReference, ...] = ()
    """The citations within the words of this one, in the places of ``nested_mark``."""
    number: int | None = None


class Footnote(Struct, frozen=True, kw_only=True):
    """A note, at the place of its mark.

    A mark that ``repeats`` a note of its ``label`` has no text of its own: the note is printed once.
    """

    blocks: tuple[Block, ...]
    location: Location
    label: str | None = None
    repeats: bool = False


class Math(Struct, frozen=True, kw_only=True):
    """A formula in TeX, in its line or, with ``display``, apart. One that cannot be ``set`` prints as its source."""

    tex: str
    display: bool = False
    set: bool = True
    numbered: bool = False
    """True where its number is printed beside it."""
    location: Location | None = None


class CrossReference(Struct, frozen=True, kw_only=True):
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


class SafeInlineHtml(Struct, frozen=True, kw_only=True):
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


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph."""

    children: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class Section(Struct, frozen=True, kw_only=True):
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


class ListItem(Struct, frozen=True, kw_only=True):
    """An item of a list."""

    blocks: tuple[Block, ...]
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class List(Struct, frozen=True, kw_only=True):
    """A list. Classes choose its look: ``plain``, ``cross``, ``tick``, ``two``."""

    kind: ListKind
    items: tuple[ListItem, ...]
    start: int = 1
    numbering: Numbering = Numbering.DECIMAL
    tight: bool = True
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class Definition(Struct, frozen=True, kw_only=True):
    """A term with its descriptions."""

    term: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


class DefinitionList(Struct, frozen=True, kw_only=True):
    """A list of terms and their descriptions."""

    items: tuple[Definition, ...]
    attributes: Attributes = NO_ATTRIBUTES


class Quote(Struct, frozen=True, kw_only=True):
    """A quotation set apart."""

    blocks: tuple[Block, ...]
    attributes: Attributes = NO_ATTRIBUTES


class CodeBlock(Struct, frozen=True, kw_only=True):
    """Code set apart; ``language`` is its name in the source."""

    text: str
    language: str | None = None
    attributes: Attributes = NO_ATTRIBUTES


class ThematicBreak(Struct, frozen=True, kw_only=True):
    """A thematic break."""


class Alignment(StrEnum):
    """The alignment of a table's column."""

    NONE = "none"
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Cell(Struct, frozen=True, kw_only=True):
    """A cell of a table: one run of text, or ``blocks`` where it holds more than that."""

    children: tuple[Inline, ...]
    blocks: tuple[Block, ...] = ()
    attributes: Attributes = NO_ATTRIBUTES
    rows: int = 1
    """The number of rows it takes; 0 where the cell above takes its place."""


class Table(Struct, frozen=True, kw_only=True):
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


class Figure(Struct, frozen=True, kw_only=True):
    """One picture, or several, with a caption."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class Division(Struct, frozen=True, kw_only=True):
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


class Callout(Struct, frozen=True, kw_only=True):
    """``::: {.callout-warning}``, or ``.callout-call`` for "call us if": an optional heading and a body."""

    kind: CalloutKind
    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


class Fact(Struct, frozen=True, kw_only=True):
    """One key fact; ``icon`` names a picture of the icon set."""

    children: tuple[Inline, ...]
    icon: str | None = None
    attributes: Attributes = NO_ATTRIBUTES
    location: Location | None = None


class AtAGlance(Struct, frozen=True, kw_only=True):
    """``::: {#at-a-glance}``: the point of the leaflet in a few facts. An empty heading takes the language's own."""

    heading: tuple[Inline, ...]
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


class Statistic(Struct, frozen=True, kw_only=True):
    """``::: {.statistic number="372"}``: one big number and what it counts."""

    number: str
    children: tuple[Inline, ...]
    attributes: Attributes
    location: Location


class TimelineStep(Struct, frozen=True, kw_only=True):
    """A step of a timeline, with its time."""

    when: tuple[Inline, ...]
    children: tuple[Inline, ...]
    attributes: Attributes = NO_ATTRIBUTES


class Timeline(Struct, frozen=True, kw_only=True):
    """``::: timeline`` around a list whose items open with a bold time."""

    steps: tuple[TimelineStep, ...]
    attributes: Attributes
    location: Location


class WriteIn(Struct, frozen=True, kw_only=True):
    """``::: write-in`` around a list: labelled lines to write on; an empty label is an empty line."""

    heading: tuple[Inline, ...]
    lines: tuple[tuple[Inline, ...], ...]
    attributes: Attributes
    location: Location
    shares: tuple[float, ...] = ()
    """The parts of the width that lines beside each other have; empty where each line has a row of its own."""


class ContactBlock(Struct, frozen=True, kw_only=True):
    """``::: contact``: the contact of the front matter, here in the text as well."""

    attributes: Attributes
    location: Location


class ReferenceList(Struct, frozen=True, kw_only=True):
    """``::: {#refs}`` or ``::: {.refs keyword=primary}``: the place where the references go."""

    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


class IconArray(Struct, frozen=True, kw_only=True):
    """``::: {.icon-array number=3 of=100}``: so many of so many people, drawn and in words.

    ``halves`` say what those are that are counted, and what the others are.
    """

    count: int
    total: int
    blocks: tuple[Block, ...]
    halves: tuple[tuple[Inline, ...], ...]
    attributes: Attributes
    location: Location


class Chart(Struct, frozen=True, kw_only=True):
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


class EventBlock(Struct, frozen=True, kw_only=True):
    """``::: event``: the event of the front matter, here in the text."""

    attributes: Attributes
    location: Location


class MailingPanel(Struct, frozen=True, kw_only=True):
    """``::: mailing``: the side of a mailed leaflet that carries the address, which is in ``blocks``."""

    blocks: tuple[Block, ...]
    attributes: Attributes
    location: Location


class SafeHtml(Struct, frozen=True, kw_only=True):
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


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """One source, read: its metadata and its content."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    source: str
    """The source's path, relative to the workspace, with forward slashes."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Field values by dotted name (``clinic.phone``), the front matter's defaults under those given."""

    @cached_property
    def walked(self) -> list[tuple[Block | Inline, ...]]:
        """The list into which ``walk.all_nodes`` puts all nodes when they are first wanted; no part of the value."""
        return []

"""Inline content as HTML; text is escaped here and nowhere earlier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import zip_longest
from math import inf
from typing import assert_never

from markupsafe import Markup, escape
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.design import IconSet
from leaflet.errors import Location
from leaflet.html.drawn_look import DrawnLook
from leaflet.html.figures import absent_picture, size_style
from leaflet.html.formatted_citation import is_raised, with_breaks_in_links, with_links
from leaflet.html.math_html import formula
from leaflet.html.note_blocks import note_lines
from leaflet.html.source_places import first_place, place_attributes
from leaflet.html.tear_strips import TearStrips
from leaflet.html.ui_labels import Labels
from leaflet.html.unbroken_words import WORD_BREAK, places_to_break, unbroken, with_tied_citations
from leaflet.model.citation import Citations, FormattedCluster, entry_id, nested_mark
from leaflet.model.document import (
    Attributes,
    CitationReference,
    Code,
    CrossReference,
    Deleted,
    Document,
    Emphasis,
    FieldReference,
    Footnote,
    HardBreak,
    Icon,
    Image,
    Inline,
    Link,
    Math,
    SafeInlineHtml,
    SoftBreak,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from leaflet.model.walk import Node, all_nodes, clusters


class Medium(StrEnum):
    """The medium on which a page is read."""

    PRINT = "print"
    WEB = "web"


class HtmlContext(Struct, kw_only=True):
    """Context of rendering one document: the results of other stages, and the notes and icons met so far."""

    document: Document
    citations: Citations
    labels: Labels
    medium: Medium
    image_address: Callable[[Image], str]
    icon_set: IconSet
    divides_pages: bool = False
    """True where text goes on from page to page, so that what is to stay whole must be protected."""
    head_letters: int = 0
    head_title: str = ""
    """The most letters of a running head, to which sections give their names (0 where there is none), and that of left pages."""
    listed: frozenset[str] = frozenset()
    """The keys of the references that some list of the page holds: what a citation may link to."""
    has_places: bool = False
    """True where elements of a web page name their places in the source, as those of a print page always do."""
    notes_at_end: bool = False
    """True where notes come at the end of the text; otherwise they are at the foot of their page."""
    measure: float = inf
    """The number of characters of a table on a line, over all columns of the page."""
    ems: float | None = None
    """The ems of the text in a line of a column on paper; wider formulas are divided."""
    ratio_of: Callable[[Image], float | None] = lambda _: None
    """Returns the width of a picture over its height, where that is known."""
    drawn: DrawnLook | None = None
    """The look of charts and icon arrays; None where none is drawn."""
    strips: TearStrips | None = None
    """The strips to tear off at the foot of the panel of the text, where it has some."""
    common_widths: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    """The widths of columns of tables with the same heads, by the identity of the table."""
    qr_path: Callable[[str], tuple[float, str]] | None = None
    """Returns the side and the dark modules of the QR code of an address; None where none is drawn."""
    formula: Callable[[Math, str, float | None], Markup] = formula
    with_breaks_in_links: Callable[[str], Markup] = with_breaks_in_links
    notes: dict[int, Markup] = field(default_factory=dict)
    """The texts of the notes written so far, by number."""
    marks: dict[int, int] = field(default_factory=dict)
    """The number of marks that lead to each note so far."""
    icons: set[str] = field(default_factory=set)
    _cited_at: dict[str, list[int]] = field(default_factory=dict)
    _anchored: set[str] = field(default_factory=set)
    _entries: frozenset[str] = frozenset()
    _footnotes: Mapping[int, int] = field(default_factory=dict)
    _cited_notes: Mapping[int, int] = field(default_factory=dict)
    """The number of each note that a citation makes, by the citation's number."""
    _labels: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for reference in clusters(self.document):
            for key in dict.fromkeys(cite.key for cite in reference.cluster.cites):
                self._cited_at.setdefault(key, []).append(self.place(reference))
        self._entries = frozenset(f"#{entry_id(key)}" for key in self.listed)
        noted = list(enumerate((node for node in all_nodes(self.document) if self.has_note(node)), start=1))
        self._footnotes = {id(node): number for number, node in noted if isinstance(node, Footnote)}
        self._labels = {node.label: number for number, node in noted if isinstance(node, Footnote) and node.label}
        self._cited_notes = {self.place(node): number for number, node in noted if isinstance(node, CitationReference)}

    def has_note(self, node: Node) -> bool:
        """Return whether the text of a note belongs to ``node``."""
        match node:
            case Footnote():
                return not node.repeats
            case CitationReference():
                return not node.cluster.in_note and self.cluster(node).note
            case _:
                return False

    def note_number(self, node: Footnote | CitationReference) -> int:
        """Return the number of the note at ``node``, in reading order; one that repeats has the number of the first."""
        if isinstance(node, CitationReference):
            return self._cited_notes[self.place(node)]
        return self._labels[str(node.label)] if node.repeats else self._footnotes[id(node)]

    def place(self, reference: CitationReference) -> int:
        """Return the number of citations before ``reference`` in reading order."""
        assert reference.number is not None, "the citations of a document are numbered before it is rendered"
        return reference.number

    def cluster(self, reference: CitationReference) -> FormattedCluster:
        """Return the formatted citation of ``reference``."""
        return self.citations.clusters[self.place(reference)]

    def places_of(self, key: str) -> Sequence[int]:
        """Return the places that cite ``key``."""
        return self._cited_at.get(key, ())

    def anchor(self, key: str) -> bool:
        """Return whether the entry of ``key`` is written for the first time, and so gets the anchor."""
        first = key not in self._anchored
        self._anchored.add(key)
        return first

    def source(self, start: Location | None, end: Location | None = None, *, made: bool = False) -> Markup:
        """Return the attributes for the place of an element in the source; a web page has none but in a preview."""
        is_placed = self.has_places or self.medium is Medium.PRINT
        return place_attributes(start, end, made=made) if is_placed else Markup()

    def source_of(self, children: Iterable[Node], after: Iterable[Node] = ()) -> Markup:
        """Return the attributes for an element that holds ``children`` and is followed by ``after``."""
        return self.source(first_place(children), first_place(after))

    def use_icon(self, name: str | None) -> str:
        """Return the icon of a name, and add its picture to the page."""
        icon = self.icon_set.known(name)
        self.icons.add(icon)
        return icon

    def with_links(self, html: str) -> Markup:
        """Return safe ``html`` of a citation, whose links lead to those entries that a list of the page holds."""
        return with_links(html, self._entries)


STOPS = ".,;:!?"
"""Marks that end a phrase and precede the mark of a note (Chicago Manual of Style 14.26)."""
NOWHERE = Markup()
"""The attributes of an element without a place in the source."""


def place_id(place: int) -> str:
    """Return the HTML id of a place in the text that cites something."""
    return f"cited-{place + 1}"


def inlines(nodes: Iterable[Inline], context: HtmlContext) -> Markup:
    """Return all of ``nodes`` as HTML."""
    shown = _beside_marks(tuple(nodes), context)
    places = places_to_break(shown)
    parts = [
        (WORD_BREAK if number in places else Markup()) + _inline(node, context, _start(after))
        for number, (node, after) in enumerate(zip_longest(shown, shown[1:]))
    ]
    return Markup().join(with_tied_citations(shown, parts))


def _start(after: Inline | None) -> Location | None:
    """Return the place at which the text behind a node goes on."""
    return after.location if isinstance(after, Text) else None


def _beside_marks(nodes: tuple[Inline, ...], context: HtmlContext) -> list[Inline]:
    """Return ``nodes`` with each citation's mark close to its word; the mark of a note follows a stop."""
    set_out: list[Inline] = []
    for node in nodes:
        last = set_out[-1] if set_out else None
        if isinstance(node, CitationReference) and _is_mark(node, context):
            _close_up(set_out)
            set_out.append(node)
        elif isinstance(node, Text) and isinstance(last, CitationReference) and _is_note(last, context):
            stop = node.text[: len(node.text) - len(node.text.lstrip(STOPS))]
            inside = stop[:1] if _goes_inside(stop, set_out[:-1], context) else ""
            if inside:
                set_out[-2] = _with_stop_inside(set_out[-2], inside)
            stop_behind = stop.removeprefix(inside)
            set_out[-1:] = [replace(node, text=stop_behind), last] if stop_behind else [last]
            set_out.append(_without_start(node, len(stop)))
        else:
            set_out.append(node)
    return set_out


AMERICAN = frozenset({"en", "en_US", "en_CA"})
"""Locales in which commas and full stops precede a closing quotation mark (Chicago Manual of Style 18, 6.9)."""


def _goes_inside(stop: str, before: Sequence[Inline], context: HtmlContext) -> bool:
    """Return whether ``stop``, behind a citation, belongs inside the quotation mark that ends ``before``."""
    quoted = bool(before) and isinstance(before[-1], Text) and before[-1].text.endswith("”")
    return quoted and stop[:1] in (".", ",") and context.labels.locale in AMERICAN


def _with_stop_inside(node: Inline, stop: str) -> Inline:
    """Return a text that ends with a quotation mark, with ``stop`` before the mark."""
    if not isinstance(node, Text):
        return node
    words = node.text.rstrip("”’" if "‘" in node.text else "”")
    return replace(node, text=f"{words}{stop}{node.text[len(words) :]}")


def _close_up(nodes: list[Inline]) -> None:
    """Take the space off the end of ``nodes``."""
    while nodes and isinstance(nodes[-1], SoftBreak):
        nodes.pop()
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = replace(nodes[-1], text=nodes[-1].text.rstrip(" "))


def _without_start(text: Text, count: int) -> Text:
    """Return ``text`` without its first ``count`` characters."""
    place = text.location
    if place is not None and place.column is not None:
        place = replace(place, column=place.column + count)
    return Text(text=text.text[count:], location=place)


def _is_mark(node: CitationReference, context: HtmlContext) -> bool:
    """Return whether the citation prints as a raised mark alone."""
    return _is_note(node, context) or is_raised(context.cluster(node).html)


def _is_note(node: CitationReference, context: HtmlContext) -> bool:
    found = context.cluster(node)
    return found.note and not node.cluster.in_note and not found.narrative


def _inline(node: Inline, context: HtmlContext, end: Location | None) -> Markup:  # noqa: C901 - one case for each inline
    match node:
        case Text():
            return unbroken(escape(node.text))
        case SoftBreak():
            return Markup("\n")
        case HardBreak():
            return Markup("<br>")
        case Emphasis():
            return _marked("em", node.children, context, end)
        case Strong():
            return _marked("strong", node.children, context, end)
        case Deleted():
            return _marked("del", node.children, context, end)
        case Superscript():
            return _marked("sup", node.children, context, end)
        case Subscript():
            return _marked("sub", node.children, context, end)
        case Code():
            return Markup("<code{}>{}</code>").format(context.source(None, end), node.text)
        case Link():
            return _link(node, context, end)
        case Image():
            return image(node, context, end)
        case Span():
            source = context.source(first_place(node.children), end)
            return Markup("<span{}>{}</span>").format(
                attributes(node.attributes, source=source), inlines(node.children, context)
            )
        case Icon():
            return Markup('<span class="icon icon-{}"{}></span>').format(
                context.use_icon(node.name), context.source(node.location, end)
            )
        case FieldReference():
            return escape(context.document.fields.get(node.name, "{{ " + node.name + " }}"))
        case CitationReference():
            return _citation(node, context, end)
        case Footnote():
            lines = note_lines(node.blocks, lambda nodes: inlines(nodes, context))
            return _note(node, Markup(" ").join(lines), context, end)
        case Math():
            return context.formula(node, context.document.metadata.lang, context.ems)
        case CrossReference():
            return inlines(node.words, context) if node.words else escape(node.target)
        case SafeInlineHtml():
            return Markup(node.html)  # noqa: S704 - the source stage has put it through its allow-list
        case _:
            assert_never(node)


def attributes(given: Attributes, *classes: str, source: Markup = NOWHERE, id: str | None = None) -> Markup:  # noqa: A002
    """Return ``id``, ``class``, ``lang`` and ``dir`` as HTML attributes, then ``source``, the place in the source.

    Other keys are not for the page.
    """
    values = {
        "id": given.id or id,
        "class": " ".join((*classes, *given.classes)) or None,
        "lang": given.get("lang"),
        "dir": given.get("dir"),
    }
    return Markup().join(Markup(' {}="{}"').format(key, value) for key, value in values.items() if value) + source


def _marked(tag: str, children: tuple[Inline, ...], context: HtmlContext, end: Location | None) -> Markup:
    source = context.source(first_place(children), end)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, source, inlines(children, context))


def image(node: Image, context: HtmlContext, end: Location | None = None, *, share: float | None = None) -> Markup:
    """Return a picture; its width and height may be given as CSS lengths, its width in per cent as well.

    ``share`` is its part of the width of a row of pictures.
    """
    if node.absent:
        return absent_picture(node)
    style = size_style(node) if share is None else Markup(' style="width:{:.2f}%"').format(share * 100)
    source = context.source(node.location, end)
    return Markup('<img src="{}" alt="{}"{}{}>').format(
        context.image_address(node), node.alt, attributes(node.attributes, source=source), style
    )


def _link(node: Link, context: HtmlContext, end: Location | None) -> Markup:
    title = Markup(' title="{}"').format(node.title) if node.title else Markup()
    inner = inlines(node.children, context)
    given = attributes(node.attributes, source=context.source(first_place(node.children) or node.location, end))
    return Markup('<a href="{}"{}{}>{}</a>').format(node.target, title, given, inner)


def _citation(node: CitationReference, context: HtmlContext, end: Location | None) -> Markup:
    found = context.cluster(node)
    html = context.with_links(found.html)
    for index, nested in enumerate(node.nested):
        inner = _citation(nested, context, end)
        html = Markup(html.replace(nested_mark(index), inner))  # noqa: S704 - both are safe HTML
    if context.has_note(node):
        html = Markup(found.narrative) + _note(node, html, context, end)  # noqa: S704
        if context.medium is Medium.PRINT:
            return html
    name = Markup(' id="{}"').format(place_id(context.place(node))) if context.medium is Medium.WEB else Markup()
    source = context.source(node.location, end, made=True)
    return Markup('<span class="citation"{}{}>{}</span>').format(name, source, html)


def _note(node: Footnote | CitationReference, html: Markup, context: HtmlContext, end: Location | None) -> Markup:
    """Return a note's mark, with its text where notes are at the foot of the page."""
    number = context.note_number(node)
    repeats = isinstance(node, Footnote) and node.repeats
    if not context.notes_at_end:
        if repeats:
            source = context.source(node.location, end, made=True)
            return Markup('<a class="note-again" href="#note-{0}"{1}>{0}</a>').format(number, source)
        text = first_place(node.blocks) if isinstance(node, Footnote) else None
        source = context.source(text or node.location, end, made=text is None)
        return Markup('<span class="footnote" id="note-{}"{}>{}</span>').format(number, source, html)
    if not repeats:
        context.notes[number] = html
    context.marks[number] = context.marks.get(number, 0) + 1
    return Markup('<sup class="mark"{}><a id="{}" href="#note-{}" role="doc-noteref">{}</a></sup>').format(
        context.source(node.location, end, made=True), mark_id(number, context.marks[number]), number, number
    )


def mark_id(number: int, mark: int) -> str:
    """Return the HTML id of a mark: the first, the second, … of the note of that number."""
    return f"mark-{number}" if mark == 1 else f"mark-{number}-{mark}"


def text_element(tag: str, children: tuple[Inline, ...], context: HtmlContext) -> Markup:
    """Return an element without attributes of its own that holds running text."""
    return Markup("<{0}{1}>{2}</{0}>").format(tag, context.source_of(children), inlines(children, context))

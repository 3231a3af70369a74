"""What stands within a line, as HTML; text is escaped here and nowhere earlier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf
from itertools import zip_longest
from typing import assert_never

from markupsafe import Markup, escape

from leaflet.design import IconSet
from leaflet.errors import Location
from leaflet.html.source_places import first_place, place_attributes
from leaflet.html.ui_labels import Labels
from leaflet.model.citation import Citations, FormattedCluster, entry_id
from leaflet.model.document import (
    Attributes,
    Block,
    CitationReference,
    Code,
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
    Paragraph,
    SafeInlineHtml,
    SoftBreak,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from leaflet.model.walk import Node, clusters, walk


class Medium(StrEnum):
    """Where the page is read."""

    PRINT = "print"
    WEB = "web"


@dataclass(slots=True, kw_only=True)
class Scribe:
    """What writing one document needs: its answers from other stages, and the notes and icons met so far."""

    document: Document
    citations: Citations
    labels: Labels
    medium: Medium
    image_address: Callable[[Image], str]
    icon_set: IconSet
    listed: frozenset[str] = frozenset()
    """The keys of the references that some list of the page holds: what a citation may link to."""
    notes_at_end: bool = False
    """Whether notes are kept until the end of the text; otherwise they stand at the foot of their page."""
    measure: float = inf
    """How many characters of a table a line holds, over all columns of the page."""
    notes: dict[int, Markup] = field(default_factory=dict)
    """The texts of the notes written so far, by number."""
    marks: dict[int, int] = field(default_factory=dict)
    """How many marks lead to each note so far."""
    icons: set[str] = field(default_factory=set)
    _places: Mapping[int, int] = field(default_factory=dict)
    _cited_at: Mapping[str, Sequence[int]] = field(default_factory=dict)
    _anchored: set[str] = field(default_factory=set)
    _entries: frozenset[str] = frozenset()
    _numbers: Mapping[int, int] = field(default_factory=dict)
    _labels: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = clusters(self.document)
        self._places = {id(reference): place for place, reference in enumerate(places)}
        cited_at: dict[str, list[int]] = {}
        for place, reference in enumerate(places):
            for key in dict.fromkeys(cite.key for cite in reference.cluster.cites):
                cited_at.setdefault(key, []).append(place)
        self._cited_at = cited_at
        self._entries = frozenset(f"#{entry_id(key)}" for key in self.listed)
        noted = [node for node in walk(self.document.blocks) if self.has_note(node)]
        self._numbers = {id(node): number for number, node in enumerate(noted, start=1)}
        notes = ((node, number) for number, node in enumerate(noted, start=1) if isinstance(node, Footnote))
        self._labels = {node.label: number for node, number in notes if node.label}

    def has_note(self, node: Node) -> bool:
        """Whether the text of a note belongs to ``node``."""
        match node:
            case Footnote():
                return not node.repeats
            case CitationReference():
                return not node.cluster.in_note and self.cluster(node).note
            case _:
                return False

    def note_number(self, node: Footnote | CitationReference) -> int:
        """The number of the note at ``node``, in reading order; one that repeats has the number of the first."""
        if isinstance(node, Footnote) and node.repeats:
            return self._labels[str(node.label)]
        return self._numbers[id(node)]

    def place(self, reference: CitationReference) -> int:
        """How many citations stand before ``reference`` in reading order."""
        return self._places[id(reference)]

    def cluster(self, reference: CitationReference) -> FormattedCluster:
        """What the citation stage says for ``reference``: both sides count in reading order."""
        return self.citations.clusters[self.place(reference)]

    def places_of(self, key: str) -> Sequence[int]:
        """The places that cite ``key``."""
        return self._cited_at.get(key, ())

    def anchor(self, key: str) -> bool:
        """Whether the entry of ``key`` is written for the first time, and so gets the anchor."""
        first = key not in self._anchored
        self._anchored.add(key)
        return first

    def source(self, start: Location | None, end: Location | None = None, *, made: bool = False) -> Markup:
        """Return the attributes for the place of an element in the source; a web page has none."""
        return place_attributes(start, end, made=made) if self.medium is Medium.PRINT else Markup()

    def source_of(self, children: Iterable[Node], after: Iterable[Node] = ()) -> Markup:
        """Return the attributes for an element that holds ``children`` and is followed by ``after``."""
        return self.source(first_place(children), first_place(after)) if self.medium is Medium.PRINT else Markup()

    def use_icon(self, name: str | None) -> str:
        """The icon that will stand for ``name``; its picture is added to the page."""
        icon = self.icon_set.known(name)
        self.icons.add(icon)
        return icon

    def with_links(self, html: str) -> Markup:
        """Safe ``html`` of a citation, whose links lead to those entries that a list of the page holds."""
        kept = CITE_LINK.sub(lambda link: link[0] if link[1] in self._entries else link[2], html)
        return Markup(kept)  # noqa: S704 - the citation stage gives safe HTML


STOPS = ".,;:!?"
"""What ends a phrase, and stands before the mark of a note (Chicago Manual of Style 14.26)."""


CITE_LINK = re.compile(r'<a class="cite-link" href="([^"]*)">(.*?)</a>', re.DOTALL)


NOWHERE = Markup()
"""The attributes of an element without a place in the source."""


def place_id(place: int) -> str:
    """The HTML id of a place in the text that cites something."""
    return f"cited-{place + 1}"


def inlines(nodes: Iterable[Inline], scribe: Scribe) -> Markup:
    """All of ``nodes`` as HTML."""
    shown = _beside_marks(tuple(nodes), scribe)
    return Markup().join(_inline(node, scribe, _start(after)) for node, after in zip_longest(shown, shown[1:]))


def _start(after: Inline | None) -> Location | None:
    """Return the place at which the text behind a node goes on."""
    return after.location if isinstance(after, Text) else None


def _beside_marks(nodes: tuple[Inline, ...], scribe: Scribe) -> list[Inline]:
    """``nodes`` with each citation's mark close up to its word; the mark of a note stands after a stop, not before."""
    set_out: list[Inline] = []
    for node in nodes:
        last = set_out[-1] if set_out else None
        if isinstance(node, CitationReference) and _is_mark(node, scribe):
            _close_up(set_out)
            set_out.append(node)
        elif isinstance(node, Text) and isinstance(last, CitationReference) and _is_note(last, scribe):
            stop = node.text[: len(node.text) - len(node.text.lstrip(STOPS))]
            set_out[-1:] = [replace(node, text=stop), last] if stop else [last]
            set_out.append(_without_start(node, len(stop)))
        else:
            set_out.append(node)
    return set_out


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


def _is_mark(node: CitationReference, scribe: Scribe) -> bool:
    """Whether the citation prints as a raised mark alone."""
    return _is_note(node, scribe) or scribe.cluster(node).html.startswith("<sup>")


def _is_note(node: CitationReference, scribe: Scribe) -> bool:
    found = scribe.cluster(node)
    return found.note and not node.cluster.in_note and not found.narrative


def _inline(node: Inline, scribe: Scribe, end: Location | None) -> Markup:  # noqa: C901 - one case for each inline
    match node:
        case Text():
            return escape(node.text)
        case SoftBreak():
            return Markup("\n")
        case HardBreak():
            return Markup("<br>")
        case Emphasis():
            return _marked("em", node.children, scribe, end)
        case Strong():
            return _marked("strong", node.children, scribe, end)
        case Deleted():
            return _marked("del", node.children, scribe, end)
        case Superscript():
            return _marked("sup", node.children, scribe, end)
        case Subscript():
            return _marked("sub", node.children, scribe, end)
        case Code():
            return Markup("<code{}>{}</code>").format(scribe.source(None, end), node.text)
        case Link():
            return _link(node, scribe, end)
        case Image():
            return image(node, scribe, end)
        case Span():
            source = scribe.source(first_place(node.children), end)
            return Markup("<span{}>{}</span>").format(
                attributes(node.attributes, source=source), inlines(node.children, scribe)
            )
        case Icon():
            return Markup('<span class="icon icon-{}"{}></span>').format(
                scribe.use_icon(node.name), scribe.source(node.location, end)
            )
        case FieldReference():
            return escape(scribe.document.fields.get(node.name, "{{ " + node.name + " }}"))
        case CitationReference():
            return _citation(node, scribe, end)
        case Footnote():
            return _note(node, Markup(" ").join(_note_lines(node.blocks, scribe)), scribe, end)
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


def _marked(tag: str, children: tuple[Inline, ...], scribe: Scribe, end: Location | None) -> Markup:
    source = scribe.source(first_place(children), end)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, source, inlines(children, scribe))


def image(node: Image, scribe: Scribe, end: Location | None = None) -> Markup:
    """A picture; its width may be given in per cent."""
    style = Markup()
    width = (node.attributes.get("width") or "").strip()
    if width.endswith("%") and width[:-1].replace(".", "", 1).isdigit():
        style = Markup(' style="width:{}"').format(width)
    source = scribe.source(node.location, end)
    return Markup('<img src="{}" alt="{}"{}{}>').format(
        scribe.image_address(node), node.alt, attributes(node.attributes, source=source), style
    )


def _link(node: Link, scribe: Scribe, end: Location | None) -> Markup:
    title = Markup(' title="{}"').format(node.title) if node.title else Markup()
    inner = inlines(node.children, scribe)
    given = attributes(node.attributes, source=scribe.source(first_place(node.children) or node.location, end))
    return Markup('<a href="{}"{}{}>{}</a>').format(node.target, title, given, inner)


def _citation(node: CitationReference, scribe: Scribe, end: Location | None) -> Markup:
    found = scribe.cluster(node)
    html = scribe.with_links(found.html)
    if scribe.has_note(node):
        html = Markup(found.narrative) + _note(node, html, scribe, end)  # noqa: S704
        if scribe.medium is Medium.PRINT:
            return html
    name = Markup(' id="{}"').format(place_id(scribe.place(node))) if scribe.medium is Medium.WEB else Markup()
    source = scribe.source(node.location, end, made=True)
    return Markup('<span class="citation"{}{}>{}</span>').format(name, source, html)


def _note(node: Footnote | CitationReference, html: Markup, scribe: Scribe, end: Location | None) -> Markup:
    """A note's mark, with its text where that stands at the foot of the page."""
    number = scribe.note_number(node)
    repeats = isinstance(node, Footnote) and node.repeats
    if not scribe.notes_at_end:
        if repeats:
            source = scribe.source(node.location, end, made=True)
            return Markup('<a class="note-again" href="#note-{0}"{1}>{0}</a>').format(number, source)
        text = first_place(node.blocks) if isinstance(node, Footnote) else None
        source = scribe.source(text or node.location, end, made=text is None)
        return Markup('<span class="footnote" id="note-{}"{}>{}</span>').format(number, source, html)
    if not repeats:
        scribe.notes[number] = html
    scribe.marks[number] = scribe.marks.get(number, 0) + 1
    return Markup('<sup class="mark"{}><a id="{}" href="#note-{}" role="doc-noteref">{}</a></sup>').format(
        scribe.source(node.location, end, made=True), mark_id(number, scribe.marks[number]), number, number
    )


def mark_id(number: int, mark: int) -> str:
    """The HTML id of a mark: the first, the second, … of the note of that number."""
    return f"mark-{number}" if mark == 1 else f"mark-{number}-{mark}"


def _note_lines(blocks: Iterable[Block], scribe: Scribe) -> Iterator[Markup]:
    """A note's paragraphs as running text: a note is set within a line, where blocks cannot stand."""
    nodes: Iterator[Node] = walk(blocks)
    for node in nodes:
        if isinstance(node, Paragraph):
            yield inlines(node.children, scribe)

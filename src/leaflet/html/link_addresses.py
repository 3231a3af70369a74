"""Addresses of links on paper, where nothing can be clicked: as notes, or in brackets behind the words."""

from __future__ import annotations

import re
from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.design import LinkPlace
from leaflet.errors import Location
from leaflet.html.page_parts import breakable
from leaflet.model.citation import Citations
from leaflet.model.document import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    CitationReference,
    Document,
    Footnote,
    Link,
    Paragraph,
    SafeInlineHtml,
    Section,
    Span,
    Text,
)
from leaflet.model.rebuild import each, with_parts
from leaflet.model.walk import all_nodes, plain_text

MOST_NOTES = 25
"""Different addresses that a layout prints of itself; with more, most of a page would be notes."""
LEADS_OUT = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def with_addresses(document: Document, of_layout: LinkPlace, citations: Citations) -> Document:
    """Return ``document`` with the addresses of its links where its author, or else its layout, wants them.

    Where citations are notes already, whose numbers the citation style may name, addresses stand behind the words.
    """
    wanted = LinkPlace(document.metadata.links) if document.metadata.links else of_layout
    if wanted is LinkPlace.NONE:
        return document
    hidden = {node.target for node in all_nodes(document) if isinstance(node, Link) and _hides(node)}
    if not hidden or (not document.metadata.links and len(hidden) > MOST_NOTES):
        return document
    place = LinkPlace.INLINE if any(cluster.note for cluster in citations.clusters) else wanted
    blocks = cast("tuple[Block, ...]", each(document.blocks, _Writer(place=place).change))
    return replace(document, blocks=blocks)


class _Writer(Struct, kw_only=True):
    """One pass over a document; an address is printed once."""

    place: LinkPlace
    printed: set[str] = field(default_factory=set)

    def change(self, value: object) -> object:
        """Return a part of a document with its addresses."""
        match value:
            case Section():  # a heading stays as short as it is
                return replace(value, blocks=cast("tuple[Block, ...]", each(value.blocks, self.change)))
            case Footnote():
                return with_parts(value, _Writer(place=LinkPlace.INLINE, printed=self.printed).change)
            case Link() if _hides(value):
                return self.shown(value)
            case Link() | CitationReference() | Attributes() | str() | int() | float() | None:
                return value
            case tuple():
                return each(value, self.change)
            case _:
                return with_parts(value, self.change)

    def shown(self, link: Link) -> Span | Link:
        """Return a link with its address: the first time at its place, later by its number alone."""
        address = link.target
        shown = address.removeprefix("mailto:")
        again = address in self.printed
        self.printed.add(address)
        if self.place is LinkPlace.INLINE and again:
            return link
        plain = Link(target=address, children=(SafeInlineHtml(html=str(breakable(shown))),))
        if self.place is LinkPlace.INLINE:
            return Span(children=(link, Text(text=" ("), plain, Text(text=")")), attributes=NO_ATTRIBUTES)
        note = Footnote(
            blocks=(Paragraph(children=(plain,), location=link.location),),
            location=link.location or Location(file=""),
            label=f"link {address}",
            repeats=again,
        )
        return Span(children=(link, note), attributes=NO_ATTRIBUTES)


def _hides(link: Link) -> bool:
    """Return whether a link leads out of the leaflet and its words do not say where."""
    if not LEADS_OUT.match(link.target):
        return False
    return _bare(link.target) not in _bare(plain_text(link.children))


def _bare(address: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)?(?:www\.)?|[\s/]+$|\u200b", "", address.strip().casefold())

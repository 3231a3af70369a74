"""Resolution of links and references within a leaflet, once all of its places are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from leaflet.errors import Location
from leaflet.model.citation import Cluster
from leaflet.model.document import Attributes, Block, CrossReference, Link, Section, Span, Text
from leaflet.model.rebuild import each, with_parts
from leaflet.model.walk import plain_text, walk
from leaflet.source.heading_identifiers import github_identifier, pandoc_identifier


def other_names(blocks: tuple[Block, ...], taken: Collection[str]) -> dict[str, str]:
    """Return the identifiers that pandoc and GitHub give to headings, each with leaflet's own."""
    names: dict[str, str] = {}
    for node in walk(blocks):
        if isinstance(node, Section) and node.attributes.id:
            words = plain_text(node.heading)
            for name in (pandoc_identifier(words), github_identifier(words)):
                if name and name not in taken:
                    names.setdefault(name, node.attributes.id)
    return names


def names_in(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the names of all places in ``blocks``."""
    names: set[str] = set()

    def note(value: object) -> object:
        match value:
            case Attributes():
                if value.id is not None:
                    names.add(value.id)
                return value
            case tuple():
                return each(value, note)
            case Location() | Cluster() | str() | int() | None:
                return value
            case _:
                return with_parts(value, note)

    each(blocks, note)
    return frozenset(names)


def settled(blocks: tuple[Block, ...], places: Collection[str], others: Mapping[str, str]) -> tuple[Block, ...]:
    """Return ``blocks`` with links to places by leaflet's names; words alone where there is no such place."""

    def change(value: object) -> object:
        match value:
            case Link(target=target) if target.startswith("#") and target[1:] not in places:
                link = with_parts(value, change)
                if target[1:] in others:
                    return Link(
                        target=f"#{others[target[1:]]}",
                        children=link.children,
                        title=link.title,
                        attributes=link.attributes,
                        location=link.location,
                    )
                return Span(children=link.children, attributes=link.attributes)
            case CrossReference(target=target) if target not in places:
                words = plain_text(value.words)
                return Text(text=f"{words} ?{target}" if words else f"?{target}")
            case tuple():
                return each(value, change)
            case Location() | Attributes() | Cluster() | str() | int() | None:
                return value
            case _:
                return with_parts(value, change)

    return cast("tuple[Block, ...]", each(blocks, change))

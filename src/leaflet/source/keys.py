"""Check of citation keys that no reference has, and of names with an ``@`` that cite nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from typing import cast

from msgspec.structs import replace

from leaflet.errors import Location, Problem, Severity
from leaflet.files import suggestion
from leaflet.model.citation import Cite, CiteMode
from leaflet.model.document import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    CitationReference,
    Document,
    Inline,
    Link,
    Span,
    Text,
)
from leaflet.model.rebuild import each, with_parts
from leaflet.model.walk import clusters
from leaflet.source.cited_identifiers import read_identifier

MOST_NAMED = 6
"""Sources that one warning names; of more it gives the count."""


def check_keys(document: Document, keys: Collection[str]) -> tuple[Problem, ...]:
    """Return an error for each cite, and each entry of ``nocite``, whose key is not among ``keys``."""
    problems: list[Problem] = []
    for reference in clusters(document):
        for cite in reference.cluster.cites:
            if cite.key not in keys:
                plain = f"write \\@{cite.key} if this is no citation" if cite.mode is CiteMode.NARRATIVE else None
                problems.append(
                    Problem(
                        message=f'"{cite.key}" is in no bibliography',
                        location=cite.location,
                        hint=suggestion(cite.key, keys) or plain or "add the reference, or correct the key",
                    )
                )
    places = document.metadata.places
    for index, key in enumerate(document.metadata.nocite):
        if key != "@*" and key not in keys:
            place = places.get(f"nocite.{index}") or places.get("nocite")
            hint = suggestion(key, keys) or "add the reference, or correct the key"
            problems.append(Problem(message=f'nocite: "{key}" is in no bibliography', location=place, hint=hint))
    return tuple(problems)


def without_mentions(document: Document) -> tuple[Document, tuple[Problem, ...]]:
    """Return a document that names no sources with each ``@name`` in its text as text, and a warning about them."""
    found = [node for node in clusters(document) if _is_mention(node)]
    if not found:
        return document, ()

    def change(value: object) -> object:
        match value:
            case CitationReference() if _is_mention(value):
                return Text(text=_written(value))
            case tuple():
                return each(value, change)
            case Location() | Attributes() | str() | int() | None:
                return value
            case _:
                return with_parts(value, change)

    names = ", ".join(dict.fromkeys(f"@{node.cluster.cites[0].key}" for node in found))
    warning = Problem(
        message=f"no source is named here, so {names} prints as it is written",
        location=found[0].location,
        hint="name a bibliography if this is a citation; write \\@ otherwise",
        severity=Severity.WARNING,
    )
    return replace(document, blocks=cast("tuple[Block, ...]", each(document.blocks, change))), (warning,)


def with_addresses(document: Document, keys: Collection[str]) -> tuple[Document, tuple[Problem, ...]]:
    """Return a document with each source that is cited by an identifier and in no bibliography as a link, and a warning.

    Where one place cites several sources, the links come behind those that are known.
    """
    found = [node for node in clusters(document) if _unlisted(node, keys)]
    if not found:
        return document, ()

    def change(value: object) -> object:
        match value:
            case CitationReference() if _unlisted(value, keys):
                return _linked(value, keys)
            case tuple():
                return each(value, change)
            case Location() | Attributes() | str() | int() | None:
                return value
            case _:
                return with_parts(value, change)

    names = list(dict.fromkeys(cite.key for node in found for cite in _unlisted(node, keys)))
    shown = ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if names[MOST_NAMED:] else "")
    warning = Problem(
        message=f"cited by an identifier that no bibliography holds, so the identifier is printed: {shown}",
        location=found[0].location,
        hint="add the reference to a bibliography; a build looks nothing up on the web",
        severity=Severity.WARNING,
    )
    return replace(document, blocks=cast("tuple[Block, ...]", each(document.blocks, change))), (warning,)


def _unlisted(node: CitationReference, keys: Collection[str]) -> list[Cite]:
    cites = node.cluster.cites
    return [cite for cite in cites if cite.key not in keys and read_identifier(cite.key) is not None]


def _linked(node: CitationReference, keys: Collection[str]) -> Span:
    """Return a citation as its known sources, and links for those that only their identifiers name."""
    unlisted = _unlisted(node, keys)
    rest = tuple(cite for cite in node.cluster.cites if cite not in unlisted)
    bracketed = unlisted[0].mode is not CiteMode.NARRATIVE
    parts: list[Inline] = [replace(node, cluster=replace(node.cluster, cites=rest)), Text(text=" ")] if rest else []
    parts += [Text(text="(")] if bracketed else []
    for at, cite in enumerate(unlisted):
        parts += [Text(text="; ")] if at else []
        parts += [Text(text=f"{_plain(cite.prefix)} ")] if cite.prefix else []
        parts.append(_link(cite, node.location))
        parts += [Text(text=f", {cite.locator}")] if cite.locator else []
        parts += [Text(text=_plain(cite.suffix))] if cite.suffix else []
    parts += [Text(text=")")] if bracketed else []
    return Span(children=tuple(parts), attributes=NO_ATTRIBUTES)


def _link(cite: Cite, place: Location) -> Inline:
    found = read_identifier(cite.key)
    assert found is not None
    words = Text(text=found.words)
    return words if found.address is None else Link(target=found.address, children=(words,), location=place)


def _plain(rich: str) -> str:
    return unescape(re.sub(r"</?[a-z]+>", "", rich))


def _is_mention(node: CitationReference) -> bool:
    cites = node.cluster.cites
    return len(cites) == 1 and cites[0].mode is CiteMode.NARRATIVE and cites[0].locator is None


def _written(node: CitationReference) -> str:
    cite = node.cluster.cites[0]
    return f"@{cite.key}" + (f" [{cite.suffix.lstrip(', ')}]" if cite.suffix else "")

"""Check of citation keys that no reference has, and of names with an ``@`` that cite nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import cast

from leaflet.errors import Location, Problem, Severity
from leaflet.files import suggestion
from leaflet.model.citation import CiteMode
from leaflet.model.document import Attributes, Block, CitationReference, Document, Text
from leaflet.model.walk import clusters
from leaflet.source.rebuild import each, with_parts


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


def _is_mention(node: CitationReference) -> bool:
    cites = node.cluster.cites
    return len(cites) == 1 and cites[0].mode is CiteMode.NARRATIVE and cites[0].locator is None


def _written(node: CitationReference) -> str:
    cite = node.cluster.cites[0]
    return f"@{cite.key}" + (f" [{cite.suffix.lstrip(', ')}]" if cite.suffix else "")

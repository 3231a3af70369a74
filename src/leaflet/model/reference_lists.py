"""References of a list: all of them, or those of a keyword, of a type or of a section."""

from __future__ import annotations

from collections.abc import Iterable

from leaflet.model.citation import FormattedReference
from leaflet.model.document import CitationReference, Document, ReferenceList
from leaflet.model.walk import all_nodes, sections, walk

FILTERS = ("keyword", "not-keyword", "type", "not-type", "section")
"""The criteria of ``::: {.refs key="…"}``; several together must all hold."""


def reference_lists(document: Document) -> tuple[ReferenceList, ...]:
    """Return the lists in the text itself, in reading order."""
    return tuple(node for node in all_nodes(document) if isinstance(node, ReferenceList))


def listed_in(
    node: ReferenceList, document: Document, references: Iterable[FormattedReference]
) -> tuple[FormattedReference, ...]:
    """Return the references that belong into the list ``node``, in the order in which they came."""
    places = _words(node, "section")
    cited = _cited_in(places, document)
    return tuple(entry for entry in references if may_hold(node, entry) and (not places or entry.id in cited))


def may_hold(node: ReferenceList, entry: FormattedReference) -> bool:
    """Return whether ``entry`` has the keywords and the type of ``node``, wherever it is cited."""
    keywords, types = _words(node, "keyword"), _words(node, "type")
    return (
        (not keywords or bool(keywords & set(entry.keywords)))
        and not _words(node, "not-keyword") & set(entry.keywords)
        and (not types or entry.type in types)
        and entry.type not in _words(node, "not-type")
    )


def _words(node: ReferenceList, key: str) -> set[str]:
    return {word.strip() for word in (node.attributes.get(key) or "").split(",") if word.strip()}


def _cited_in(names: set[str], document: Document) -> set[str]:
    """Return the keys that are cited in the sections of these names."""
    found = [section for section in sections(document) if section.attributes.id in names] if names else []
    places = (node for node in walk(found) if isinstance(node, CitationReference))
    return {cite.key for place in places for cite in place.cluster.cites}

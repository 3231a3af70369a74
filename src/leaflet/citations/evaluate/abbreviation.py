"""Abbreviations of organisations: “World Health Organization [WHO]” in the first citation, then “WHO”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from leaflet.citations.data.item import Item
from leaflet.citations.data.person import PersonName
from leaflet.citations.evaluate.position import ClusterData


def with_clear_abbreviations(items: Mapping[str, Item]) -> dict[str, Item]:
    """Return ``items`` without abbreviations that two organisations share: those are written out (APA 7, 8.21)."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for item in items.values():
        for person in _abbreviated(item):
            meanings[person.short].add(person.literal)
    shared = {short for short, literals in meanings.items() if len(literals) > 1}
    if not shared:
        return dict(items)
    return {identifier: _without(item, shared) for identifier, item in items.items()}


def _abbreviated(item: Item) -> Iterable[PersonName]:
    return (person for person in item.names.get("author", ()) if person.short)


def _without(item: Item, shared: set[str]) -> Item:
    people = tuple(
        person._replace(short="") if person.short in shared else person for person in item.names.get("author", ())
    )
    return replace(item, names={**item.names, "author": people}) if people else item


def introduce(clusters: Sequence[ClusterData], items: Mapping[str, Item]) -> tuple[ClusterData, ...]:
    """Return ``clusters`` in which the cites of the first citation of an organisation introduce its abbreviation."""
    known: set[str] = set()
    result = []
    for cluster in clusters:
        shown = [() if cite.suppress_author else _shown(items[cite.id]) for cite in cluster.cites]
        new = frozenset(name for names in shown for name in names).difference(known)
        known |= new
        cites = cluster.cites
        if new:
            cites = tuple(
                replace(cite, introduced=new.intersection(names)) for cite, names in zip(cites, shown, strict=True)
            )
        result.append(replace(cluster, cites=cites))
    return tuple(result)


def _shown(item: Item) -> tuple[str, ...]:
    """Return the organisations with an abbreviation that a cite of ``item`` shows, however many its authors are."""
    authors = item.names.get("author", ())
    seen = authors if len(authors) <= 2 else authors[:1]
    return tuple(person.literal for person in seen if person.short)

"""Citations by an alias of a key, read as citations by the key itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from leaflet.model.citation import Reference
from leaflet.model.citation_places import change_citations
from leaflet.model.document import CitationReference, Document
from leaflet.model.walk import clusters
from leaflet.source import CitedIdentifier, read_identifier

FIELDS = {"doi": "DOI", "pmid": "PMID", "pmc": "PMCID", "isbn": "ISBN", "url": "URL"}
"""The fields of CSL's items that hold identifiers, by the kind of key that cites by them."""


def by_primary_keys(document: Document, references: Iterable[Reference]) -> Document:
    """Return ``document`` with every alias of a reference replaced by its id, wherever it is cited or listed."""
    listed = tuple(references)
    asked = {cite.key for place in clusters(document) for cite in place.cluster.cites} | set(document.metadata.nocite)
    primary = _by_identifiers(asked, listed)
    primary |= {alias: reference.id for reference in listed for alias in reference.aliases}
    primary |= {reference.id: reference.id for reference in listed}  # a key of its own is no alias
    used = {key: primary[key] for key in asked if primary.get(key, key) != key}
    if not used:
        return document
    nocite = tuple(dict.fromkeys(used.get(key, key) for key in document.metadata.nocite))
    metadata = replace(document.metadata, nocite=nocite)
    return replace(change_citations(document, partial(_by_keys, used)), metadata=metadata)


def _by_identifiers(asked: Iterable[str], references: Iterable[Reference]) -> dict[str, str]:
    """Return the ids of references that are cited by a DOI, another identifier or an address, by the key as it was written."""
    wanted = {key: found for key in asked if (found := read_identifier(key)) is not None}
    if not wanted:
        return {}
    known: dict[tuple[str, str], str] = {}
    for reference in references:
        for found in identifiers_of(reference):
            known.setdefault((found.kind, found.compared), reference.id)
    return {key: known[mark] for key, one in wanted.items() if (mark := (one.kind, one.compared)) in known}


def identifiers_of(reference: Reference) -> Iterator[CitedIdentifier]:
    """Yield the identifiers of a reference, in the form of the keys that cite by them."""
    for kind, field in FIELDS.items():
        if isinstance(value := reference.item.get(field), str | int) and str(value).strip():
            found = read_identifier(f"{kind}:{value}")
            if found is not None:
                yield found


def _by_keys(used: Mapping[str, str], reference: CitationReference) -> CitationReference:
    cites = tuple(replace(cite, key=used.get(cite.key, cite.key)) for cite in reference.cluster.cites)
    return replace(reference, cluster=replace(reference.cluster, cites=cites))

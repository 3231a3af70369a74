"""Citations by an alias of a key, read as citations by the key itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from leaflet.model.citation import Reference
from leaflet.model.citation_places import change_citations
from leaflet.model.document import CitationReference, Document
from leaflet.model.walk import clusters


def by_primary_keys(document: Document, references: Iterable[Reference]) -> Document:
    """Return ``document`` with every alias of a reference replaced by its id, wherever it is cited or listed."""
    listed = tuple(references)
    primary = {alias: reference.id for reference in listed for alias in reference.aliases}
    primary |= {reference.id: reference.id for reference in listed}  # a key of its own is no alias
    asked = {cite.key for place in clusters(document) for cite in place.cluster.cites} | set(document.metadata.nocite)
    used = {key: primary[key] for key in asked if primary.get(key, key) != key}
    if not used:
        return document
    nocite = tuple(dict.fromkeys(used.get(key, key) for key in document.metadata.nocite))
    metadata = replace(document.metadata, nocite=nocite)
    return replace(change_citations(document, partial(_by_keys, used)), metadata=metadata)


def _by_keys(used: Mapping[str, str], reference: CitationReference) -> CitationReference:
    cites = tuple(replace(cite, key=used.get(cite.key, cite.key)) for cite in reference.cluster.cites)
    return replace(reference, cluster=replace(reference.cluster, cites=cites))

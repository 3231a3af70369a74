"""Citations by an alias of a key, read as citations by the key itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from leaflet.model.citation import Cite, Reference
from leaflet.model.document import Document
from leaflet.model.walk import clusters


def by_primary_keys(document: Document, references: Iterable[Reference]) -> Document:
    """``document`` with every alias of a reference replaced by its id, wherever it is cited or listed."""
    listed = tuple(references)
    primary = {alias: reference.id for reference in listed for alias in reference.aliases}
    primary |= {reference.id: reference.id for reference in listed}  # a key of its own is no alias
    asked = {cite.key for place in clusters(document) for cite in place.cluster.cites} | set(document.metadata.nocite)
    used = {key: primary[key] for key in asked if primary.get(key, key) != key}
    if not used:
        return document
    nocite = tuple(dict.fromkeys(used.get(key, key) for key in document.metadata.nocite))
    blocks = tuple(_renamed(block, used) for block in document.blocks)
    return replace(document, blocks=blocks, metadata=replace(document.metadata, nocite=nocite))


def _renamed(value: Any, used: Mapping[str, str]) -> Any:
    match value:
        case Cite():
            return replace(value, key=used.get(value.key, value.key))
        case tuple():
            return tuple(_renamed(part, used) for part in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {field.name: getattr(value, field.name) for field in fields(value)}
            changed = {name: new for name, part in parts.items() if (new := _renamed(part, used)) != part}
            return replace(value, **changed) if changed else value
        case _:
            return value

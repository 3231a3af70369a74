"""The fields that a source uses, in its text and in its front matter, whatever its conditions decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from leaflet.errors import Location
from leaflet.files import FIELD_REFERENCE
from leaflet.model.document import Attributes, Document, FieldReference, Image
from leaflet.model.walk import all_nodes
from leaflet.source import condition


def used_in_document(document: Document) -> frozenset[str]:
    """Return the names of the fields in the text, in addresses, in attributes and in conditions."""
    return frozenset(_names(document.blocks))


def used_in_data(data: object) -> frozenset[str]:
    """Return the names of the fields in the texts of nested data."""
    return frozenset(_names(data))


def pictures_with_fields(document: Document) -> tuple[str, ...]:
    """Return the paths of pictures that name a field, each once."""
    paths = (node.path for node in all_nodes(document) if isinstance(node, Image))
    return tuple(sorted({path for path in paths if FIELD_REFERENCE.search(path)}))


def _names(value: object) -> Iterator[str]:
    match value:
        case str():
            yield from FIELD_REFERENCE.findall(value)
        case FieldReference():
            yield value.name
        case Location():
            pass
        case Attributes():
            when = value.get("when")
            yield from condition.names(when) if when is not None else ()
            yield from _names([text for _, text in value.pairs])
        case Mapping():
            yield from _names(list(value.values()))
        case tuple() | list():
            for entry in value:
                yield from _names(entry)
        case Struct():
            for name in value.__struct_fields__:
                yield from _names(getattr(value, name))
        case _:
            pass

"""``leaflet inspect``: the metadata, sections, citations and fields of a source, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from leaflet.cli import messages as report
from leaflet.cli.options import field_values
from leaflet.errors import Location

if TYPE_CHECKING:
    from leaflet.model.document import Document
    from leaflet.source import SourceResult


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Give a field its value.")
def command(source: Path, values: tuple[str, ...]) -> None:
    """Print the metadata, sections, citations and fields of SOURCE as JSON, each with its place."""
    from leaflet.source import open_workspace, read_source

    workspace = open_workspace(source)
    result = read_source(source, workspace, fields=field_values(values))
    report.show(result.problems)
    understood = {
        "source": result.document.source,
        "metadata": _plain(result.document.metadata),
        "sections": _sections(result.document),
        "clusters": _clusters(result.document),
        "fields": _fields(result),
        "references": [
            {"id": reference.id, "type": reference.item.get("type"), "place": _plain(reference.location)}
            for reference in result.references
        ],
        "bibliography": [
            {"file": workspace.name_of(path), "place": str(place)} for path, place in result.bibliography_paths
        ],
    }
    click.echo(json.dumps(understood, indent=2, ensure_ascii=False))


def _sections(document: Document) -> list[dict[str, object]]:
    from leaflet.model.walk import plain_text, sections

    return [
        {
            "id": section.attributes.id,
            "heading": plain_text(section.heading),
            "level": section.level,
            "panel": section.panel,
            "place": str(section.location),
        }
        for section in sections(document)
    ]


def _clusters(document: Document) -> list[dict[str, object]]:
    from leaflet.model.walk import clusters

    return [
        {
            "place": str(reference.location),
            "in_note": reference.cluster.in_note,
            "cites": [
                {
                    "id": cite.key,
                    "mode": cite.mode.value,
                    "prefix": cite.prefix,
                    "locator": cite.locator,
                    "label": cite.label,
                    "suffix": cite.suffix,
                    "place": _plain(cite.location),
                }
                for cite in reference.cluster.cites
            ],
        }
        for reference in clusters(document)
    ]


def _fields(result: SourceResult) -> list[dict[str, object]]:
    """Return each field with its value, the place that gives it and the places that use it."""
    places = result.document.metadata.places
    return [
        {
            "name": name,
            "value": value,
            "place": _plain(places.get(f"fields.{name}")),
            "used": [str(use.location) for use in result.field_uses if use.name == name],
        }
        for name, value in result.document.fields.items()
    ]


def _plain(value: object) -> object:
    """Return a value of the model in JSON's types, and places as ``file:line:column``."""
    if isinstance(value, Location):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return value

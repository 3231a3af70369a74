"""``leaflet inspect``: what leaflet understood of a source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import click

from leaflet.cli import report
from leaflet.cli.options import field_values
from leaflet.errors import Location


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Give a field its value.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (the default, and the only form today).")
def command(source: Path, values: tuple[str, ...], as_json: bool) -> None:  # noqa: ARG001
    """Print what was understood of SOURCE: metadata, sections, citations and fields, each with its place."""
    from leaflet.model.walk import clusters, sections
    from leaflet.source import open_workspace, read_source

    result = read_source(source, open_workspace(source), fields=field_values(values))
    report.show(result.problems)
    document = result.document
    understood = {
        "source": document.source,
        "metadata": _plain(document.metadata),
        "sections": [
            {
                "id": section.attributes.id,
                "level": section.level,
                "panel": section.panel,
                "place": str(section.location),
            }
            for section in sections(document)
        ],
        "clusters": [
            {"place": str(reference.location), **_plain(reference.cluster)} for reference in clusters(document)
        ],
        "fields": dict(document.fields),
    }
    click.echo(json.dumps(understood, indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    """Model values as JSON knows them; places as ``file:line:column``."""
    if isinstance(value, Location):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return value

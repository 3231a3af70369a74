"""``leaflet schema``: JSON Schemas of the files that leaflet reads, for editors."""

from __future__ import annotations

import json
from importlib import import_module

import click

SCHEMAS = {
    "front-matter": ("leaflet.source", "json_schema"),
    "settings": ("leaflet.files", "settings_schema"),
    "layout": ("leaflet.design", "layout_schema"),
    "style": ("leaflet.design", "style_schema"),
    "plan": ("leaflet.batch", "plan_schema"),
}
"""Kinds of file, each with the package that reads it and that package's function for its schema."""


@click.command()
@click.argument("kind", type=click.Choice(list(SCHEMAS)), default="front-matter", metavar="[KIND]")
def command(kind: str) -> None:
    """Print the JSON Schema of KIND, for editors that check a file as you type.

    KIND is front-matter (the default), settings, layout, style or plan.
    """
    package, function = SCHEMAS[kind]
    schema: object = getattr(import_module(package), function)()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True))

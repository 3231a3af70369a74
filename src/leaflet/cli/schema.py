"""``leaflet schema``: the front matter's JSON Schema."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of the front matter, for editors that check YAML as you type."""
    from leaflet.source import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False, sort_keys=True))

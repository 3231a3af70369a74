"""``leaflet check``: everything that a build would complain of, and nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from leaflet.cli import messages as report
from leaflet.cli.clock import build_day
from leaflet.cli.options import choices, field_values
from leaflet.cli.options import strict as strictness


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@choices
@strictness
def command(
    sources: tuple[Path, ...],
    layout: str | None,
    style: str | None,
    csl: str | None,
    fields: tuple[str, ...],
    strict: bool,
) -> None:
    """Check SOURCES, their references and their fit, without writing anything."""
    from leaflet.pipeline import Choices, compose

    chosen = Choices(layout=layout, style=style, csl=csl, fields=field_values(fields), formats=("pdf",), strict=strict)
    for source in sources:
        result = compose(source, chosen, today=build_day())
        report.show(result.problems)
        click.echo(f"{source}: {result.fit}" if result.fit else f"{source}: no problem found")

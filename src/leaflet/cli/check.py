"""``leaflet check``: all problems that a build would report, without writing anything."""

from __future__ import annotations

from pathlib import Path

import click

from leaflet.cli import messages as report
from leaflet.cli.options import choices, field_values, strictness
from leaflet.clock import build_day
from leaflet.errors import LeafletError


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
    from leaflet.api import check

    day = build_day()
    for source in sources:
        found = check(
            source,
            layout=layout,
            style=style,
            citation_style=csl,
            fields=field_values(fields),
            strict=strict,
            today=day,
        )
        if not found.ok:
            raise LeafletError(found.problems)
        report.show(found.problems)
        click.echo(f"{source}: {found.fit}" if found.fit else f"{source}: no problem found")

"""``leaflet doctor``: the state of this machine, and how to get what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.machine_output import print_json
from leaflet.version import VERSION

if TYPE_CHECKING:
    from leaflet.doctor import Machine, MachinePart

SIGNS = {"found": "✓", "untested": "!", "missing": "–", "broken": "×"}
COLOURS = {"found": "green", "untested": "yellow", "missing": "yellow", "broken": "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Say whether leaflet can build on this machine, and how to get what is missing.

    The exit code is 1 where it cannot.
    """
    from leaflet.doctor import can_build, examine_machine, this_machine

    machine = this_machine()
    parts = examine_machine(machine, Path.cwd())
    if as_json:
        system = {"version": VERSION, "system": machine.system.value, "can_build": can_build(parts)}
        print_json({**system, "parts": [_values(part) for part in parts]})
    else:
        _print(machine, parts)
    context.exit(0 if can_build(parts) else 1)


def _values(part: MachinePart) -> dict[str, object]:
    return {
        "name": part.name,
        "state": part.state.value,
        "works": part.works,
        "needed": part.needed,
        "detail": part.detail,
        "purpose": part.purpose,
        "cure": list(part.cure),
    }


def _print(machine: Machine, parts: tuple[MachinePart, ...]) -> None:
    from leaflet.doctor import can_build

    verdict = "leaflet can build here" if can_build(parts) else "leaflet cannot build here yet"
    report.say(f"leaflet {VERSION} on {machine.name}: {verdict}")
    _print_parts("Needed", (part for part in parts if part.needed))
    _print_parts("Useful for some things", (part for part in parts if not part.needed))


def _print_parts(heading: str, parts: Iterable[MachinePart]) -> None:
    click.echo(f"\n{heading}")
    for part in parts:
        sign = click.style(SIGNS[part.state], fg=COLOURS[part.state])
        click.echo(f"  {sign} {report.visible(f'{part.name}: {part.detail}')}")
        if not part.works:
            report.say(f"      {part.purpose}")
        for line in part.cure:
            click.echo(click.style(report.visible(f"      {line}"), bold=True))

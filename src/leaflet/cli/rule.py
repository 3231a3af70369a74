"""``leaflet rule``: the pages of the rules of ``leaflet check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leaflet.cli.machine_output import print_json

if TYPE_CHECKING:
    from leaflet.checks import AnyRule


@click.command()
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="Print the page of all rules, as Markdown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(code: str | None, *, everything: bool, as_json: bool) -> None:
    """Print the page of the rule CODE, which may be its name; without CODE, list all rules."""
    from leaflet.checks import Registry, rule_list, rules_page, terminal_page

    registry = Registry()
    if as_json:
        rules = registry.rules if code is None else (registry.named(code),)
        print_json({"rules": [_values(rule) for rule in rules]})
        return
    if everything:
        click.echo(rules_page(registry), nl=False)
    elif code is None:
        click.echo(rule_list(registry.rules))
    else:
        click.echo(terminal_page(registry.named(code)))


def _values(rule: AnyRule) -> dict[str, object]:
    """Return a rule for other programs."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "area": rule.area.value,
        "packs": sorted(pack.value for pack in rule.packs),
    }

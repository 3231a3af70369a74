"""``leaflet rule``: the pages of the rules of ``leaflet check``."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="Print the page of all rules, as Markdown.")
def command(code: str | None, *, everything: bool) -> None:
    """Print the page of the rule CODE, which may be its name; without CODE, list all rules."""
    from leaflet.checks import Registry, rule_list, rules_page, terminal_page

    registry = Registry()
    if everything:
        click.echo(rules_page(registry), nl=False)
    elif code is None:
        click.echo(rule_list(registry.rules))
    else:
        click.echo(terminal_page(registry.named(code)))

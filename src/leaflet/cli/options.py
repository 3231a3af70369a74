"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import click

from leaflet.errors import LeafletError, Problem

_OPTIONS = (
    click.option("--layout", help="Which layout; the front matter's without it. See `leaflet layouts`."),
    click.option("--style", help="Which style; the front matter's without it. See `leaflet styles`."),
    click.option("--csl", help="Citation style: an official name such as vancouver, or a .csl file."),
    click.option("--set", "fields", multiple=True, metavar="NAME=VALUE", help="Give a field its value."),
)


def choices(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose a variant of a leaflet."""
    return functools.reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def field_values(given: Iterable[str]) -> dict[str, str]:
    """``NAME=VALUE`` pairs as a mapping.

    Raises:
        LeafletError: a pair without ``=`` or without a name.
    """
    values: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise LeafletError(Problem(message=f'--set "{pair}" gives no value', hint="write --set name=value"))
        values[name.strip()] = value
    return values

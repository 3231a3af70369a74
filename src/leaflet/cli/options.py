"""Options that several commands share, and readers of their values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from leaflet.cli.run import NumberRange
from leaflet.errors import LeafletError, Problem
from leaflet.model.layout import Fit

if TYPE_CHECKING:
    from leaflet.pipeline import OutputIntent

Command = TypeVar("Command", bound=Callable[..., object])


class PrintingOptions(TypedDict):
    """Values of the options of :func:`printing`."""

    fit: str | None
    archive: bool
    attach_source: bool
    press: Path | None
    ink_limit: float | None


_OPTIONS = (
    click.option("--layout", help="Which layout; the front matter's without it. See `leaflet layouts`."),
    click.option("--style", help="Which style; the front matter's without it. See `leaflet styles`."),
    click.option("--csl", help="Citation style: an official name such as vancouver, or a .csl file."),
    click.option("--set", "fields", multiple=True, metavar="NAME=VALUE", help="Give a field its value."),
)

_PRINTING = (
    click.option(
        "--fit",
        type=click.Choice([fit.value for fit in Fit]),
        help="Whether type may grow or shrink to fill the panels.",
    ),
    click.option("--archive", is_flag=True, help="Make the PDF files PDF/A-2a as well as PDF/UA-1."),
    click.option("--attach-source", is_flag=True, help="With --archive: PDF/A-3a, with the source inside."),
    click.option(
        "--press",
        metavar="ICC",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Make the sheet PDF/X-4 for the press that this ICC profile describes.",
    ),
    click.option(
        "--ink-limit",
        metavar="PERCENT",
        type=NumberRange(100, 400),
        help="With --press: the most ink on one spot [the layout's, or 300].",
    ),
)


def choices(command: Command) -> Command:
    """Add the options that choose a variant of a leaflet."""
    return _with(_OPTIONS, command)


def printing(command: Command) -> Command:
    """Add the options for the fit of panels, and for the archive or press that the PDF files go to."""
    return _with(_PRINTING, command)


def strictness(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that makes each warning an error."""
    return click.option("--strict", is_flag=True, help="Treat each warning as an error.")(command)


def finish(given: Mapping[str, Any]) -> OutputIntent:
    """Return the choices among the options of :func:`printing` that concern finished PDF files."""
    from leaflet.pipeline import OutputIntent

    press: Path | None = given["press"]
    return OutputIntent(
        archive=given["archive"],
        attach_source=given["attach_source"],
        press=press.absolute() if press else None,
        ink_limit=given["ink_limit"],
    )


def _with(options: tuple[Callable[[Command], Command], ...], command: Command) -> Command:
    return functools.reduce(lambda decorated, option: option(decorated), reversed(options), command)


def field_values(given: Iterable[str]) -> dict[str, str]:
    """Return ``NAME=VALUE`` pairs as a mapping.

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

"""Printer of problems, the only one."""

from __future__ import annotations

from collections.abc import Iterable

import click

from leaflet.errors import Problem, Severity


def show(problems: Iterable[Problem]) -> None:
    """Print problems on standard error in the order of their places, errors and warnings together."""
    shown = list(dict.fromkeys(problems))
    for problem in sorted(shown, key=_place):
        click.echo(_coloured(problem), err=True)


def refuse(problems: Iterable[Problem]) -> None:
    """Print the problems that ended a command, and how many of them are errors."""
    ended_by = list(dict.fromkeys(problems))
    show(ended_by)
    errors = sum(problem.severity is Severity.ERROR for problem in ended_by)
    if errors > 1:
        click.echo(f"{errors} errors; nothing was written", err=True)


def show_system_error(error: OSError) -> None:
    """Print what the operating system refused, without a traceback."""
    name = f"{error.filename}: " if error.filename else ""
    click.echo(f"{name}{error.strerror or error}", err=True)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``word`` was probably meant to be."""
    from leaflet.files import closest  # imported here for a quick start: only needed after a mistake

    return next(iter(closest(word, choices)), None)


def _place(problem: Problem) -> tuple[str, int, int]:
    place = problem.location
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)


def _coloured(problem: Problem) -> str:
    text = str(problem)
    first, *rest = text.split("\n")
    colour = "yellow" if problem.severity is Severity.WARNING else "red"
    return "\n".join([click.style(first, fg=colour), *(click.style(line, dim=True) for line in rest)])

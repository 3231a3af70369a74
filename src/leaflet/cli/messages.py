"""Printer of problems, the only one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import click

from leaflet.errors import Problem, Severity

MOST_LINES = 8
"""Lines that one message names; the others are three dots."""


def show(problems: Iterable[Problem]) -> None:
    """Print problems on standard error: warnings first, then errors, each in the order of their places.

    A message that repeats is one line, with the number of its places.
    """
    places: dict[tuple[Severity, str, str | None, str], list[Problem]] = {}
    for problem in sorted(dict.fromkeys(problems), key=_place):
        file = problem.location.file if problem.location else ""
        places.setdefault((problem.severity, problem.message, problem.hint, file), []).append(problem)
    for together in sorted(places.values(), key=lambda same: same[0].severity is Severity.ERROR):
        click.echo(_coloured(_counted(together)), err=True)


def refuse(problems: Iterable[Problem]) -> None:
    """Print the problems that ended a command, and how many there are of each kind."""
    ended_by = list(dict.fromkeys(problems))
    show(ended_by)
    errors = sum(problem.severity is Severity.ERROR for problem in ended_by)
    warnings = len(ended_by) - errors
    if len(ended_by) > 1:
        counts = [_number(errors, "error")] + ([_number(warnings, "warning")] if warnings else [])
        click.echo(f"{', '.join(counts)}; nothing was written", err=True)


def show_system_error(error: OSError) -> None:
    """Print what the operating system refused, without a traceback."""
    name = f"{error.filename}: " if error.filename else ""
    click.echo(f"{name}{error.strerror or error}", err=True)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``word`` was probably meant to be."""
    from leaflet.files import closest  # imported here for a quick start: only needed after a mistake

    return next(iter(closest(word, choices)), None)


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _counted(together: list[Problem]) -> Problem:
    """Return the first of several problems with one message, which says where the others are."""
    first = together[0]
    lines = [str(problem.location.line) for problem in together[1:] if problem.location and problem.location.line]
    if not lines:
        return first
    shown = ", ".join(lines[:MOST_LINES]) + (" …" if len(lines) > MOST_LINES else "")
    word = "line" if len(lines) == 1 else "lines"
    return replace(first, message=f"{first.message} (also in {word} {shown})")


def _place(problem: Problem) -> tuple[str, int, int]:
    place = problem.location
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)


def _coloured(problem: Problem) -> str:
    text = str(problem)
    first, *rest = text.split("\n")
    colour = "yellow" if problem.severity is Severity.WARNING else "red"
    return "\n".join([click.style(first, fg=colour), *(click.style(line, dim=True) for line in rest)])

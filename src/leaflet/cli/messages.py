"""Printer of problems, the only one."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
from msgspec.structs import replace

from leaflet.errors import Problem, Severity

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that command a terminal or reorder its line (ECMA-48; Unicode UAX #9), and halves of characters."""
MOST_LINES = 8
"""Lines that one message names; the others are three dots."""


MOST_SHOWN = 300
"""Messages that one report prints; nobody mends more at once."""
LONG_WORD = re.compile(r"\S{500,}")
SHOWN = 60
"""Letters of such a word that are shown at its beginning and at its end."""
MOST_LETTERS = 20_000
"""Of one message with all that it names."""
FEWEST_ALIKE = 4
"""Messages that say the same of different things; from as many on, one names all of them."""
NOTHING_TO_DO = "nothing needs to be done"
"""The beginning of the hint of a warning that asks nothing of an author."""
MOST_NAMED = 12
"""Things that one message names; of the others it says how many there are."""
VARYING = re.compile(r'"[^"]*"|<[^<>\s]+>|\\[A-Za-z]+|^[^\s":]+(?=: )|\b\d+\b')
"""The parts that differ between messages that say the same: quoted words, tags, commands, keys of sources, numbers."""


def show(problems: Iterable[Problem]) -> None:
    """Print problems on standard error: what asks nothing of the author, other warnings, and errors last.

    A message that repeats is one line, with the number of its places; of many that say the same of different things,
    the first is printed and the others are named below it. More than one warning is counted.
    """
    distinct = list(dict.fromkeys(problems))
    places: dict[tuple[Severity, str, str | None, str], list[Problem]] = {}
    for problem in sorted(distinct, key=_place):
        file = problem.location.file if problem.location else ""
        places.setdefault((problem.severity, problem.message, problem.hint, file), []).append(problem)
    alike: dict[tuple[Severity, str, str], list[Problem]] = {}
    for (severity, message, _, file), together in places.items():
        alike.setdefault((severity, VARYING.sub('""', message), file), []).append(_counted(together))
    shown = sorted((one for family in alike.values() for one in _summed_up(family)), key=_weight)
    if len(shown) > MOST_SHOWN:
        click.echo(f"the last {MOST_SHOWN} of {len(shown)} messages:", err=True)
    for problem in shown[-MOST_SHOWN:]:
        click.echo(_coloured(problem), err=True)


def count_warnings(problems: Iterable[Problem]) -> None:
    """Print how many warnings there were, where there were several."""
    count = sum(problem.severity is Severity.WARNING for problem in dict.fromkeys(problems))
    if count > 1:
        click.echo(f"{_number(count, 'warning')}; the files were written", err=True)


def _weight(problem: Problem) -> int:
    """Return a number by which problems are printed: the higher, the later, and so the nearer to the prompt."""
    if problem.severity is Severity.ERROR:
        return 2
    return 0 if (problem.hint or "").startswith(NOTHING_TO_DO) else 1


def _summed_up(family: list[Problem]) -> list[Problem]:
    """Return messages that say the same of different things as one, which names the things of the others."""
    if len(family) < FEWEST_ALIKE or not VARYING.search(family[0].message):
        return family
    first, *others = family
    same = VARYING.findall(first.message)
    named: dict[str, None] = {}
    for other in others:
        found = VARYING.findall(other.message)
        new = [word for word, known in zip(found, same, strict=False) if word != known]
        words = next((word for word in new if not word.isdigit()), (new or found)[0])
        line = other.location.line if other.location and other.location != first.location else None
        named[f"{words} (line {line})" if line else words] = None
    shown = list(named)[:MOST_NAMED]
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return [replace(first, message=f"{first.message}; the same of {', '.join(shown)}{more}")]


def refuse(problems: Iterable[Problem]) -> None:
    """Print the problems that ended a command, and how many there are of each kind."""
    ended_by = list(dict.fromkeys(problems))
    show(ended_by)
    errors = sum(problem.severity is Severity.ERROR for problem in ended_by)
    warnings = len(ended_by) - errors
    if len(ended_by) > 1:
        counts = [_number(errors, "error")] + ([_number(warnings, "warning")] if warnings else [])
        click.echo(f"{', '.join(counts)}; nothing was written", err=True)


def visible(text: str) -> str:
    """Return ``text`` with its control characters written out, so that none of them reaches the terminal as such."""
    return CONTROL.sub(
        lambda found: f"\\x{ord(found[0]):02x}" if found[0] < "\u0100" else f"\\u{ord(found[0]):04x}", text
    )


def say(text: object, *, err: bool = False) -> None:
    """Print a line for people, or a name of a file, without control characters."""
    click.echo(visible(str(text)), err=err)


def show_system_error(error: OSError) -> None:
    """Print what the operating system refused, without a traceback."""
    name = f"{error.filename}: " if error.filename else ""
    say(shortened(f"{name}{error.strerror or error}"), err=True)


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


def shortened(text: str) -> str:
    """Return a message without the middle of words that nobody would read to their end."""
    text = LONG_WORD.sub(lambda found: f"{found[0][:SHOWN]}…{found[0][-SHOWN:]}", text)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]} …"


def _coloured(problem: Problem) -> str:
    text = shortened(visible(str(problem)))
    first, *rest = text.split("\n")
    colour = "yellow" if problem.severity is Severity.WARNING else "red"
    return "\n".join([click.style(first, fg=colour), *(click.style(line, dim=True) for line in rest)])

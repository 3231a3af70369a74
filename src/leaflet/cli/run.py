"""One run of a command: its options, its budget, and the file that it is about."""

from __future__ import annotations

import functools
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from pathlib import Path
from types import FrameType
from typing import Any

import click
from msgspec import Struct, field

from leaflet.budget import Budget, OutOfTimeError

GRACE = 5.0
"""Seconds of computing after which code in C that does not return is ended from outside."""

MOST_SECONDS, MOST_MEGABYTES = 86_400, 1_000_000
"""As in [limits] of leaflet.toml."""


class NumberRange(click.FloatRange):
    """A number within bounds; click takes what is no number for one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number of an option."""
        number: float = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value!r} is not a number", param, ctx)
        return number


OPTIONS = (
    click.Option(
        ["--max-seconds"],
        type=NumberRange(min=1, max=MOST_SECONDS),
        help="Computing time that the run may take [120 and more by size].",
    ),
    click.Option(
        ["--max-memory"],
        type=click.IntRange(min=100, max=MOST_MEGABYTES),
        metavar="MB",
        help="Memory it may take [2000].",
    ),
    click.Option(["--debug"], is_flag=True, help="Show the details of a fault of leaflet, and of foreign libraries."),
)


class Run(Struct, kw_only=True):
    """Facts about a run that its end reports."""

    is_alone: bool = False
    """True if the process is there for this run, so that limits of the operating system can hold it."""
    tell: Callable[[Budget, str | None], None] = field(default=lambda _budget, _file: None)
    """Called with the budget and the file once they are known."""
    budget: Budget = field(default_factory=Budget)
    file: str | None = None
    debug: bool = False

    def begin(self, parameters: dict[str, Any]) -> None:
        """Take the options out of a command's parameters, and set its limits."""
        seconds, megabytes = parameters.pop("max_seconds"), parameters.pop("max_memory")
        self.debug = bool(parameters.pop("debug"))
        _refuse_half_characters(parameters)
        files = [path for value in parameters.values() for path in _paths(value)]
        self.file = str(files[0]) if len(files) == 1 else None
        known = _budget(files)
        self.budget = Budget(seconds=seconds or known.seconds, megabytes=megabytes or known.megabytes)
        self.tell(self.budget, self.file)
        if self.is_alone:
            _limit_time(self.budget.seconds)
            _limit_memory(self.budget.megabytes)

    def end_time_limit(self) -> None:
        """Lift the limit of time from here on, for work that others limit."""
        if self.is_alone:
            _limit_time(0)


def current_budget() -> Budget:
    """Return the budget of the command that runs."""
    return (click.get_current_context().find_object(Run) or Run()).budget


def budgeted(command: click.Command) -> click.Command:
    """Return ``command`` with the options of every run, held to its budget."""
    inner = command.callback
    assert inner is not None

    @functools.wraps(inner)
    def callback(**parameters: Any) -> object:
        context = click.get_current_context()
        run = context.find_object(Run) or Run()
        run.begin(parameters)
        return inner(**parameters)

    held = copy(command)
    held.params = [*command.params, *OPTIONS]
    held.callback = callback
    return held


def _refuse_half_characters(parameters: dict[str, Any]) -> None:
    """Refuse an option whose text was no UTF-8: no file could hold it."""
    from leaflet.files import HALF_CHARACTER  # here, as a command that only helps reads no files

    for name, value in parameters.items():
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and HALF_CHARACTER.search(text):
                raise click.UsageError(f"{name.replace('_', '-')}: this is not UTF-8 text")


def _paths(value: object) -> list[Path]:
    """Return the files among the values of a parameter."""
    values = value if isinstance(value, tuple) else (value,)
    paths = [Path(entry) for entry in values if isinstance(entry, str | Path) and str(entry) not in ("", "-")]
    with suppress(OSError, ValueError):
        return [path for path in paths if path.is_file()]
    return []


def _budget(files: list[Path]) -> Budget:
    """Return the budget that the workspace sets, or the default, with more for large files."""
    from leaflet.files import open_workspace, read_budget

    size = 0
    with suppress(OSError):
        size = sum(path.stat().st_size for path in files)
    return read_budget(open_workspace(files[0] if files else Path.cwd())).for_size(size)


def _limit_time(seconds: float) -> None:
    """Raise an error after so many seconds of computing, and end the process after some more; 0 lifts the limits.

    These timers are this process's own: the processes that it starts do not inherit them.
    """
    if not hasattr(signal, "ITIMER_PROF"):
        return
    signal.signal(signal.SIGPROF, _raise_out_of_time)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0 if seconds else 0.0)  # again, where C code swallowed the first
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds + GRACE if seconds else 0.0)


def _raise_out_of_time(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise OutOfTimeError


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))


def silence_libraries() -> None:
    """Send the warnings of libraries to the place of details, which is descriptor 2 by now."""
    import logging

    logging.lastResort = None
    if not warnings.filters or not any(entry[0] == "error" for entry in warnings.filters):
        warnings.simplefilter("ignore")

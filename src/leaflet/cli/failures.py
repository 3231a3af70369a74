"""The end of a command that failed: a message for each kind of exception, and the exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import StringIO

import click

from leaflet.cli import messages as report
from leaflet.cli.run import Run
from leaflet.cli.supervision import INTERRUPTED
from leaflet.errors import LeafletError
from leaflet.faults import as_leaflet_error


def say_failure(error: BaseException, run: Run | None) -> int:
    """Say what ended a command and return the exit code."""
    run = run or Run()
    run.end_time_limit()
    match error:
        case click.ClickException():
            click.echo(report.visible(_shown(error)), err=True)
            return error.exit_code
        case click.Abort() | KeyboardInterrupt():
            report.say("stopped; nothing was left half written", err=True)
            return INTERRUPTED
        case BrokenPipeError():
            _give_up_stdout()
            return 1
        case OSError() if error.strerror:
            report.show_system_error(error)
            _give_up_stdout()
            return 1
        case _:
            if run.debug and not isinstance(error, LeafletError):
                import traceback

                report.say("".join(traceback.format_exception(error)), err=True)
            report.refuse(as_leaflet_error(error, run.budget, run.file).problems)
            return 1


def _shown(error: click.ClickException) -> str:
    """Return what Click would print of a wrong command."""
    shown = StringIO()
    error.show(file=shown)
    return shown.getvalue().rstrip("\n")


def _give_up_stdout() -> None:
    """Let nothing more be written to a standard output that takes nothing, also not when the process ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())

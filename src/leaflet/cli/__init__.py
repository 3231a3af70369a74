"""The command line: parses, calls and reports. Each command is imported on use, so that help is quick."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.errors import LeafletError
from leaflet.version import VERSION

if TYPE_CHECKING:
    from leaflet.cli.run import Run
    from leaflet.cli.supervision import Log

COMMANDS = {
    "batch": "Build many variants of one leaflet.",
    "build": "Build a leaflet: sheet PDF, reading PDF, web page and citation files.",
    "changes": "Show what has changed since a revision, panel by panel.",
    "check": "Check sources and everything that is made from them, or any PDF, without writing anything.",
    "cite": "Print how to cite a leaflet, or format citations of any library.",
    "doctor": "Say whether leaflet can build on this machine, and how to get what is missing.",
    "dummy": "Make a fold dummy of a layout, and a sheet to test the printer.",
    "export": "Write a leaflet as a Word document for review.",
    "impose": "Put the pages of any PDF on the sheets of a layout.",
    "import": "Make sources of Word, OpenDocument and web documents.",
    "inspect": "Print metadata, sections, citations and fields of a source as JSON.",
    "layouts": "List the layouts with a drawing of each fold.",
    "new": "Start a workspace with a first leaflet to change.",
    "preview": "Show leaflets in the browser while you write them.",
    "refs": "Read, check and convert reference files.",
    "register": "List all leaflets of a workspace with owner, review and release.",
    "release": "Check a leaflet and sign it off.",
    "rule": "Print the page of a rule of `leaflet check`, or list all rules.",
    "schema": "Print the JSON Schema of the front matter, for editors.",
    "styles": "List the styles and find citation styles.",
}


MODULES = {"import": "import_documents"}
"""The modules of commands whose names are words of Python."""
ABOUT = frozenset({"--help", "-h", "--version", "-V"})
"""Options that only print something about leaflet."""


class LazyGroup(click.Group):
    """A group that imports a command's module only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command by its name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        from leaflet.cli.run import budgeted

        command: click.Command = import_module(f"leaflet.cli.{MODULES.get(cmd_name, cmd_name)}").command
        return budgeted(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of ``args``, and name the nearest one where there is none."""
        near = report.nearest(args[0], COMMANDS) if args and args[0] not in COMMANDS else None
        if near:
            ctx.fail(f'There is no command "{args[0]}". Did you mean {near}?')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, "-V", "--version", message="leaflet %(version)s")
def group() -> None:
    """Turn Markdown into folded, correctly cited, accessible leaflets."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line on ``arguments`` in this process, or on those of the process under supervision.

    Problems go to standard error, and the exit code is 1.
    """
    if arguments is None:
        # Pydantic reads the metadata of all installed packages to find its plugins, of which leaflet uses none.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if arguments is None and set(sys.argv[1:]) <= ABOUT:
        sys.exit(_run(arguments, None))  # nothing to watch over, and so nothing to load for it
    from leaflet.cli.run import Run
    from leaflet.cli.supervision import can_supervise, supervise

    if arguments is None and can_supervise():
        sys.exit(supervise(_alone, lambda problem: report.refuse((problem,))))
    if arguments is None and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(_run(arguments, Run()))


def _alone(log: Log) -> None:
    """Run the command line in a process that is there for it alone."""
    from leaflet.cli.run import Run, silence_libraries

    silence_libraries()
    run = Run(is_alone=True, tell=log.tell)
    code = _run(None, run)
    if run.debug:
        report.say(log.text(), err=True)
    sys.exit(code)


def _run(arguments: Sequence[str] | None, run: Run | None) -> int:
    """Run a command and return its exit code; whatever goes wrong is a message."""
    # Nearly all objects of a build live to its end; to look for others every 50,000 took 4 % of a leaflet's time.
    gc.set_threshold(2_000_000, 20, 100)
    try:
        ended = group.main(arguments, prog_name="leaflet", standalone_mode=False, obj=run)
        if sys.stdout is not None:
            sys.stdout.flush()
        return ended if isinstance(ended, int) else 0
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except BaseException as error:
        return _failed(error, run)
    finally:
        if run is not None:
            run.end_time_limit()


def _failed(error: BaseException, run: Run | None) -> int:
    """Say what ended a command and return the exit code."""
    from leaflet.cli.run import Run
    from leaflet.cli.supervision import INTERRUPTED
    from leaflet.faults import as_leaflet_error

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

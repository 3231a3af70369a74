"""The command line: parses, calls and reports. Each command is imported on use, so that help is quick."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from leaflet.version import VERSION

if TYPE_CHECKING:
    from leaflet.cli.run import Run
    from leaflet.cli.supervision import Log
    from leaflet.errors import Problem

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
        from leaflet.cli import messages as report

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
        sys.exit(supervise(_alone, _refuse))
    if arguments is None and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(_run(arguments, Run()))


def _refuse(problem: Problem) -> None:
    from leaflet.cli import messages as report

    report.refuse((problem,))


def _alone(log: Log) -> None:
    """Run the command line in a process that is there for it alone."""
    from leaflet.cli import failures  # noqa: F401 - while there is memory
    from leaflet.cli import messages as report
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
        from leaflet.cli.failures import say_failure

        return say_failure(error, run)
    finally:
        if run is not None:
            run.end_time_limit()

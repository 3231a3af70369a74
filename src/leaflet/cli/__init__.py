"""The command line: parses, calls and reports. Each command is imported on use, so that help is quick."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from leaflet import __version__
from leaflet.cli import messages as report
from leaflet.errors import LeafletError

COMMANDS = {
    "batch": "Build many variants of one leaflet.",
    "build": "Build a leaflet: sheet PDF, reading PDF, web page and citation files.",
    "check": "Check sources and everything that is made from them, or any PDF, without writing anything.",
    "cite": "Print how to cite a leaflet, or format citations of any library.",
    "dummy": "Make a fold dummy of a layout, and a sheet to test the printer.",
    "impose": "Put the pages of any PDF on the sheets of a layout.",
    "inspect": "Print metadata, sections, citations and fields of a source as JSON.",
    "layouts": "List the layouts with a drawing of each fold.",
    "new": "Start a workspace with a first leaflet to change.",
    "refs": "Read, check and convert reference files.",
    "register": "List all leaflets of a workspace with owner, review and release.",
    "release": "Check a leaflet and sign it off.",
    "rule": "Print the page of a rule of `leaflet check`, or list all rules.",
    "schema": "Print the JSON Schema of the front matter, for editors.",
    "styles": "List the styles and find citation styles.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command by its name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"leaflet.cli.{cmd_name}").command
        return command

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
@click.version_option(__version__, "-V", "--version", message="leaflet %(version)s")
def group() -> None:
    """Turn Markdown into folded, correctly cited, accessible leaflets."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line on ``arguments``, by default those of the process.

    Problems go to standard error, and the exit code is 1.
    """
    gc.set_threshold(50_000, 20, 100)  # nearly all objects of a build live to its end
    try:
        group(arguments, prog_name="leaflet")
    except LeafletError as error:
        report.refuse(error.problems)
        sys.exit(1)
    except OSError as error:
        report.show_system_error(error)
        sys.exit(1)

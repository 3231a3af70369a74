"""``leaflet preview``: a leaflet in the browser, which changes as its source does."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import click

from leaflet.cli import messages as report
from leaflet.cli.run import Run
from leaflet.clock import build_day

EDITORS = {
    "vscode": "vscode://file/{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
}
"""Addresses by which other editors open a place."""


@click.command()
@click.argument("source", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on [one that is free].")
@click.option("--host", default="127.0.0.1", help="Address to listen on; any but 127.0.0.1 lets others in.")
@click.option("--open/--no-open", "opens", default=True, help="Open the browser [yes].")
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Rows of a batch to show SOURCE with [the plan beside it].",
)
@click.option(
    "--editor",
    default="",
    metavar="NAME",
    help="Where a click on the page leads: vscode, idea, or an address with {file}, {line} and {column} "
    "[the editor beside the page].",
)
def command(source: Path | None, port: int, host: str, data: Path | None, editor: str, *, opens: bool) -> None:
    """Show SOURCE in the browser as it will be printed, folded and read, and change it there; without SOURCE, all leaflets.

    It listens on this machine only, and ends with Ctrl-C.
    """
    from leaflet.files import open_workspace
    from leaflet.preview import PreviewOptions, serve_preview

    (click.get_current_context().find_object(Run) or Run()).end_time_limit()  # each build has its own
    build_day()  # a wrong SOURCE_DATE_EPOCH is said now
    if source is not None and not (source.is_file() or source.is_dir()):
        raise click.UsageError(f'"{source}" is no file and no folder')
    workspace = open_workspace(source or Path.cwd())
    shown = source.absolute() if source is not None and source.is_file() else None

    def ready(address: str, password: str) -> None:
        report.say(address)
        if password:
            report.say("warning: others can reach this preview, and their connection is not encrypted", err=True)
            report.say(f"password: {password}", err=True)
        if opens:
            Thread(target=show, args=(address,), daemon=True).start()  # some browsers let their caller wait

    def show(address: str) -> None:
        import webbrowser

        if not webbrowser.open(address):
            report.say("open this address in your browser", err=True)

    options = PreviewOptions(
        port=port,
        data=data.absolute() if data else None,
        host="127.0.0.1" if host == "localhost" else host,
        editor=EDITORS.get(editor, editor),
    )
    serve_preview(workspace, shown, options, day=build_day, ready=ready)

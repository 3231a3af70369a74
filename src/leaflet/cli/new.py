"""``leaflet new``: a workspace with a first leaflet to change."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from leaflet.cli.messages import say
from leaflet.clock import build_day
from leaflet.errors import LeafletError, Problem
from leaflet.files import open_workspace, read_organisation, write_new_folder
from leaflet.starter import (
    LANGUAGES,
    Answers,
    plain_files,
    read_starter,
    starter_files,
    starter_names,
    starter_summaries,
)

FOLDERS = ("layouts", "styles", "output")
PLAIN_SOURCE = "first-leaflet"


def _colour(text: str) -> str:
    """Return a colour in capitals, with its number sign; an empty text is none.

    Raises:
        click.BadParameter: it has not six hexadecimal digits.
    """
    if not text.strip():
        return ""
    if not re.fullmatch(r"#?[0-9A-Fa-f]{6}", text.strip()):
        raise click.BadParameter(f'"{text}" is no colour: write it like #1F5C8B')
    return f"#{text.strip().lstrip('#').upper()}"


def _existing_file(text: str) -> str:
    """Return the path of a file; an empty text is none.

    Raises:
        click.BadParameter: there is no such file.
    """
    if text.strip() and not Path(text.strip()).is_file():
        raise click.BadParameter(f'there is no file "{text}"')
    return text.strip()


QUESTIONS = {
    "organisation": "Organisation",
    "name": "Your name, as the author",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "web": "Web address",
    "colour": "Colour, such as #1F5C8B",
    "logo": "Logo, a picture file",
}
ANSWERS: Mapping[str, Callable[[str], str]] = {"colour": _colour, "logo": _existing_file}
"""Functions that judge an answer; any other is taken as it is."""


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--list", "list_starters", is_flag=True, help="List the leaflets to begin with.")
@click.option("--like", metavar="STARTER", help="A finished leaflet to begin with; --list shows them.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language of the leaflet of --like [en].")
@click.option("--organisation", help="Who publishes the leaflets.")
@click.option("--name", help="Who writes them.")
@click.option("--phone", help="A number that readers can call.")
@click.option("--email", help="An address that they can write to.")
@click.option("--address", help="A place that they can come to.")
@click.option("--web", help="A page that they can open; the QR code leads there.")
@click.option(
    "--colour",
    callback=lambda _context, _option, text: _colour(text or ""),
    help="The organisation's colour, such as #1F5C8B.",
)
@click.option(
    "--logo", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Its logo; the workspace gets a copy."
)
def command(
    folder: Path | None, *, list_starters: bool, like: str | None, lang: str | None, **given: str | Path | None
) -> None:
    """Start a workspace in FOLDER: a first leaflet, and the settings all leaflets share.

    At a terminal it asks who you are, as far as the options do not say so; Enter leaves a question open.
    """
    if list_starters:
        _list()
        return
    if folder is None:
        raise click.UsageError("Missing argument 'FOLDER'.")
    if lang and not like:
        raise click.UsageError("--lang needs --like, which says what to begin with.")
    starter = read_starter(_known(like), lang or LANGUAGES[0]) if like else None
    answers = _answers(given)
    today = build_day()
    files = starter_files(starter, answers, today) if starter else plain_files(answers, today)
    _refuse_unreadable_look(files, answers)
    write_new_folder(folder, files, FOLDERS)
    source = starter.name if starter else PLAIN_SOURCE
    say(f"{folder} is ready. Next:\n\n  cd {folder}\n  leaflet build source/{source}.md")
    if starter and not answers.say_something:
        click.echo("\nThe organisation and its contact are invented: leaflet.toml is the place for your own.")


def _list() -> None:
    summaries = starter_summaries()
    width = max(map(len, summaries))
    for name, about in summaries.items():
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {about}")
    click.echo(f"\nEach in {', '.join(LANGUAGES)}: leaflet new FOLDER --like NAME --lang LANGUAGE")


def _known(like: str) -> str:
    """Return the name of a starter.

    Raises:
        click.UsageError: there is none of that name; the message names all.
    """
    if like not in starter_names():
        raise click.UsageError(f'There is no starter "{like}". There are {", ".join(starter_names())}.')
    return like


def _answers(given: Mapping[str, str | Path | None]) -> Answers:
    """Return what the options say; at a terminal, the questions that they leave open are put."""
    known = {key: value for key, value in given.items() if value}
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        click.echo("Who are you? Enter leaves a question open.\n")
        for key, question in QUESTIONS.items():
            if key not in known:
                judge = ANSWERS.get(key, str.strip)
                known[key] = click.prompt(question, default="", show_default=False, value_proc=judge)
        click.echo()
    logo = known.pop("logo", None)
    return Answers(logo=Path(logo) if logo else None, **{key: str(value) for key, value in known.items()})


def _refuse_unreadable_look(files: Mapping[str, bytes], answers: Answers) -> None:
    """Refuse a colour in which nobody could read, and a logo that cannot be printed, before anything is written.

    Raises:
        LeafletError: what is wrong with them.
    """
    if not answers.colour and not answers.logo:
        return
    from leaflet.design import apply_organisation, load_style

    with tempfile.TemporaryDirectory(prefix="leaflet-new-") as trial:
        write_new_folder(Path(trial) / "workspace", files, FOLDERS)
        workspace = open_workspace(Path(trial) / "workspace")
        try:
            organisation = read_organisation(workspace)
            folder = workspace.find("styles", "clinic")
            assert folder is not None
            apply_organisation(load_style(folder), organisation)
        except LeafletError as error:
            raise LeafletError(
                [Problem(message=problem.message, hint=problem.hint) for problem in error.problems]
            ) from None

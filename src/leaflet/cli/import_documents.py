"""``leaflet import``: sources made of documents of other programs."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.errors import LeafletError, Problem, UnsafeError

if TYPE_CHECKING:
    from leaflet.interchange import ImportOptions, ImportResult

FOLDER = "source"
MOST_NOTICES = 500


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--into", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder of the sources [source/]."
)
@click.option("--as", "name", metavar="NAME", help="Name of the source, without its suffix [that of the document].")
@click.option(
    "--changes",
    type=click.Choice(("accept", "show")),
    default="accept",
    help="Whether tracked changes are accepted or stay visible as CriticMarkup [accept].",
)
@click.option(
    "--review", is_flag=True, help="List the comments and changes of a document that was exported for review."
)
def command(files: tuple[Path, ...], folder: Path | None, name: str | None, changes: str, review: bool) -> None:
    """Make a source of each of FILES: Word, OpenDocument, RTF or a web page.

    Pictures and a .bib file are written beside the source. Nothing that is there is replaced. What was not imported is
    listed with its place in the document.

    With --review, FILES came back from `leaflet export`: their comments and tracked changes are listed with the lines of
    the source, and those that can be placed are written as a patch into output/. The source stays as it is.
    """
    if review:
        for file in files:
            _review(file)
        return
    if name is not None and len(files) > 1:
        raise LeafletError(Problem(message="--as names one source, but there are several documents"))
    for number, file in enumerate(files):
        if number:
            report.say("")
        _import(file, folder, name or "", shows_changes=changes == "show")


def _import(file: Path, folder: Path | None, name: str, *, shows_changes: bool) -> None:
    from leaflet.files import shown_path, write_together
    from leaflet.interchange import import_document

    target = folder or _source_folder()
    if folder is None:
        _refuse_link(target, target.parent)
    result = import_document(file, _options(target, name, shows_changes=shows_changes))
    by_folder: dict[Path, dict[str, bytes]] = {}
    for path, content in result.files.items():
        by_folder.setdefault((target / path).parent, {})[Path(path).name] = content
    # Pictures first: a source never names a picture that is not there yet.
    for place in by_folder:
        _refuse_link(place, target)
    for place, contents in sorted(by_folder.items(), key=lambda entry: -len(entry[0].parts)):
        write_together(place, contents)
    report.say(f"{shown_path(target / result.source)} made from {file.name}")
    _print(result)


def _refuse_link(folder: Path, around: Path) -> None:
    """Refuse a folder that is a link to a place outside the folder ``around`` it.

    Raises:
        UnsafeError: it is one.
    """
    from leaflet.files import is_inside, shown_path

    if not is_inside(folder, (around,)):
        message = f'"{folder.name}" is a link to a folder outside "{shown_path(around)}", so nothing is written there'
        raise UnsafeError(Problem(message=message, hint="name a folder with --into, or give the document another name"))


def _review(file: Path) -> None:
    """List what came back from review, and write what applies as a patch."""
    from leaflet.files import (
        open_workspace,
        output_folder,
        output_policy,
        read_file,
        read_text,
        shown_path,
        write_together,
    )
    from leaflet.interchange import read_reviewed, review_of

    reviewed = read_reviewed(read_file(file, inside=None), str(file))
    workspace = open_workspace(Path.cwd() / FOLDER / "any.md")
    source = workspace.resolve(reviewed.source, beside=workspace.root)
    text = read_text(source, name=reviewed.source, inside=workspace.roots)
    if hashlib.sha256(read_file(source, inside=workspace.roots)).hexdigest() != reviewed.digest:
        report.say(f"{reviewed.source} was changed since it was exported; lines may differ", err=True)
    found = review_of(reviewed, text)
    for note in found.notes:
        sign = "" if not note.is_change else " [in the patch]" if note.applies else " [by hand]"
        who = f"{note.author}: " if note.author else ""
        report.say(f"{reviewed.source}:{note.line or 1}: {who}{note.message}{sign}")
    changes = [note for note in found.notes if note.is_change]
    comments = len(found.notes) - len(changes)
    applying = sum(note.applies for note in changes)
    report.say(f"{comments} comments, {len(changes)} changes, {applying} of them in the patch")
    if found.patch:
        name = f"{source.stem}.review.patch"
        policy = output_policy(workspace, inputs=(source, file))
        for path in write_together(output_folder(workspace, None), {name: found.patch.encode()}, policy):
            report.say(f"{shown_path(path)}: apply it with git apply or patch -p1")


def _options(folder: Path, name: str, *, shows_changes: bool) -> ImportOptions:
    from leaflet.files import open_workspace, read_settings
    from leaflet.interchange import ImportOptions
    from leaflet.pipeline import find_styles

    workspace = open_workspace(folder / "any.md")
    settings = read_settings(workspace)
    report.show(settings.problems)
    return ImportOptions(
        folder=folder,
        name=_checked_name(name),
        styles=settings.imported_styles,
        shows_changes=shows_changes,
        is_citation_style=lambda style: any(found == style for found, _ in find_styles(style, workspace)),
    )


def _source_folder() -> Path:
    """Return the folder of the sources of the workspace around the current folder."""
    from leaflet.files import open_workspace

    here = Path.cwd()
    if here.name == FOLDER:
        return here
    root = open_workspace(here / FOLDER / "any.md").root
    return (root if (root / FOLDER).is_dir() else here) / FOLDER


def _checked_name(name: str) -> str:
    plain = name.removesuffix(".md")
    if plain and (Path(plain).name != plain or plain.startswith(".")):
        raise LeafletError(
            Problem(message=f'--as "{name}" is not the name of a file', hint="the folder is named with --into")
        )
    return plain


def _print(result: ImportResult) -> None:
    """Print what was imported, and what was not."""
    counted = [f"{number} {noun if number == 1 else _plural(noun)}" for noun, number in result.counts.items()]
    report.say(f"  imported: {', '.join(counted) or 'nothing but its title'}")
    if result.notices:
        report.say("  to look at:")
    counts = Counter(report.shortened(f"  - {notice}") for notice in result.notices)
    for line, times in islice(counts.items(), MOST_NOTICES):
        report.say(f"{line} ({times:,} times)" if times > 1 else line)
    if len(counts) > MOST_NOTICES:
        report.say(f"  - and {len(counts) - MOST_NOTICES:,} more")


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"

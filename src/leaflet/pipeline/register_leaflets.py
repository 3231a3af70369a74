"""The register of a workspace: all its leaflets with owner, date of review and sign-off."""

from __future__ import annotations

import csv
import io
from datetime import date
from html import escape
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from leaflet.errors import LeafletError, Problem
from leaflet.files import read_file
from leaflet.model.workspace import Workspace
from leaflet.pipeline.release_leaflet import release_of

FORMULA = ("=", "+", "-", "@", "\t")
"""Characters with which a spreadsheet would begin a formula."""


class RegisterEntry(Struct, frozen=True, kw_only=True):
    """One leaflet of the register, as texts."""

    source: str
    code: str
    title: str
    version: str
    language: str
    owner: str
    review_due: str
    review: str
    """``overdue``, ``due`` within 90 days, ``later`` or ``none``."""
    released: str
    released_by: str
    state: str
    """``released``, ``changed`` since, or ``draft``."""
    hash: str


def register(workspace: Workspace, today: date) -> tuple[tuple[RegisterEntry, ...], tuple[Problem, ...]]:
    """Return all leaflets below ``source/``, and the errors of those that cannot be read."""
    folder = workspace.root / "source"
    entries: list[RegisterEntry] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.md")):
        try:
            entries.append(_entry(path, workspace, today))
        except LeafletError as error:
            problems += error.problems
    return tuple(entries), tuple(problems)


def _entry(path: Path, workspace: Workspace, today: date) -> RegisterEntry:
    from leaflet.checks import digest
    from leaflet.source import read_source

    metadata = read_source(path, workspace).document.metadata
    release = release_of(path, workspace)
    now = digest(read_file(path, inside=workspace.roots))
    owner = metadata.publisher or "; ".join(author.name for author in metadata.authors)
    due = metadata.next_review.iso if metadata.next_review else ""
    return RegisterEntry(
        source=workspace.name_of(path),
        code=metadata.code,
        title=metadata.title,
        version=metadata.version,
        language=metadata.lang,
        owner=owner,
        review_due=due,
        review=_review(due, today),
        released=release.day.isoformat() if release else "",
        released_by=release.by if release else "",
        state="draft" if release is None else "released" if release.source == now else "changed",
        hash=now,
    )


def _review(due: str, today: date) -> str:
    if not due:
        return "none"
    last = f"{due}-12-31" if len(due) == 4 else f"{due}-31" if len(due) == 7 else due
    if last < today.isoformat():
        return "overdue"
    return "due" if last <= date.fromordinal(today.toordinal() + 90).isoformat() else "later"


def register_csv(entries: tuple[RegisterEntry, ...]) -> str:
    """Return the register as CSV; no cell can begin a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name.replace("_", " ") for name in RegisterEntry.__struct_fields__])
    for entry in entries:
        writer.writerow([f"'{text}" if text.startswith(FORMULA) else text for text in astuple(entry)])
    return stream.getvalue()


def register_html(entries: tuple[RegisterEntry, ...], today: date) -> str:
    """Return the register as a page."""
    heads = "".join(
        f'<th scope="col">{escape(name.replace("_", " "))}</th>' for name in RegisterEntry.__struct_fields__
    )
    rows = "\n".join(
        f'<tr class="{entry.review}">' + "".join(f"<td>{escape(text)}</td>" for text in astuple(entry)) + "</tr>"
        for entry in entries
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Register of leaflets</title>\n'
        "<style>body { font: 1rem/1.4 system-ui, sans-serif; margin: 2rem } table { border-collapse: collapse }\n"
        "th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left } td:last-child { font-size: .7rem }\n"
        ".overdue { background: #fbe3e3 } .due { background: #fff4d6 }</style>\n</head>\n<body>\n"
        f"<h1>Register of leaflets</h1>\n<p>{today.isoformat()}: {len(entries)} leaflets</p>\n"
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</body>\n</html>\n"
    )

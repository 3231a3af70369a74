"""References from elsewhere than files: Zotero on this computer, servers that know numbers, and what sources cite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.errors import LeafletError, Location, Problem, Severity

if TYPE_CHECKING:
    from leaflet.bibliography import Read
    from leaflet.network import Fetcher, Identifier

ZOTERO = "zotero"
NAME = "Zotero"


def from_zotero(collection: str) -> Read:
    """Return the references of Zotero, or of one of its collections, by keys that people can type.

    Raises:
        LeafletError: Zotero does not run or does not answer.
    """
    from leaflet.bibliography import read_text, with_readable_keys
    from leaflet.network import zotero_items

    text = zotero_items(collection).decode("utf-8", errors="replace")
    references, problems = read_text(text, "csl-json", NAME)
    return with_readable_keys(references), problems


def from_servers(numbers: Sequence[str]) -> Read:
    """Return the references behind ``numbers`` such as ``doi:10.1000/182``.

    Raises:
        LeafletError: all numbers that cannot be resolved, with the reasons.
    """
    from leaflet.bibliography import read_text, with_readable_keys
    from leaflet.network import resolve

    fetcher = _fetcher()
    items: list[dict[str, object]] = []
    problems: list[Problem] = []
    for number in numbers:
        kind, _, value = number.partition(":")
        try:
            items.append({**resolve(_kind(kind, number), value, fetcher), "id": number})
        except LeafletError as error:
            problems += error.problems
    if problems:
        raise LeafletError(problems)
    references, found = read_text(json.dumps(items, ensure_ascii=False), "csl-json", "the servers' answers")
    # The fields that Crossref adds to those of CSL are of no interest to users.
    return with_readable_keys(references), tuple(one for one in found if one.severity is Severity.ERROR)


def _kind(kind: str, number: str) -> Identifier:
    from leaflet.network import Identifier

    try:
        return Identifier(kind.strip().lower())
    except ValueError:
        hint = "write doi:10.1000/182, isbn:9780306406157 or pmid:12345678"
        message = f'"{number}" names no number that leaflet can look up'
        raise LeafletError(Problem(message=message, location=Location(file="--get"), hint=hint)) from None


def cited_in(path: Path) -> Read:
    """Return the references that a source cites, or all sources below a folder."""
    from leaflet.clock import build_day
    from leaflet.files import open_workspace
    from leaflet.pipeline import Session, cited_references

    sources = sorted(path.rglob("*.md")) if path.is_dir() else [path]
    if not sources:
        hint = "name a folder with sources (.md), or one source"
        raise LeafletError(Problem(message=f'there is no source in "{path}"', hint=hint))
    workspace = open_workspace(sources[0])
    session = Session(workspace=workspace)
    return cited_references([source.absolute() for source in sources], workspace, today=build_day(), session=session)


def update_retractions() -> Path:
    """Write the newest list of retractions to the file that the settings name, and return its path.

    Raises:
        LeafletError: the settings name no file, or a file there is no such list.
        UnsafeError: the workspace does not allow the server.
    """
    from leaflet.bibliography import RETRACTION_COLUMNS
    from leaflet.files import CONFIGURATION, OverwritePolicy, open_workspace, read_settings, write_together
    from leaflet.network import fetch_retractions

    workspace = open_workspace(Path.cwd())
    named = read_settings(workspace).shared.data.get("retractions")
    if not named:
        hint = f'write retractions = "retractions.csv" in {CONFIGURATION}'
        raise LeafletError(Problem(message="the workspace names no list of retractions", hint=hint))
    path = workspace.resolve(str(named), beside=workspace.root)
    data = fetch_retractions(_fetcher())

    def is_list(name: str, content: bytes) -> bool:
        return name == path.name and all(column.encode() in content[:5000] for column in RETRACTION_COLUMNS)

    (written,) = write_together(path.parent, {path.name: data}, OverwritePolicy(is_own=is_list))
    return written


def _fetcher() -> Fetcher:
    """Return the way to the hosts that the workspace of the working directory allows."""
    from leaflet.files import open_workspace, read_settings
    from leaflet.network import Fetcher

    return Fetcher(read_settings(open_workspace(Path.cwd())).hosts)

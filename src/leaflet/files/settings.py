"""``leaflet.toml``: what all leaflets of a workspace share, as values that lie under their front matter."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files.find_workspace import CONFIGURATION
from leaflet.files.pictures import check_image, embedded
from leaflet.files.suggest import suggestion
from leaflet.files.text import read_text
from leaflet.files.yaml import Located, Path
from leaflet.model.organisation import TABLE, Organisation
from leaflet.model.workspace import Workspace

SHARED_KEYS = (
    "layout style fit csl lang publisher publisher-place container-title contact disclaimer license copyright cite "
    "bibliography fields retractions"
).split()
"""The keys that make sense for several leaflets at once."""
OTHER_TABLES = ("check",)
"""Tables that other packages read."""

HEADER = re.compile(r"\s*\[\s*([A-Za-z0-9_.\s-]+?)\s*\]")
KEY = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=\s*")


def read_config(workspace: Workspace) -> tuple[Located, tuple[Problem, ...]]:
    """The workspace's shared values with their places, and warnings; empty where there is no ``leaflet.toml``.

    Raises:
        SourceError: the file is not TOML.
    """
    data, places = _read(workspace)
    values = {key: _as_text(value) for key, value in data.items() if key in SHARED_KEYS}
    organisation = data.get(TABLE)
    if isinstance(organisation, dict) and isinstance(organisation.get("name"), str):
        values.setdefault("publisher", organisation["name"])
        places.setdefault(("publisher",), places.get((TABLE, "name"), Location(file=CONFIGURATION)))
    unknown = tuple(_unknown(key, places) for key in data if key not in (*SHARED_KEYS, TABLE, *OTHER_TABLES))
    return Located(data=values, keys=places, values=places), unknown


def read_organisation(workspace: Workspace) -> Organisation:
    """Return the organisation's own look; empty where ``leaflet.toml`` gives none.

    Raises:
        SourceError: the file is not TOML, or the logo cannot be used.
        UnsafeError: the logo lies outside the workspace.
    """
    data, places = _read(workspace)
    table = data.get(TABLE, {})
    whole = places.get((TABLE,), Location(file=CONFIGURATION))
    if not isinstance(table, dict):
        hint = f"write [{TABLE}] on a line of its own"
        raise SourceError(Problem(message=f'"{TABLE}" is not a table', location=whole, hint=hint))
    where = {key: places.get((TABLE, key), whole) for key in table}
    logo = table.get("logo")
    address = _logo(logo, workspace, where["logo"]) if isinstance(logo, str) else ""
    return Organisation(values=table, places=where, logo=address)


def _logo(path: str, workspace: Workspace, asked_at: Location) -> str:
    """Return a logo as a ``data:`` address, put through the same check as any picture."""
    file = workspace.resolve(path, beside=workspace.root, asked_at=asked_at)
    problems = check_image(path, folder=workspace.root, workspace=workspace, asked_at=asked_at, word="logo")
    if problems:
        raise SourceError(problems)
    return embedded(file, workspace)


def _read(workspace: Workspace) -> tuple[dict[str, Any], dict[Path, Location]]:
    """Return what ``leaflet.toml`` holds, with the places of all keys; nothing where there is none."""
    path = workspace.root / CONFIGURATION
    if not path.is_file():
        return {}, {}
    text = read_text(workspace.resolve(path, beside=workspace.root), name=CONFIGURATION, inside=workspace.roots)
    try:
        return tomllib.loads(text), _places(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(_syntax(error)) from None


def _as_text(value: Any) -> Any:
    """TOML's numbers and dates as the texts that front matter would hold."""
    match value:
        case dict():
            return {key: _as_text(entry) for key, entry in value.items()}
        case list():
            return [_as_text(entry) for entry in value]
        case bool() | str():
            return value
        case _:
            return str(value)


def _unknown(key: str, places: dict[Path, Location]) -> Problem:
    return Problem(
        message=f'"{key}" is not a key of {CONFIGURATION}',
        location=places.get((key,), Location(file=CONFIGURATION)),
        hint=suggestion(key, SHARED_KEYS) or f"it can hold {', '.join(SHARED_KEYS)}",
        severity=Severity.WARNING,
    )


def _syntax(error: Exception) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    line, column = (int(found[1]), int(found[2])) if found else (None, None)
    what = re.sub(r"\s*\(at .*\)", "", str(error)) if isinstance(error, ValueError) else "it is nested too deeply"
    return Problem(
        message=f"this TOML cannot be read: {what}",
        location=Location(file=CONFIGURATION, line=line, column=column),
        hint='write "key = value" with texts in quotes',
    )


def _places(text: str) -> dict[Path, Location]:
    """Where each key's value begins. TOML is line by line but for long texts, whose inner lines hold no keys here."""
    places: dict[Path, Location] = {(): Location(file=CONFIGURATION, line=1, column=1)}
    table: Path = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            table = tuple(part.strip() for part in header[1].split("."))
            places.setdefault(table, Location(file=CONFIGURATION, line=number, column=header.start(1) + 1))
        elif key:
            path = (*table, *key[1].split("."))
            places.setdefault(path, Location(file=CONFIGURATION, line=number, column=key.end() + 1))
    return places

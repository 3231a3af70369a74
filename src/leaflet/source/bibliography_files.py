"""Bibliographies of a source: those that it names, and those around it that hold what it cites."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.files import CONFIGURATION, read_text, shown, suggestion, with_slashes
from leaflet.model.document import Block, CitationReference
from leaflet.model.metadata import Metadata
from leaflet.model.walk import walk
from leaflet.model.workspace import Workspace

MOST_BESIDE = 20
"""Bibliographies around a source that names none, in which its keys are looked for."""


def bibliographies_of(
    metadata: Metadata, folder: Path, workspace: Workspace
) -> tuple[tuple[tuple[Path, Location], ...], list[Problem]]:
    """Return the bibliographies that a source names, with the places of their names, and those that are not there."""
    found: list[tuple[Path, Location]] = []
    problems: list[Problem] = []
    for index, name in enumerate(metadata.bibliography):
        place = metadata.places.get(f"bibliography.{index}") or metadata.places.get("bibliography")
        try:
            path = named_file(name, "bibliography", {".bib", ".json", ".yaml", ".ris"}, place, folder, workspace)
        except LeafletError as error:
            problems += error.problems
        else:
            found.append((path, place or Location(file=name)))
    return tuple(found), problems


def bibliographies_around(
    blocks: tuple[Block, ...], name: str, folder: Path, workspace: Workspace
) -> tuple[tuple[tuple[Path, Location], ...], list[Problem]]:
    """Return the bibliographies around a source that names none but cites their entries, as MyST reads them."""
    places = [node for node in walk(blocks) if isinstance(node, CitationReference)]
    keys = {cite.key for node in places for cite in node.cluster.cites}
    near = sorted(folder.glob("*.bib"))
    if keys and workspace.root != folder.resolve():
        near += [file for pattern in ("*.bib", "*/*.bib") for file in sorted(workspace.root.glob(pattern))]
    several = list(dict.fromkeys(file.resolve() for file in near))[:MOST_BESIDE] if keys else []
    found = [file for file in several if workspace.allows(file) and _holds(file, keys, workspace.roots)]
    if not found:
        return (), []
    names = ", ".join(workspace.name_of(file) if file.parent != folder.resolve() else file.name for file in found)
    warning = Problem(
        message=f"no bibliography is named, so {names} is taken",
        location=places[0].location,
        hint=f"name it in the front matter: bibliography: {Path(os.path.relpath(found[0], folder.resolve())).as_posix()}",
        severity=Severity.WARNING,
    )
    return tuple((file, Location(file=name)) for file in found), [warning]


def _holds(file: Path, keys: Collection[str], inside: tuple[Path, ...]) -> bool:
    """Return whether a bibliography has an entry under one of ``keys``."""
    try:
        text = read_text(file, name=file.name, inside=inside)
    except SourceError:
        return False
    return any(re.search(rf"@\w+\s*\{{\s*{re.escape(key)}\s*,", text) for key in keys)


def retractions_of(metadata: Metadata, folder: Path, workspace: Workspace) -> tuple[Path | None, tuple[Problem, ...]]:
    """Return the list of retractions that a source names, and why it cannot be read."""
    if not metadata.retractions:
        return None, ()
    place = metadata.places.get("retractions")
    try:
        return named_file(metadata.retractions, "list of retractions", {".csv"}, place, folder, workspace), ()
    except LeafletError as error:
        return None, error.problems


def named_file(
    name: str, kind: str, suffixes: Collection[str], place: Location | None, folder: Path, workspace: Workspace
) -> Path:
    """Return the file that the front matter, or else the configuration, names for one of its keys.

    Raises:
        UnsafeError: it lies outside the workspace.
        SourceError: there is no such file.
    """
    beside = workspace.root if place and place.file == CONFIGURATION else folder
    try:
        path = workspace.resolve(name, beside=beside, asked_at=place)
        is_there = path.is_file()
    except (OSError, ValueError, RuntimeError):
        is_there = False
    if not is_there:
        names = [other.name for other in beside.iterdir() if other.suffix in suffixes]
        hint = suggestion(name, names) or "write its path from the folder of the file that names it"
        hint = with_slashes(name) or hint
        raise SourceError(Problem(message=f"there is no {kind} {shown(name)}", location=place, hint=hint))
    return path

"""Files that a front matter names, or that are found beside its source: bibliographies, retractions and pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from leaflet.errors import LeafletError, Location, Problem, Severity, SourceError
from leaflet.files import (
    CONFIGURATION,
    Invalid,
    check_image,
    motif,
    read_text,
    shown,
    suggestion,
    with_slashes,
)
from leaflet.model.document import Block, CitationReference, Document, Image
from leaflet.model.metadata import Metadata
from leaflet.model.walk import all_nodes, walk
from leaflet.model.workspace import Workspace

MOST_BESIDE = 20
"""Bibliographies around a source that names none, in which its keys are looked for."""


def named_bibliographies(
    metadata: Metadata, folder: Path, workspace: Workspace
) -> tuple[tuple[tuple[Path, Location], ...], list[Problem]]:
    """Return the bibliographies that the front matter names, each with its place, and the problems with them."""
    found: list[tuple[Path, Location]] = []
    problems: list[Problem] = []
    for index, name in enumerate(metadata.bibliography):
        place = metadata.places.get(f"bibliography.{index}") or metadata.places.get("bibliography")
        try:
            path = _named(name, "bibliography", {".bib", ".json", ".yaml", ".ris"}, place, folder, workspace)
        except LeafletError as error:
            problems += error.problems
        else:
            found.append((path, place or Location(file=name)))
    return tuple(found), problems


def bibliographies_beside(
    blocks: tuple[Block, ...], name: str, folder: Path, workspace: Workspace
) -> tuple[tuple[tuple[Path, Location], ...], list[Problem]]:
    """Return the bibliographies around a source that names none but cites their entries, as MyST reads them."""
    places = [node for node in walk(blocks) if isinstance(node, CitationReference)]
    keys = {cite.key for node in places for cite in node.cluster.cites}
    around = ((folder, "*.bib"), (folder, "*/*.bib"), (workspace.root, "*.bib"), (workspace.root, "*/*.bib"))
    near = [file for home, pattern in around if keys for file in sorted(home.glob(pattern))]
    several = list(dict.fromkeys(file.resolve() for file in near))[:MOST_BESIDE]
    found = [file for file in several if workspace.allows(file) and _holds(file, keys, workspace.roots)]
    if not found:
        return (), []
    named = [path_from(folder, file) for file in found]
    warning = Problem(
        message=f"no bibliography is named, so {', '.join(named)} is taken",
        location=places[0].location,
        hint=f"name it in the front matter: bibliography: {named[0]}",
        severity=Severity.WARNING,
    )
    return tuple((file, Location(file=name)) for file in found), [warning]


def path_from(folder: Path, file: Path) -> str:
    """Return the path of ``file`` as a source in ``folder`` writes it."""
    return Path(os.path.relpath(file, folder.resolve())).as_posix()


def _holds(file: Path, keys: Collection[str], inside: tuple[Path, ...]) -> bool:
    """Return whether a bibliography has an entry under one of ``keys``."""
    try:
        text = read_text(file, name=file.name, inside=inside)
    except SourceError:
        return False
    return any(re.search(rf"@\w+\s*\{{\s*{re.escape(key)}\s*,", text) for key in keys)


def retraction_file(metadata: Metadata, folder: Path, workspace: Workspace) -> tuple[Path | None, tuple[Problem, ...]]:
    """Return the list of retractions that the front matter names, if it names one, and the problems with it."""
    if not metadata.retractions:
        return None, ()
    place = metadata.places.get("retractions")
    try:
        return _named(metadata.retractions, "list of retractions", {".csv"}, place, folder, workspace), ()
    except LeafletError as error:
        return None, error.problems


def _named(
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


def art_problems(metadata: Metadata, folder: Path, workspace: Workspace) -> list[Problem]:
    """Return the problems with the pictures that the front matter names; a motif is drawn and needs no file."""
    problems: list[Problem] = []
    for key, name in (("art-outside", metadata.art_outside), ("art-inside", metadata.art_inside)):
        if name and not Path(name).suffix:
            problems += _motif(name, metadata.places.get(key))
        elif name:
            problems += check_image(name, folder=folder, workspace=workspace, asked_at=metadata.places.get(key))
    if metadata.cover:
        asked_at = metadata.places.get("cover")
        problems += check_image(metadata.cover, folder=folder, workspace=workspace, asked_at=asked_at)
    return problems


def _motif(name: str, asked_at: Location | None) -> list[Problem]:
    """Return the problems with the name of a motif."""
    try:
        motif(name)
    except Invalid as wrong:
        return [
            Problem(message=wrong.message, hint=f"{wrong.hint} (a picture is named by its file)", location=asked_at)
        ]
    return []


def picture_problems(document: Document, undecided: Document, folder: Path, workspace: Workspace) -> list[Problem]:
    """Return the problems with pictures that fields name; all others were checked when they were read."""
    checked = {node.path for node in all_nodes(undecided) if isinstance(node, Image)}
    return [
        problem
        for node in all_nodes(document)
        if isinstance(node, Image) and node.path not in checked
        for problem in check_image(node.path, folder=folder, workspace=workspace, asked_at=node.location)
    ]

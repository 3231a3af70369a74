"""Facts about a source that a batch needs before it builds anything: fields, pictures and choices."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from leaflet.errors import LeafletError, Problem
from leaflet.model.metadata import Metadata
from leaflet.model.workspace import Workspace
from leaflet.pipeline import resolve_style


class SourceInfo(Struct, frozen=True, kw_only=True):
    """One source of a batch, read once."""

    path: Path
    name: str
    """Its path in the workspace, as messages show it."""
    metadata: Metadata
    declared: Mapping[str, str]
    """The source's own values of its fields."""
    used: frozenset[str]
    """The fields that its text, its front matter or the workspace's settings name."""
    pictures: tuple[str, ...]
    """Paths of pictures that fields name, relative to the source's folder."""
    csl: str
    """Its own citation style: a name, or the path of a ``.csl`` file."""


def read_source_info(
    path: Path, workspace: Workspace, *, sample: Mapping[str, str]
) -> tuple[SourceInfo | None, tuple[Problem, ...]]:
    """Read the source at ``path`` as its first row would have it; None if there is an error among the problems.

    ``sample`` are values of columns. Those that are no fields of the source are harmless: every row is checked later.
    """
    from leaflet.files import without_forbidden
    from leaflet.source import understand

    given = {name: without_forbidden(value) for name, value in sample.items()}
    try:
        result = understand(path, workspace, fields=given)
        problems = tuple(problem for problem in result.problems if problem not in result.undeclared)
        if not result.is_sound:
            return None, problems
        metadata = result.document.metadata
        asked_at = metadata.places.get("csl")
        csl = resolve_style(metadata.csl, workspace, beside=path.parent, trusted=False, asked_at=asked_at)
    except LeafletError as error:
        return None, error.problems
    info = SourceInfo(
        path=path,
        name=workspace.name_of(path),
        metadata=metadata,
        declared=result.declared_fields,
        used=result.used_fields,
        pictures=result.pictures_with_fields,
        csl=csl,
    )
    return info, problems


def translation(path: Path, lang: str) -> Path:
    """Return the path of a source's translation into ``lang``: ``asthma.md`` becomes ``asthma.de.md``."""
    return path.with_name(f"{path.stem}.{lang}{path.suffix}")

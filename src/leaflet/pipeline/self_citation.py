"""The leaflet cited and exported on its own, without laying anything out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from leaflet.errors import Problem
from leaflet.model.citation import OwnCitation, Reference
from leaflet.model.workspace import Workspace
from leaflet.pipeline.citation_styles import resolve_box_style, resolve_style
from leaflet.pipeline.format_citations import cite_own
from leaflet.pipeline.self_item import own_item


def cite_leaflet(
    source: Path, styles: tuple[str, ...], *, today: date, workspace: Workspace | None = None
) -> tuple[tuple[OwnCitation, ...], tuple[Problem, ...]]:
    """Return the lines of "Cite this leaflet" in ``styles``, or in the styles of the front matter if none are given.

    Raises:
        LeafletError: the source cannot be read, or a style is unknown.
    """
    from leaflet.source import open_workspace, read_source

    workspace = workspace or open_workspace(source)
    result = read_source(source, workspace)
    metadata = result.document.metadata
    chosen = [resolve_style(style, workspace, beside=Path.cwd(), trusted=True, asked_at=None) for style in styles] or [
        resolve_box_style(style, metadata, workspace, beside=source.parent) for style in metadata.cite.styles
    ]
    own = own_item(metadata, id=source.stem, today=today)
    lines = cite_own(own, chosen, lang=metadata.lang, workspace=workspace)
    return lines, result.problems


def export_leaflet(source: Path, form: str, *, today: date) -> str:
    """Return the leaflet as an entry for a citation manager: ``bibtex``, ``biblatex``, ``ris`` or ``csl-json``.

    Raises:
        LeafletError: the source cannot be read.
    """
    from leaflet.bibliography import write
    from leaflet.source import open_workspace, read_source

    workspace = open_workspace(source)
    result = read_source(source, workspace)
    own = own_item(result.document.metadata, id=source.stem, today=today)
    return write([Reference(id=str(own["id"]), item=own)], form)

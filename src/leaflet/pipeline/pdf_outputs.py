"""The PDF files as they are handed over: for the screen, for the archive, and for the press."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from leaflet.errors import LeafletError, Location, Problem, SourceError
from leaflet.files import read_file
from leaflet.model.document import Document, Math
from leaflet.model.layout import Layout
from leaflet.model.walk import all_nodes
from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from leaflet.output import Attachment, Press
    from leaflet.sheet import OutlineFont

LARGEST_PROFILE = 50_000_000
"""In bytes; profiles of presses have a few million."""

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".json": "application/json",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".ris": "application/x-research-info-systems",
}


class OutputIntent(Struct, frozen=True, kw_only=True):
    """Properties of the PDF files beyond the ordinary: accessibility, archive, attachments, press."""

    ua_2: bool = False
    """PDF/UA-2 instead of PDF/UA-1."""
    archive: bool = False
    """PDF/A beside PDF/UA."""
    attach_source: bool = False
    """The source and its bibliographies inside the archive, which makes it PDF/A-3a."""
    press: Path | None = None
    """The ICC profile of the press for which the sheet is made."""
    ink_limit: float | None = None
    """The most ink in per cent, where it is not the layout's."""


def opened_press(finish: OutputIntent, usual_limit: float, workspace: Workspace) -> Press | None:
    """Return the chosen press; ``usual_limit`` is the most ink where no other is given.

    Raises:
        LeafletError: its profile lies outside the workspace, cannot be read, or is no press's; or choices contradict.
    """
    if finish.attach_source and not finish.archive:
        raise LeafletError(
            Problem(message="--attach-source attaches to an archive file", hint="give --archive as well")
        )
    if finish.ua_2 and finish.archive:
        raise LeafletError(
            Problem(message="an archive is PDF 1.7, and PDF/UA-2 is PDF 2.0", hint="give --archive or --ua 2, not both")
        )
    if finish.press is None:
        if finish.ink_limit is not None:
            raise LeafletError(
                Problem(message="--ink-limit limits the ink of a press", hint="give --press with its ICC profile")
            )
        return None
    from leaflet.output import open_press

    path = workspace.resolve(finish.press, beside=Path.cwd(), asked_at=Location(file="--press"))
    name = workspace.name_of(path)
    try:
        profile = read_file(path, inside=workspace.roots, largest=LARGEST_PROFILE)
    except OSError as error:
        raise SourceError(
            Problem(
                message=f'the profile "{name}" cannot be read: {error.strerror}',
                location=Location(file="--press"),
                hint="name the ICC file that the printer gave you",
            )
        ) from error
    return open_press(profile, name=name, limit=finish.ink_limit or usual_limit)


def finished_panels(panels: bytes, document: Document, workspace: Workspace, finish: OutputIntent) -> bytes:
    """Return the reading PDF."""
    if finish.ua_2:
        return _as_ua_2(panels, document)
    return _archived(panels, document, workspace, finish) if finish.archive else panels


def finished_sheet(
    panels: bytes,
    document: Document,
    layout: Layout,
    workspace: Workspace,
    finish: OutputIntent,
    *,
    press: Press | None,
    day: date,
    font: OutlineFont,
) -> bytes:
    """Return the sheet PDF: for ``press`` if there is one, else for the archive if that is chosen."""
    from leaflet.sheet import impose

    sheet = impose(panels, layout, job=PurePosixPath(document.source).stem, font=font)
    if press is not None:
        from leaflet.output import pressed

        return pressed(sheet, document.metadata, press, day=day)
    if finish.ua_2:
        return _as_ua_2(sheet, document)
    return _archived(sheet, document, workspace, finish) if finish.archive else sheet


def _as_ua_2(data: bytes, document: Document) -> bytes:
    from leaflet.formulas import mathml
    from leaflet.output import accessible_2

    set_formulas = (node for node in all_nodes(document) if isinstance(node, Math) and node.set)
    formulas = {" ".join(node.tex.split()): mathml(node.tex, display=node.display) for node in set_formulas}
    return accessible_2(data, document.metadata, formulas)


def _archived(data: bytes, document: Document, workspace: Workspace, finish: OutputIntent) -> bytes:
    from leaflet.output import Standard, archived

    standard = Standard.A_3A if finish.attach_source else Standard.A_2A
    attachments = _attachments(document, workspace) if finish.attach_source else ()
    return archived(data, document.metadata, standard, attachments)


def _attachments(document: Document, workspace: Workspace) -> tuple[Attachment, ...]:
    """Return the source and the bibliographies that it names, under their names in the workspace."""
    from leaflet.output import Attachment

    source = workspace.root / document.source
    named = (workspace.resolve(name, beside=source.parent) for name in document.metadata.bibliography)
    return tuple(
        Attachment(
            name=workspace.name_of(path),
            data=read_file(path, inside=workspace.roots),
            media_type=MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream"),
        )
        for path in dict.fromkeys((source, *named))
    )

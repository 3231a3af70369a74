"""Choices of a user for a leaflet, and the layouts and styles that they are made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import CONFIGURATION
from leaflet.model.document import Document
from leaflet.model.language import is_right_to_left
from leaflet.model.layout import Fit
from leaflet.model.metadata import ShownChanges
from leaflet.model.output_format import ORDINARY_FORMATS
from leaflet.model.workspace import Workspace
from leaflet.pipeline.pdf_outputs import OutputIntent

if TYPE_CHECKING:
    from leaflet.design import Style
    from leaflet.model.layout import Layout


class Choices(Struct, frozen=True, kw_only=True):
    """Choices of a user beside the source. None leaves the choice to the front matter."""

    layout: str | None = None
    style: str | None = None
    csl: str | None = None
    fit: Fit | None = None
    changes: ShownChanges | None = None
    """The print of changes that the source marks."""
    fields: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ORDINARY_FORMATS
    allow_overflow: bool = False
    strict: bool = False
    """True where each warning is an error; the front matter or ``leaflet.toml`` may say so as well."""
    report: bool = False
    """True where a build writes what its check found, beside its files."""
    companions: bool = False
    """True where a large-print and an easy-read version are made beside the leaflet."""
    finish: OutputIntent = field(default_factory=OutputIntent)


AUTO = "auto"
"""In place of a layout's name: leaflet chooses one."""
FIRST_OF_AUTO = "trifold-a4"
"""The layout by which pins are checked until one is chosen."""


def chosen_layout(document: Document, workspace: Workspace, choices: Choices) -> Layout:
    """Return the layout that the user or the front matter names, turned round where the language reads from right to left.

    Raises:
        LayoutError: there is no such layout, or it is wrong.
    """
    from leaflet.design import load_layout

    metadata = document.metadata
    place = Location(file="--layout") if choices.layout else metadata.places.get("layout")
    name = FIRST_OF_AUTO if metadata.layout == AUTO else metadata.layout
    layout = load_layout(find_folder(workspace, "layouts", name, asked_at=place), workspace.roots)
    return layout.mirrored() if is_right_to_left(metadata.lang) else layout


def chosen_style(document: Document, workspace: Workspace, choices: Choices) -> Style:
    """Return the style that the user or the front matter names, in the colours of the workspace's organisation.

    Raises:
        LayoutError: there is no such style, or it is wrong.
        SourceError: ``leaflet.toml`` cannot be read, or its logo cannot be used.
    """
    from leaflet.design import apply_organisation, load_style, with_css, with_typefaces
    from leaflet.files import own_typefaces, read_organisation

    metadata = document.metadata
    place = Location(file="--style") if choices.style else metadata.places.get("style")
    folder = find_folder(workspace, "styles", metadata.style, asked_at=place)
    organisation = read_organisation(workspace)
    style = apply_organisation(load_style(folder, workspace.roots), organisation)
    style = with_css(style, [_own_css(name, index, document, workspace) for index, name in enumerate(metadata.css)])
    style = with_typefaces(style, own_typefaces(workspace), organisation)
    return replace(style, motif=metadata.motif) if metadata.motif else style


def _own_css(name: str, index: int, document: Document, workspace: Workspace) -> str:
    """Return the CSS of a file that the leaflet or its workspace names.

    Raises:
        LayoutError: there is no such file, or it cannot be used.
    """
    from leaflet.design import checked_css

    places = document.metadata.places
    asked_at = places.get(f"css.{index}") or places.get("css")
    beside = workspace.root if asked_at and asked_at.file == CONFIGURATION else workspace.root / document.source
    folder = beside if beside == workspace.root else beside.parent
    path = workspace.resolve(name, beside=folder, asked_at=asked_at)
    try:
        there = path.is_file() and path.suffix == ".css"
    except OSError:  # the name is too long for a file
        there = False
    if not there:
        hint = "write the path of a .css file, from the folder of the file that names it"
        raise LayoutError(Problem(message=f'there is no CSS file "{name[:60]}"', location=asked_at, hint=hint))
    return checked_css(path, workspace.name_of(path), workspace.roots)


MARKERS = {"layouts": "layout.toml", "styles": "style.toml"}
"""The file that makes a folder a layout or a style."""


def find_folder(workspace: Workspace, kind: str, name: str, *, asked_at: Location | None) -> Path:
    """Return the folder of the layout or style ``name``; ``kind`` is ``layouts`` or ``styles``.

    Raises:
        LayoutError: there is none of that name; the message lists the names there are.
    """
    marker = MARKERS[kind]
    folder = workspace.find(kind, name)
    if folder is not None and (folder / marker).is_file():
        return folder
    word = kind.removesuffix("s")
    hint = f"choose one of {', '.join(workspace.names(kind, marker))}"
    if name == Path(name).name:
        hint += f", or add {kind}/{name}/{marker}"
    raise LayoutError(Problem(message=f'there is no {word} called "{name}"', location=asked_at, hint=hint))

"""Finding the workspace that a source belongs to, and the layouts and styles that come with leaflet."""

from __future__ import annotations

from pathlib import Path

from leaflet.model.workspace import Workspace

CONFIGURATION = "leaflet.toml"


def open_workspace(start: Path) -> Workspace:
    """The workspace around ``start``, a source or a folder: the nearest folder with ``leaflet.toml`` or ``source/``.

    A source that lies in no workspace makes its own folder one.
    """
    here = start.absolute()
    folder = here if here.is_dir() else here.parent
    found = (candidate for candidate in (folder, *folder.parents) if _is_workspace(candidate))
    return Workspace(root=next(found, folder).resolve(), shipped=shipped_folder())


def shipped_folder() -> Path:
    """The folder with the layouts and styles that come with leaflet: in the package, or the checkout's own."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parents[1]


def _is_workspace(folder: Path) -> bool:
    return (folder / CONFIGURATION).is_file() or (folder / "source").is_dir()

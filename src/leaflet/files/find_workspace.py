"""Search for the workspace that a source belongs to, and for the layouts and styles that come with leaflet."""

from __future__ import annotations

from pathlib import Path

from leaflet.model.workspace import Workspace

CONFIGURATION = "leaflet.toml"


def open_workspace(start: Path) -> Workspace:
    """Return the workspace around ``start``, a file or a folder.

    It is the nearest folder with ``leaflet.toml``. If there is none, it is the nearest folder whose ``source/`` holds
    ``start``, or that has ``layouts/`` or ``styles/`` beside its ``source/``: a folder that merely has something called
    source in it opens nothing around it. Otherwise the folder of ``start`` is a workspace by itself.
    """
    here = start.absolute()
    folder = here if here.is_dir() else here.parent
    around = (folder, *folder.parents)
    named = next((candidate for candidate in around if (candidate / CONFIGURATION).is_file()), None)
    found = named or next((candidate for candidate in around if _is_workspace(candidate, folder)), folder)
    return Workspace(root=found.resolve(), shipped=shipped_folder())


def shipped_folder() -> Path:
    """Return the folder with the layouts and styles that come with leaflet: in the package, or the checkout's own."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parents[1]


def _is_workspace(candidate: Path, folder: Path) -> bool:
    """Return whether a folder without settings is the workspace of what lies in ``folder``."""
    source = candidate / "source"
    if not source.is_dir():
        return False
    return folder.is_relative_to(source) or any((candidate / kind).is_dir() for kind in ("layouts", "styles"))

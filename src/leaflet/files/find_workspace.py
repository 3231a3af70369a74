"""Search for the workspace that a source belongs to, and for the layouts and styles that come with leaflet."""

from __future__ import annotations

import os
from pathlib import Path

from leaflet.model.workspace import Workspace

CONFIGURATION = "leaflet.toml"
PROJECTS = (
    "_quarto.yml _quarto.yaml _bookdown.yml _site.yml _config.yml myst.yml hugo.toml hugo.yaml config/_default mkdocs.yml "
    ".git"
).split()
"""Settings of a book or a site of Quarto, R Markdown, Jekyll, MyST, Hugo and MkDocs, and a repository of git."""


def open_workspace(start: Path) -> Workspace:
    """Return the workspace around ``start``, a file or a folder.

    It is the nearest folder with ``leaflet.toml``. If there is none, it is the nearest folder whose ``source/`` holds
    ``start``, or that has ``layouts/`` or ``styles/`` beside its ``source/``: a folder that merely has something called
    source in it opens nothing around it. Otherwise it is the nearest folder with the settings of another program's book
    or site, or the top of a repository of git, since documents name their pictures from there; a home folder is none.
    Otherwise the folder of ``start`` is a workspace by itself.
    """
    here = start.absolute()
    folder = here if here.is_dir() else here.parent
    around = (folder, *folder.parents)
    named = next((candidate for candidate in around if _has_settings(candidate)), None)
    own = named or next((candidate for candidate in around if _is_workspace(candidate, folder)), None)
    found = own or next((candidate for candidate in around if _is_project(candidate)), folder)
    return Workspace(root=found.resolve(), shipped=shipped_folder())


def shipped_folder() -> Path:
    """Return the folder with the layouts and styles that come with leaflet: in the package, or the checkout's own."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parents[1]


def _has_settings(candidate: Path) -> bool:
    """Return whether a folder has ``leaflet.toml``; what is there and is no file is refused by those that read it."""
    return os.path.lexists(candidate / CONFIGURATION)


def _is_workspace(candidate: Path, folder: Path) -> bool:
    """Return whether a folder without settings is the workspace of what lies in ``folder``."""
    source = candidate / "source"
    if not source.is_dir():
        return False
    return folder.is_relative_to(source) or any((candidate / kind).is_dir() for kind in ("layouts", "styles"))


def _is_project(candidate: Path) -> bool:
    """Return whether a folder is a repository, or holds the settings of a book or a site that another program makes."""
    if candidate.parent == candidate or candidate == Path.home():
        return False
    return any((candidate / name).exists() for name in PROJECTS)

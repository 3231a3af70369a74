"""The surroundings of a front matter: files, the day of the build, the title in the body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from leaflet.errors import UnsafeError
from leaflet.model.workspace import Workspace
from leaflet.source.body_title import BodyTitle


class Surroundings(Struct, frozen=True, kw_only=True):
    """The workspace and folder of a source, the day of the build, and a look into the body for its title."""

    workspace: Workspace
    folder: Path
    today: date | None
    last_commit: Callable[[], date | None]
    """Returns the day of the last commit of the source."""
    body_title: Callable[[], BodyTitle | None]
    stem: str = ""
    """The name of the source's file, without its ending."""
    is_long_text: Callable[[], bool] = lambda: False
    """Returns whether the body has headings, or more than a few words."""

    def has_file(self, name: str) -> bool:
        """Return whether the workspace has the file ``name``, seen from the source's folder."""
        try:
            return self.workspace.resolve(name, beside=self.folder).is_file()
        except (UnsafeError, OSError, ValueError, RuntimeError):
            return False

    def has_one(self, kind: str, name: str) -> bool:
        """Return whether there is a layout or a style (``kind`` is its folder) of this name."""
        return any((folder / name).is_dir() for folder in self.workspace.folders(kind))

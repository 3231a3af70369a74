"""The workspace: the one folder that a build may read from and write to, and the search for names in it."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct, field

from leaflet.errors import Location, Problem, UnsafeError
from leaflet.model.picture import Picture

LONGEST_NAME = 100
"""Letters of the name of a layout or a style."""


class Workspace(Struct, frozen=True, kw_only=True, eq=False):
    """A folder with ``source/``, ``layouts/``, ``styles/`` and ``output/``. ``root`` is absolute and resolved.

    ``shipped`` is the folder that holds the layouts and styles which come with leaflet; a workspace's own folder
    of the same name wins.
    """

    root: Path
    shipped: Path
    pictures: dict[tuple[Path, int, int], Picture] = field(default_factory=dict)
    """The pictures that were checked, by path, time and size. They are no part of what makes two workspaces equal."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Workspace) and self.roots == other.roots

    def __hash__(self) -> int:
        return hash(self.roots)

    @property
    def roots(self) -> tuple[Path, Path]:
        """The folders that a build may read from."""
        return self.root, self.shipped

    def allows(self, path: Path) -> bool:
        """Return whether a build may open ``path``: inside the workspace or shipped, symlinks followed."""
        real = Path(os.path.realpath(path))  # unlike resolve(), it does not stop at links in a circle
        return any(real.is_relative_to(root) for root in (self.root, self.shipped))

    def resolve(self, path: str | Path, *, beside: Path, asked_at: Location | None = None) -> Path:
        """Return the file that ``path`` means when it is written in a file of the folder ``beside``.

        Raises:
            UnsafeError: the path, with symlinks followed, lies outside the workspace.
        """
        target = Path(os.path.realpath(beside / path))
        if not self.allows(target):
            raise UnsafeError(
                Problem(
                    message=f'"{path}" lies outside the workspace, so it is not opened',
                    location=asked_at,
                    hint="copy the file into the workspace and name it by a path inside it",
                )
            )
        return target

    def name_of(self, path: Path) -> str:
        """Return ``path`` as messages and outputs name it: relative to the workspace, with forward slashes."""
        real = Path(os.path.realpath(path))
        for root in (self.root, self.shipped):
            if real.is_relative_to(root):
                return real.relative_to(root).as_posix()
        return path.name

    def folders(self, kind: str) -> tuple[Path, ...]:
        """Return the folders in which ``kind`` (``layouts`` or ``styles``) is looked up, the workspace's own first."""
        candidates = (self.root / kind, self.shipped / kind)
        return tuple(dict.fromkeys(folder for folder in candidates if folder.is_dir()))

    def find(self, kind: str, name: str) -> Path | None:
        """Return the folder of the layout or style ``name``, or None. A name is one path part, never a path."""
        if not name or len(name) > LONGEST_NAME or name in {".", ".."} or "/" in name or "\\" in name:
            return None
        found = (folder / name for folder in self.folders(kind))
        try:
            return next((path for path in found if path.is_dir() and self.allows(path)), None)
        except (OSError, ValueError):  # a name that is too long, or holds what no name may
            return None

    def names(self, kind: str, marker: str) -> tuple[str, ...]:
        """Return all layouts or styles that can be chosen: the folders that hold the file ``marker``."""
        return tuple(sorted({path.parent.name for folder in self.folders(kind) for path in folder.glob(f"*/{marker}")}))


class WatchedWorkspace(Workspace, frozen=True, kw_only=True, eq=False):
    """A workspace that records which of its files a build opened."""

    asked: dict[Path, None] = field(default_factory=dict)

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that a build asked for, as far as they are there."""
        return tuple(path for path in self.asked if path.is_file())

    def allows(self, path: Path) -> bool:
        """Return whether a build may open ``path``, and record it if so."""
        real = Path(os.path.realpath(path))
        allowed = Workspace.allows(self, real)
        if allowed:
            self.asked[real] = None
        return allowed

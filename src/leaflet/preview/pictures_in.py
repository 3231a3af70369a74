"""Pictures that are dropped onto the page: checked, and written beside the source under a name of their own."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from leaflet.errors import LeafletError, Problem
from leaflet.files import OverwritePolicy, check_image, read_file, write_together
from leaflet.model.workspace import Workspace

FOLDER = "images"
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".webp", ".avif", ".gif", ".tif", ".tiff"})
OTHER = re.compile(r"[^\w.-]+")
MOST_NAMES = 1_000


def add_picture(workspace: Workspace, source: Path, name: str, data: bytes) -> str:
    """Write a picture into ``images/`` beside ``source``, and return its path as the source names it.

    No file is replaced: a picture of the same name and other content gets a number.

    Raises:
        LeafletError: it is no picture that leaflet prints.
    """
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    stem = OTHER.sub("-", stem).strip("-.")[:80] or "picture"
    if suffix not in SUFFIXES:
        message = f'"{name}" is no picture that can be printed'
        raise LeafletError(Problem(message=message, hint=f"use one of {', '.join(sorted(SUFFIXES))}"))
    folder = source.parent / FOLDER
    if not workspace.allows(folder):
        raise LeafletError(Problem(message=f'"{FOLDER}" is a link to a folder outside the workspace'))
    for number in range(1, MOST_NAMES):
        shown = f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}"
        path = folder / shown
        if path.is_symlink() or not _is_free(path, data):
            continue
        is_new = not path.exists()
        write_together(folder, {shown: data}, OverwritePolicy())
        problems = check_image(f"{FOLDER}/{shown}", folder=source.parent, workspace=workspace, asked_at=None)
        if problems and is_new:
            path.unlink()
            raise LeafletError(problems)
        return f"{FOLDER}/{shown}"
    raise LeafletError(Problem(message="there are too many pictures of this name", hint="give it another name"))


def _is_free(path: Path, data: bytes) -> bool:
    """Return whether there is no such file, or one with the same content."""
    try:
        return read_file(path, inside=None) == data
    except FileNotFoundError:
        return True
    except OSError:
        return False

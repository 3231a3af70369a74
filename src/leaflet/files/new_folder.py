"""Writer of a folder of new files: all of them, or none."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from leaflet.errors import LeafletError, Problem
from leaflet.files.writing import UNFINISHED


def write_new_folder(folder: Path, files: Mapping[str, bytes], folders: Iterable[str] = ()) -> None:
    """Write ``files`` (relative path to content) and empty ``folders`` into ``folder``, which is new or empty.

    All is written into a folder beside its place first; where that fails, nothing is left.

    Raises:
        LeafletError: ``folder`` holds something, or cannot be written.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    begun = folder / f".{secrets.token_hex(4)}{UNFINISHED}"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            hint = "choose a new folder's name"
            raise LeafletError(Problem(message=f"{folder} is there already and is not empty", hint=hint))
        begun.mkdir(parents=True)
        _write(begun, files, folders)
        for entry in sorted(begun.iterdir()):
            entry.rename(folder / entry.name)
        begun.rmdir()
    except BaseException as error:
        shutil.rmtree(begun, ignore_errors=True)
        for path in made:
            with suppress(OSError):
                path.rmdir()
        if not isinstance(error, OSError):
            raise
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise LeafletError(
            Problem(
                message=message, hint="see who may write there and how much space is left, or choose another folder"
            )
        ) from None


def _write(folder: Path, files: Mapping[str, bytes], folders: Iterable[str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(content)
    for name in folders:
        (folder / name).mkdir()

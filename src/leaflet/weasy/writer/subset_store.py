"""Font subsets in the user's cache folder, so that a later process need not make them again.

The folder is the one of the citation styles, and ``LEAFLET_CACHE`` names another or switches it off. A store can only save
time: without a folder, or with a file that is damaged, foreign or another's, the subset is made.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SWITCH = "LEAFLET_CACHE"
OFF = frozenset(("", "0", "off", "no", "false", "none"))
FOLDER = "font-subsets"
MOST_FILES = 200
"""Above so many files the older half is removed; a leaflet has four to eight."""
LARGEST = 16_000_000
"""Bytes of a file that is still opened; a subset of a Chinese font may have several hundred thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """A font file with the glyphs in use, and the names of its tables as WeasyPrint has them afterwards."""

    content: bytes
    tables: tuple[str, ...]


class SubsetStore:
    """Subsets by name in ``folder``; without a folder nothing is stored."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> Subset | None:
        """Return the subset of ``name``, if it is there and unharmed."""
        if self._folder is None:
            return None
        try:
            data = _own_bytes(self._file(name))
            digest, _, rest = data.partition(b"\n")
            if sha256(name.encode() + rest).hexdigest().encode() != digest:
                return None
            tables, _, content = rest.partition(b"\n")
            return Subset(content=content, tables=tuple(map(str, json.loads(tables))))
        except (OSError, ValueError):
            return None

    def put(self, name: str, subset: Subset) -> None:
        """Write ``subset`` whole or not at all; where that cannot be done, do without."""
        if self._folder is None:
            return
        rest = json.dumps(subset.tables).encode() + b"\n" + subset.content
        data = sha256(name.encode() + rest).hexdigest().encode() + b"\n" + rest
        file = self._file(name)
        fresh = file.with_name(f".{file.stem}-{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_own(self._folder.stat()):
                return
            try:
                opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(opened, "wb") as stream:
                    stream.write(data)
                fresh.replace(file)
            finally:
                fresh.unlink(missing_ok=True)
            _remove_oldest(self._folder)

    def _file(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{sha256(name.encode()).hexdigest()}.font"


def subset_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Return the user's folder for subsets, or None where there is to be no cache."""
    named = environment.get(SWITCH)
    if named is not None:
        base = None if named.strip().lower() in OFF else Path(named)
        return base / FOLDER if base and base.is_absolute() else None
    home = environment.get("USERPROFILE" if platform == "win32" else "HOME", "")
    match platform:
        case "win32":
            bases = [environment.get("LOCALAPPDATA", ""), home and f"{home}/AppData/Local"]
        case "darwin":
            bases = [home and f"{home}/Library/Caches"]
        case _:
            bases = [environment.get("XDG_CACHE_HOME", ""), home and f"{home}/.cache"]
    # XDG Base Directory Specification: a path that is not absolute is invalid and to be ignored.
    return next((Path(base) / "leaflet" / FOLDER for base in bases if Path(base).is_absolute()), None)


def _own_bytes(file: Path) -> bytes:
    """Return the content of ``file``, a plain file that only this user could have written.

    Raises:
        OSError: it is none.
    """
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(opened, "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST or not _is_own(found):
            raise PermissionError(f"{file} may be another's")
        return stream.read()


def _is_own(found: os.stat_result) -> bool:
    """Return whether the user of this process owns a file or folder and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True  # on Windows a profile's folder is its user's own
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _remove_oldest(folder: Path) -> None:
    files = [Path(entry) for entry in os.scandir(folder) if entry.name.endswith(".font")]
    if len(files) > MOST_FILES:
        files.sort(key=lambda file: (file.stat().st_mtime_ns, file.name))
        for file in files[: len(files) - MOST_FILES // 2]:
            file.unlink(missing_ok=True)

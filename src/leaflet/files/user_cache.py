"""The user's cache folder: small files that save time in later processes and are never trusted blindly.

A cache can only save time: without a folder, or with a file that is damaged, foreign or another user's, a value is made
again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

SWITCH = "LEAFLET_CACHE"
"""The environment variable that names another folder, or switches the cache off."""
OFF = frozenset(("", "0", "off", "no", "false", "none"))


def cache_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Return the user's cache folder, or None where there is to be no cache."""
    named = environment.get(SWITCH)
    if named is not None:
        folder = None if named.strip().lower() in OFF else Path(named)
        return folder if folder and folder.is_absolute() else None
    home = environment.get("USERPROFILE" if platform == "win32" else "HOME", "")
    match platform:
        case "win32":
            bases = [environment.get("LOCALAPPDATA", ""), home and f"{home}/AppData/Local"]
        case "darwin":
            bases = [home and f"{home}/Library/Caches"]
        case _:
            bases = [environment.get("XDG_CACHE_HOME", ""), home and f"{home}/.cache"]
    # XDG Base Directory Specification: a path that is not absolute is invalid and to be ignored.
    return next((Path(base) / "leaflet" for base in bases if Path(base).is_absolute()), None)


def own_folder(folder: Path) -> Path:
    """Make ``folder`` where it is not there, and return it.

    Raises:
        OSError: it cannot be written, or it is another user's.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if not _is_own(found):
        if found.st_uid != os.geteuid():
            raise PermissionError(f"{folder} is another user's")
        folder.chmod(0o700)  # made under a mask that lets the group write
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} cannot be written")
    return folder


class UserCache:
    """Content by name in files of one ``suffix`` in ``folder``; without a folder nothing is stored.

    Args:
        most_files: above so many files the older half is removed.
        largest: bytes of a file that is still opened.
    """

    def __init__(self, folder: Path | None, *, suffix: str, most_files: int, largest: int) -> None:
        self.folder = folder
        self._suffix = suffix
        self._most_files = most_files
        self._largest = largest

    def get(self, name: str) -> bytes | None:
        """Return the content of ``name``, if it is there and unharmed."""
        if self.folder is None:
            return None
        try:
            if not _is_own(self.folder.stat()):
                return None
            digest, _, content = _own_bytes(self._file(self.folder, name), self._largest).partition(b"\n")
        except OSError:
            return None
        return content if digest == _digest(name, content) else None

    def put(self, name: str, content: bytes) -> None:
        """Write ``content`` whole or not at all; where that is impossible, do without."""
        if self.folder is None:
            return
        file = self._file(self.folder, name)
        fresh = file.with_name(f".{file.stem}-{os.getpid()}-{threading.get_ident()}")
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_own(self.folder.stat()):
                return
            try:
                opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(opened, "wb") as stream:
                    stream.write(_digest(name, content) + b"\n" + content)
                fresh.replace(file)
            finally:
                fresh.unlink(missing_ok=True)
            self._remove_oldest(self.folder)

    def _file(self, folder: Path, name: str) -> Path:
        return folder / f"{_key(name)}{self._suffix}"

    def _remove_oldest(self, folder: Path) -> None:
        length = 64 + len(self._suffix)
        found = os.scandir(folder)
        files = [Path(entry) for entry in found if len(entry.name) == length and entry.name.endswith(self._suffix)]
        if len(files) > self._most_files:
            files.sort(key=lambda file: (file.stat().st_mtime_ns, file.name))
            for file in files[: len(files) - self._most_files // 2]:
                file.unlink(missing_ok=True)


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(name: str, content: bytes) -> bytes:
    """Return what is written before a content, so that no file is taken for one of another name."""
    return hashlib.sha256(_key(name).encode() + content).hexdigest().encode()


def _own_bytes(file: Path, largest: int) -> bytes:
    """Return the content of a regular file that only this user could have written.

    Raises:
        OSError: it is none, or larger than ``largest`` bytes.
    """
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(opened, "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > largest or not _is_own(found):
            raise PermissionError(f"{file} may be another user's")
        return stream.read()


def _is_own(found: os.stat_result) -> bool:
    """Return whether the user of this process owns a file or folder and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True  # on Windows a profile's folder is its user's own
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

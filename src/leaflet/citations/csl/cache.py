"""Parsed styles and locales kept on the disk between runs, so that no style is parsed twice.

A cache can only save time: without a folder, or with a file that is damaged, foreign or another's, the text is parsed."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import TypeVar, cast

from leaflet.citations.csl.pack import Parsed, pack, unpack
from leaflet.files import read_file

T = TypeVar("T", bound=Parsed)
ENCODING, ERRORS = "utf-8", "surrogatepass"

SWITCH = "LEAFLET_CACHE"
"""The environment variable that names another folder, or switches the cache off."""
OFF = frozenset(("", "0", "off", "no", "false", "none"))
MOST_FILES = 400
"""Above so many files the older half goes; a workplace uses a few dozen styles."""
LARGEST = 8_000_000
"""Bytes of a file that is still opened; the largest official style takes a tenth of it."""


def cached(text: str, name: str, kind: type | UnionType, parse: Callable[[], T]) -> T:
    """What ``parse`` makes of ``text``, a value of ``kind`` called ``name``; from the disk if it was made before."""
    folder = cache_folder(os.environ)
    if folder is None:
        return parse()
    key = hashlib.sha256("\0".join((_engine(), name, text)).encode(ENCODING, ERRORS)).hexdigest()
    file = folder / f"{key}.json"
    found = _load(file)
    if isinstance(found, kind):
        return cast(T, found)
    made = parse()
    _store(file, made)
    return made


def cache_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The user's own folder for what can be made again, or None where there is to be no cache."""
    asked = environment.get(SWITCH)
    if asked is not None:
        folder = None if asked.strip().lower() in OFF else Path(asked)
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


@lru_cache(maxsize=1)
def _engine() -> str:
    """What the engine that reads styles is made of: with another engine, other trees."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(read_file(file, inside=(file.parent,)))
    return digest.hexdigest()


def _load(file: Path) -> Parsed | None:
    try:
        data = _own_bytes(file)
        digest, _, packed = data.partition(b"\n")
        if hashlib.sha256(packed).hexdigest().encode() != digest:
            return None
        return unpack(packed.decode(ENCODING, ERRORS))
    except (OSError, ValueError):
        return None


def _own_bytes(file: Path) -> bytes:
    """What is in ``file``, if it is a plain file that only this user could have written.

    Raises OSError when it is not."""
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(opened, "rb") as stream:
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST or not _is_own(facts):
            raise PermissionError(f"{file} is not ours")
        return stream.read()


def _is_own(facts: os.stat_result) -> bool:
    """Whether the user of this process owns it and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True  # on Windows a profile's folder is its user's own
    return facts.st_uid == os.geteuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _store(file: Path, parsed: Parsed) -> None:
    """Write ``parsed`` whole or not at all; where that cannot be done, do without."""
    packed = pack(parsed).encode(ENCODING, ERRORS)
    data = hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed
    fresh = file.with_name(f".{file.stem}-{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(file.parent.stat()):
            return
        try:
            opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as stream:
                stream.write(data)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
        _make_room(file.parent)


def _make_room(folder: Path) -> None:
    """Take the files away that were written first, once there are too many."""
    files = [Path(entry) for entry in os.scandir(folder) if len(entry.name) == 69 and entry.name.endswith(".json")]
    if len(files) > MOST_FILES:
        files.sort(key=lambda file: (file.stat().st_mtime_ns, file.name))
        for file in files[: len(files) - MOST_FILES // 2]:
            file.unlink(missing_ok=True)

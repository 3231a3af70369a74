"""Records of builds and checks in the user's cache: what would come out as it did is not done again.

A record holds a result, and a stamp of everything that it depends on: the program and its packages, the options, the day,
each file that was looked for, whether it was there or not, the names of all files of the workspace, and what was written.
One difference, and it is done again.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from leaflet.clock import file_time
from leaflet.files import CONFIGURATION, UserCache, cache_folder, commit_files, open_workspace, output_folder

Stamp: TypeAlias = tuple[int, int, int] | None
"""Size, time of the last change of content, and of name or rights; nothing but zeros of a folder, None of what is not there."""

MOST_RECORDS, LARGEST = 2_000, 4_000_000
MOST_NAMES = 20_000
"""Files of a workspace above which listing them is no quicker than many a build."""
JUST_NOW = 20_000_000
"""Nanoseconds by which the times of files are coarser than the clock."""
SHAPING = ("layouts", "styles", "fonts")
"""Folders whose files may each shape a leaflet."""
PACKAGES = (".dist-info", ".egg-info")
"""The endings of folders that are named after a package and its version."""


T = TypeVar("T", bound=Struct)


class _Record(Struct, frozen=True, kw_only=True):
    result: msgspec.Raw
    names: str
    stamps: dict[str, Stamp]


class RunRecords(Generic[T]):
    """Records of results of one kind, for runs with the same options in one folder for their outputs.

    Made before the run begins: what changes from then on is in no record.
    """

    def __init__(
        self,
        kind: type[T],
        options: Mapping[str, object],
        *,
        folder: str,
        output: Path | None,
        environment: Mapping[str, str],
    ) -> None:
        cache = cache_folder(environment)
        self._kind = kind
        self._cache = UserCache(cache and cache / folder, suffix=".json", most_files=MOST_RECORDS, largest=LARGEST)
        self._begun = file_time() - JUST_NOW
        self._output = output
        self._named = tuple(sorted(str(value) for value in options.values() if isinstance(value, Path)))
        self._listed: dict[Path, str] = {}
        shaping = {name: value for name, value in sorted(environment.items()) if name.startswith("LEAFLET_")}
        self._common = "\0".join((_program(), str(Path.cwd()), repr(sorted(options.items())), repr(shaping)))

    def unchanged(self, source: Path) -> T | None:
        """Return the result for ``source``, if nothing of it has changed since."""
        with suppress(OSError, msgspec.MsgspecError):
            names = self._names(source)  # before anything is read
            found = self._cache.get(self._key(source))
            if found is None:
                return None
            record = msgspec.json.decode(found, type=_Record)
            if record.names == names and all(_stamp(path) == stamp for path, stamp in record.stamps.items()):
                return msgspec.json.decode(record.result, type=self._kind)
        return None

    def add(self, source: Path, result: T, looked_for: Iterable[Path], written: Iterable[str] = ()) -> None:
        """Record the result for ``source``, unless something that it depends on has changed since this run began."""
        with suppress(OSError):
            inputs = {str(path): _stamp(str(path)) for path in (source, *looked_for, *commit_files(source.parent))}
            inputs |= {path: _stamp(path) for path in self._named}
            if any(max(stamp[1:]) >= self._begun for stamp in inputs.values() if stamp):
                return
            outputs = {str(Path(path).absolute()): _stamp(path) for path in written}
            encoded = msgspec.Raw(msgspec.json.encode(result))
            record = _Record(result=encoded, names=self._names(source), stamps=inputs | outputs)
            self._cache.put(self._key(source), msgspec.json.encode(record))

    def _key(self, source: Path) -> str:
        return f"{self._common}\0{source.resolve()}"

    def _names(self, source: Path) -> str:
        """Return a digest of the names of all files of the workspace but its outputs, with stamps of layouts, styles and settings."""
        workspace = open_workspace(source)
        if workspace.root not in self._listed:
            names = sha256()
            shaping = tuple(f"{workspace.root / folder}{os.sep}" for folder in SHAPING)
            for count, path in enumerate(_files(workspace.root, output_folder(workspace, self._output))):
                if count == MOST_NAMES:
                    raise OSError("too many files to list")
                is_shaping = path.startswith(shaping) or Path(path).name == CONFIGURATION
                names.update(os.fsencode(f"{path} {_stamp(path) if is_shaping else ''}\n"))
            self._listed[workspace.root] = names.hexdigest()
        return self._listed[workspace.root]


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - a path object for each file takes as long as the question
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(found.st_mode):
        return 0, 0, 0
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _files(folder: Path, left_out: Path) -> Iterator[str]:
    """Yield the paths of the files below ``folder`` in a settled order, without hidden ones and those of ``left_out``."""
    folders = [str(folder)]
    while folders:
        for entry in sorted(os.scandir(folders.pop()), key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path
            elif Path(entry.path) != left_out and entry.name != "__pycache__":
                folders.append(entry.path)


def _program() -> str:
    """Return a digest of leaflet's files by their times, and of the versions of Python and of all packages."""
    package = Path(__file__).parents[1]
    parts = [sys.version]
    for path in _files(package, package):
        parts.append(f"{path} {_stamp(path)}")
    for folder in sys.path:
        with suppress(OSError):
            parts += sorted(name for name in os.listdir(folder) if name.endswith(PACKAGES))  # noqa: PTH208 - names only
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

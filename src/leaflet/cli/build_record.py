"""Records of builds in the user's cache: a leaflet of which nothing has changed is not built again.

A record holds what a build printed, and a stamp of everything that it depends on: the program and its packages, the options,
the day, each file that was looked for, whether it was there or not, the names of all files of the workspace, and what was
written. One difference, and the leaflet is built.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec import Struct

from leaflet.cli import messages as report
from leaflet.cli.machine_output import problem_values
from leaflet.clock import file_time
from leaflet.errors import Problem
from leaflet.files import CONFIGURATION, UserCache, cache_folder, commit_files, open_workspace, output_folder

if TYPE_CHECKING:
    from leaflet.api import BuildResult

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


class BuiltLeaflet(Struct, frozen=True, kw_only=True):
    """The words that a build says, and the files that it wrote."""

    files: tuple[str, ...]
    said: tuple[str, ...]
    explained: tuple[str, ...]
    """The lines that ``--explain-fit`` adds."""
    problems: tuple[Problem, ...]
    values: dict[str, Any]
    """The same for programs."""

    def say(self, *, explain_fit: bool) -> None:
        """Print the files and how they came out."""
        for line in (*self.said, *(self.explained if explain_fit else ())):
            report.say(line)

    @classmethod
    def of(cls, source: Path, result: BuildResult) -> BuiltLeaflet:
        """Return what there is to say of a build."""
        said = [str(path) for path in result.files]
        said += [result.layout] if result.layout else []
        said += [str(result.fit)] if result.fit else []
        return cls(
            files=tuple(str(path) for path in result.files),
            said=(*said, *([result.sheets] if result.sheets else [])),
            explained=tuple(str(tried) for tried in result.fit.tried) if result.fit else (),
            problems=result.problems,
            values=_values(source, result),
        )


class _Record(Struct, frozen=True, kw_only=True):
    built: BuiltLeaflet
    names: str
    stamps: dict[str, Stamp]


class BuildRecords:
    """Records of builds with the same options in one folder for their outputs."""

    def __init__(self, options: Mapping[str, object], output: Path | None, environment: Mapping[str, str]) -> None:
        folder = cache_folder(environment)
        self._cache = UserCache(folder and folder / "builds", suffix=".json", most_files=MOST_RECORDS, largest=LARGEST)
        self._begun = file_time() - JUST_NOW
        self._output = output
        self._named = tuple(sorted(str(value) for value in options.values() if isinstance(value, Path)))
        shaping = {name: value for name, value in sorted(environment.items()) if name.startswith("LEAFLET_")}
        self._common = "\0".join((_program(), str(Path.cwd()), repr(sorted(options.items())), repr(shaping)))

    def unchanged(self, source: Path) -> BuiltLeaflet | None:
        """Return what was built of ``source``, if nothing of it has changed since."""
        with suppress(OSError, msgspec.MsgspecError):
            found = self._cache.get(self._key(source))
            if found is None:
                return None
            record = msgspec.json.decode(found, type=_Record)
            if all(_stamp(path) == stamp for path, stamp in record.stamps.items()):
                return record.built if record.names == self._names(source) else None
        return None

    def add(self, source: Path, built: BuiltLeaflet, looked_for: Iterable[Path]) -> None:
        """Record what was built of ``source``, unless something that it depends on has changed since this run began."""
        with suppress(OSError):
            inputs = {str(path): _stamp(str(path)) for path in (source, *looked_for, *commit_files(source.parent))}
            inputs |= {path: _stamp(path) for path in self._named}
            if any(max(stamp[1:]) >= self._begun for stamp in inputs.values() if stamp):
                return
            outputs = {str(Path(path).absolute()): _stamp(path) for path in built.files}
            record = _Record(built=built, names=self._names(source), stamps=inputs | outputs)
            self._cache.put(self._key(source), msgspec.json.encode(record))

    def _key(self, source: Path) -> str:
        return f"{self._common}\0{source.resolve()}"

    def _names(self, source: Path) -> str:
        """Return a digest of the names of all files of the workspace but its outputs, with stamps of layouts, styles and settings."""
        workspace = open_workspace(source)
        names = sha256()
        shaping = tuple(f"{workspace.root / folder}{os.sep}" for folder in SHAPING)
        for count, path in enumerate(_files(workspace.root, output_folder(workspace, self._output))):
            if count == MOST_NAMES:
                raise OSError("too many files to list")
            is_shaping = path.startswith(shaping) or Path(path).name == CONFIGURATION
            names.update(os.fsencode(f"{path} {_stamp(path) if is_shaping else ''}\n"))
        return names.hexdigest()


def _values(source: Path, result: BuildResult) -> dict[str, object]:
    fit = result.fit
    return {
        "source": str(source),
        "built": True,
        "files": [{"path": str(path), "bytes": path.stat().st_size} for path in result.files],
        "layout": result.layout or None,
        "sheets": result.sheets,
        "fit": fit
        and {
            "scale": fit.scale,
            "body_points": fit.body_points,
            "pages": [{"panel": page.label, "fill": round(page.fill, 3)} for page in fit.pages],
        },
        "problems": problem_values(result.problems),
    }


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

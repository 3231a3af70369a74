"""Sources of a workspace as a browser may read and write them: by name, whole, and never over somebody's change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from leaflet.errors import LeafletError, Problem, UnsafeError
from leaflet.files import OverwritePolicy, is_inside, read_file, write_together
from leaflet.model.workspace import Workspace

SUFFIX = ".md"
LARGEST = 20_000_000
"""In bytes, of a source."""
MOST_SOURCES = 2_000
SKIPPED = frozenset({"output", "layouts", "styles", "node_modules"})
MARK = b"\xef\xbb\xbf"


class SourceText(Struct, frozen=True, kw_only=True):
    """The text of a source, and the digest by which a later change is noticed."""

    text: str
    digest: str


class Conflict(Struct, frozen=True, kw_only=True):
    """The text that somebody else wrote into a source since it was read."""

    theirs: SourceText


def find_source(workspace: Workspace, name: str) -> Path:
    """Return the path of the source ``name``, relative to the workspace.

    Raises:
        UnsafeError: it is no name of a source inside the workspace.
    """
    path = PurePosixPath(name)
    parts = path.parts
    allowed = (
        name.isprintable()
        and "\\" not in name
        and not path.is_absolute()
        and path.suffix == SUFFIX
        and not any(part.startswith(".") for part in parts)
    )
    found = workspace.root.joinpath(*parts)
    if not allowed or not is_inside(found, (workspace.root,)):
        raise UnsafeError(Problem(message=f'"{name}" is no source of this workspace'))
    return found


def list_sources(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all sources in the workspace, in order."""
    folder = workspace.root / "source"
    start = folder if folder.is_dir() else workspace.root
    found = sorted(_sources_below(start))
    return tuple(path.relative_to(workspace.root).as_posix() for path in found[:MOST_SOURCES])


def _sources_below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in SKIPPED or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _sources_below(entry)
        elif entry.suffix == SUFFIX and entry.is_file():
            yield entry


def read_source_text(workspace: Workspace, path: Path) -> SourceText:
    """Return the text of a source.

    Raises:
        UnsafeError: it lies outside the workspace.
        OSError: it cannot be read.
        LeafletError: it is no text in UTF-8.
    """
    return _as_text(_data(workspace, path))


def _data(workspace: Workspace, path: Path) -> bytes:
    return read_file(path, inside=(workspace.root,), largest=LARGEST)


def _as_text(data: bytes) -> SourceText:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "this source is not in UTF-8, so it cannot be edited here"
        raise LeafletError(Problem(message=message, hint="save it as UTF-8 in another editor")) from None
    return SourceText(text=text.replace("\r\n", "\n").replace("\r", "\n"), digest=hashlib.sha256(data).hexdigest())


def save_source(workspace: Workspace, path: Path, text: str, digest: str) -> SourceText | Conflict:
    """Write ``text`` into a source that still is as ``digest`` says; else return what it has become.

    Line ends and a byte order mark stay as they were. The file is replaced at once, so that nobody reads half of it.

    Raises:
        UnsafeError: it lies outside the workspace.
        LeafletError: it cannot be written.
    """
    try:
        before = _data(workspace, path)
    except FileNotFoundError:
        before = b""
    if hashlib.sha256(before).hexdigest() != digest:
        return Conflict(theirs=_as_text(before))
    ends = "\r\n" if b"\r\n" in before else "\n"
    mark = MARK if before.startswith(MARK) else b""
    data = mark + text.replace("\r\n", "\n").replace("\n", ends).encode()
    policy = OverwritePolicy(is_own=lambda _, found: found == before)
    real = path.resolve()
    mode = real.stat().st_mode if real.exists() else None
    write_together(real.parent, {real.name: data}, policy)
    if mode is not None:
        real.chmod(mode & 0o7777)
    return _as_text(data)

"""Writer of results: every file appears whole or not at all, and none takes the place of a file of the user's."""

from __future__ import annotations

import os
import re
import secrets
import signal
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from leaflet.errors import LeafletError, Location, Problem, UnsafeError
from leaflet.files.opening import READING, is_inside, read_file
from leaflet.model.workspace import Workspace

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

UNFINISHED = ".leaflet-part"
"""The ending of a file that is being written. No other program uses it, so what a killed run left can be recognised."""
LEFT_OVER = re.compile(rf"\.(?P<name>.+)\.[a-z0-9_]{{8}}{re.escape(UNFINISHED)}")
LARGEST = 2_000_000_000
"""In bytes, of a file that is looked at before it is replaced."""
OUTPUT = "output"
"""The folder of a workspace that is leaflet's own."""


def _never(name: str, data: bytes) -> bool:  # noqa: ARG001
    return False


class OverwritePolicy(Struct, frozen=True, kw_only=True):
    """The files that may be replaced: by default none but those that already hold the same."""

    inputs: tuple[Path, ...] = ()
    """Files that results are made from; they are never replaced."""
    own_folder: Path | None = None
    """A folder in which every file with the name of a result is a result of before."""
    is_own: Callable[[str, bytes], bool] = _never
    """A check whether leaflet wrote the file of a name and a content; it decides in any other folder."""


@contextmanager
def held_back() -> Iterator[None]:
    """Hold back the signals by which users end programs from this thread, until the body has ended."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ends = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGIO}  # SIGIO: the owner of this process is gone
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def write_together(
    folder: Path, files: Mapping[str, bytes], policy: OverwritePolicy = OverwritePolicy()
) -> tuple[Path, ...]:
    """Write ``files`` (name to content) into ``folder``: all are on the disk before the first gets its name.

    Raises:
        LeafletError: a file of the user's has one of the names, or the folder or a file in it cannot be written.
    """
    problems = tuple(refusals(folder, files, policy, contents=files))
    if problems:
        raise UnsafeError(problems)
    with held_back():
        return _written(folder, files)


def _written(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    begun: list[_Unfinished] = []
    name = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            begun.append(_Unfinished.begin(folder / name))
            begun[-1].stream.write(content)
            begun[-1].flush()
        for unfinished in begun:
            name = unfinished.target.name
            unfinished.finish()
    except OSError as error:
        raise LeafletError(_refused(folder, name, error)) from None
    finally:
        for unfinished in begun:
            unfinished.discard()
    return tuple(unfinished.target for unfinished in begun)


@contextmanager
def written_whole(path: Path, policy: OverwritePolicy = OverwritePolicy()) -> Iterator[BinaryIO]:
    """Open a stream whose content gets the name ``path`` once it is on the disk, and only if nothing failed.

    Raises:
        LeafletError: a file of the user's has that name.
    """
    problems = tuple(refusals(path.parent, (path.name,), policy))
    if problems:
        raise UnsafeError(problems)
    unfinished = _Unfinished.begin(path)
    try:
        yield unfinished.stream
        unfinished.flush()
        unfinished.finish()
    finally:
        unfinished.discard()


class _Unfinished(Struct, frozen=True, kw_only=True):
    """A file that is being written under another name beside its own, and is locked as long as its writer lives."""

    path: Path
    target: Path
    stream: BinaryIO

    @classmethod
    def begin(cls, target: Path) -> _Unfinished:
        """Make an empty file for the content of ``target``; the system's umask says who may read it."""
        while True:
            path = target.with_name(f".{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
            try:
                stream = path.open("xb")
            except FileExistsError:
                continue
            with suppress(OSError):  # a file system without locks, where nothing is swept either
                _lock(stream)
            if path.exists():  # else it was swept between the two
                return cls(path=path, target=target, stream=stream)
            stream.close()

    def flush(self) -> None:
        """Let the content be on the disk."""
        self.stream.flush()
        os.fsync(self.stream.fileno())

    def finish(self) -> None:
        """Give the content its name."""
        if fcntl is None:
            self.stream.close()  # Windows renames no open file
        self.path.replace(self.target)

    def discard(self) -> None:
        """Close the file, and delete what did not get its name."""
        with suppress(OSError):
            self.stream.close()
        with suppress(OSError):
            self.path.unlink()


def sweep_left_overs(folder: Path) -> None:
    """Delete what killed runs left half written in ``folder``; what is being written just now stays."""
    left = (path for path in folder.glob(".*") if LEFT_OVER.fullmatch(path.name)) if folder.is_dir() else ()
    for path in left:
        with suppress(OSError), os.fdopen(os.open(path, READING), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                continue
            _lock(stream)
            if fcntl is None:
                stream.close()  # Windows deletes no open file, and so none that is being written
            path.unlink()


def _lock(stream: BinaryIO) -> None:
    """Lock an open file against all others that opened it, where the system has such locks.

    Raises:
        OSError: another has locked it, or the file system has no locks.
    """
    if fcntl is not None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def refusals(
    folder: Path,
    names: Iterable[str],
    policy: OverwritePolicy,
    *,
    contents: Mapping[str, bytes] | None = None,
) -> Iterator[Problem]:
    """Yield why files of ``names`` must not be written into ``folder``; nothing where they may.

    A file that already holds what it would be given in ``contents`` may stay or be replaced: nothing is lost.
    """
    inputs = _identities(policy.inputs)
    paths = {Path(os.path.realpath(path)) for path in policy.inputs}
    is_own_folder = policy.own_folder is not None and is_inside(folder, (policy.own_folder,))
    for name in names:
        path = folder / name
        try:
            there = path.lstat()
        except OSError:
            continue
        if stat.S_ISDIR(there.st_mode):
            yield _refused(folder, name, IsADirectoryError("it is a folder"))
        elif Path(os.path.realpath(path)) in paths or _identity(path) in inputs:
            yield _kept(path, "is one of the files that this build is made from")
        elif is_own_folder:
            continue
        elif not stat.S_ISREG(there.st_mode):
            yield _kept(path, "is a link or a device, which leaflet did not make")
        elif not _holds_own(path, name, policy, (contents or {}).get(name)):
            yield _kept(path, "was not written by leaflet")


def delete_own(folder: Path, names: Iterable[str], policy: OverwritePolicy) -> None:
    """Delete the files of ``names`` in ``folder`` that ``policy`` would let be replaced; others stay."""
    for name in names:
        if not any(refusals(folder, (name,), policy)):
            (folder / name).unlink(missing_ok=True)


def output_policy(
    workspace: Workspace, inputs: Iterable[Path] = (), is_own: Callable[[str, bytes], bool] = _never
) -> OverwritePolicy:
    """Return what may be replaced by results of ``workspace``, which reads ``inputs``."""
    own = workspace.root / OUTPUT
    return OverwritePolicy(
        inputs=tuple(inputs),
        own_folder=None if own.is_symlink() else own,  # a link could make any folder of the user's leaflet's own
        is_own=is_own,
    )


def output_folder(workspace: Workspace, named: Path | None) -> Path:
    """Return the folder for results: the one that the user named, or else the workspace's own.

    Raises:
        UnsafeError: results could replace what leaflets are made from, or the workspace's own folder is a link that
            leads outside.
    """
    folder = named or workspace.root / OUTPUT
    if named is None and not workspace.allows(folder):
        raise UnsafeError(
            Problem(
                message=f'"{OUTPUT}" is a link to a folder outside the workspace, so nothing is written there',
                hint=f"name that folder with --output if you mean it, or make {OUTPUT}/ a folder",
            )
        )
    real = Path(os.path.realpath(folder))
    for name in ("source", "layouts", "styles"):
        if real.is_relative_to(os.path.realpath(workspace.root / name)):
            raise UnsafeError(
                Problem(
                    message=f'results are not written into "{name}/": they could replace what they are made from',
                    hint="choose another folder with --output, or leave it out for output/",
                )
            )
    return folder


def name_key(name: str) -> str:
    """Return what two names must not have in common: many systems do not tell capitals from small letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())


def shown_path(path: Path) -> Path:
    """Return ``path`` as a user reads it: relative to where the command was given, if it lies there."""
    real, here = Path(os.path.realpath(path)), Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else real


def _holds_own(path: Path, name: str, policy: OverwritePolicy, content: bytes | None) -> bool:
    try:
        data = read_file(path, inside=None, largest=LARGEST)
    except OSError:
        return False
    return data == content or policy.is_own(name, data)


def _identities(paths: Iterable[Path]) -> frozenset[tuple[int, int]]:
    return frozenset(found for path in paths if (found := _identity(path)) is not None)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what all names of one file have in common: hard links, links, and names in other letters."""
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_dev, known.st_ino


def _kept(path: Path, why: str) -> Problem:
    return Problem(
        message=f'"{path.name}" {why}, so it is not replaced',
        location=Location(file=str(_beside_user(path))),
        hint="choose another folder with --output, or give that file another name",
    )


def _beside_user(path: Path) -> Path:
    """Return ``path`` as a user reads it, with a link at its end as it is."""
    return shown_path(path.parent) / path.name


def _refused(folder: Path, name: str, error: OSError) -> Problem:
    """Return what the system refused, by the name that the file was to have."""
    what = f'"{name}" cannot be written into "{folder}"' if name else f'the folder "{folder}" cannot be made'
    hint = "see who may write there and what is there already, or choose another folder with --output"
    return Problem(message=f"{what}: {error.strerror or error}", hint=hint)

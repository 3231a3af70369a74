"""Reading a file: inside the folders that may be read from, a regular file, and no larger than its reader expects."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from leaflet.errors import Location, Problem, UnsafeError

LARGEST = 200_000_000
"""In bytes, where the reader of a file names no bound of its own."""

AT_ONCE = 1_000_000

READING = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # so that a FIFO without a writer, or a device, does not stop the build
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
PASSING = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
"""For a folder on the way to a file: where there is O_PATH, it need not be readable."""


def read_file(
    path: Path, *, inside: Iterable[Path] | None, largest: int = LARGEST, asked_at: Location | None = None
) -> bytes:
    """Return the content of a regular file; see ``open_file``.

    Raises:
        UnsafeError: the file lies outside.
        OSError: it cannot be read, is no regular file, or is larger than ``largest`` bytes.
    """
    with open_file(path, inside=inside, largest=largest, asked_at=asked_at) as stream:
        data = stream.read(min(os.fstat(stream.fileno()).st_size, largest) + 1)
        # It may have grown, or lie where sizes say nothing, such as /proc. All at once would take the memory of all.
        while len(data) <= largest and (more := stream.read(min(AT_ONCE, largest + 1 - len(data)))):
            data += more
    if len(data) > largest:
        raise _too_large(path, largest)
    return data


def read_utf8(
    path: Path, *, inside: Iterable[Path] | None, largest: int = LARGEST, asked_at: Location | None = None
) -> str:
    """Return the text of a regular file, without a byte order mark and with line feeds at line ends; see ``open_file``.

    Raises:
        UnsafeError: the file lies outside.
        OSError: it cannot be read, is no regular file, or is larger than ``largest`` bytes.
        UnicodeDecodeError: it is no UTF-8.
    """
    text = read_file(path, inside=inside, largest=largest, asked_at=asked_at).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def open_file(
    path: Path, *, inside: Iterable[Path] | None, largest: int = LARGEST, asked_at: Location | None = None
) -> BinaryIO:
    """Open a regular file to read its bytes.

    Links are followed as long as they stay inside. No folder on the way can be exchanged for a link between the check
    and the opening, and nothing that is no file can make the caller wait.

    Args:
        inside: the folders that the file must lie in; None for a file that the user named on the command line.
        asked_at: the place that names the file.

    Raises:
        UnsafeError: the file lies outside.
        OSError: it cannot be opened, is no regular file, or is larger than ``largest`` bytes.
    """
    try:
        real = Path(os.path.realpath(path))
    except ValueError as error:
        raise OSError(errno.EINVAL, "this is not a path", str(path)) from error
    folder = None if inside is None else _folder_around(real, path, tuple(inside), asked_at)
    with suppress(FileNotFoundError, PermissionError):  # said by the opening
        _refuse_no_file(real.stat().st_mode, path)  # first, because opening a device may do something by itself
    descriptor = os.open(real, READING) if folder is None else _open_below(folder, real)
    try:
        known = os.fstat(descriptor)
        _refuse_no_file(known.st_mode, path)
        if known.st_size > largest:
            raise _too_large(path, largest)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def checked_path(path: Path, *, inside: Iterable[Path] | None, largest: int = LARGEST) -> Path:
    """Return the real path of a file that ``open_file`` opens, for a library that must open it by itself.

    Raises:
        UnsafeError: the file lies outside.
        OSError: it cannot be opened, is no regular file, or is larger than ``largest`` bytes.
    """
    with open_file(path, inside=inside, largest=largest):
        return Path(os.path.realpath(path))


def is_inside(path: Path, folders: Iterable[Path]) -> bool:
    """Return whether ``path``, links followed, lies in one of ``folders``."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)


def read_packaged(package: str, *parts: str) -> bytes:
    """Return the content of a file that comes inside of ``package``."""
    from importlib import resources  # loads tempfile and its archives, which few need

    return resources.files(package).joinpath(*parts).read_bytes()


def _folder_around(real: Path, path: Path, inside: tuple[Path, ...], asked_at: Location | None) -> Path:
    """Return the folder among ``inside`` that ``real`` lies in."""
    for folder in inside:
        found = Path(os.path.realpath(folder))
        if real.is_relative_to(found):
            return found
    whole = Path(os.path.normpath(path.absolute()))
    names = [whole.relative_to(folder).as_posix() for folder in inside if whole.is_relative_to(folder)]
    name = max(names, key=len, default=path.name)
    what = "is a link to a file outside the workspace" if names else "lies outside the workspace"
    raise UnsafeError(
        Problem(
            message=f'"{name}" {what}, so it is not opened',
            location=asked_at or Location(file=name),
            hint="copy the file itself into the workspace",
        )
    )


def _open_below(folder: Path, real: Path) -> int:
    """Open ``real`` step by step from ``folder``, so that a link that was put in the way meanwhile is not followed."""
    parts = real.relative_to(folder).parts
    if not parts or os.open not in os.supports_dir_fd:
        return os.open(real, READING)
    at = os.open(folder, PASSING)
    try:
        for part in parts[:-1]:
            inner = os.open(part, PASSING | getattr(os, "O_NOFOLLOW", 0), dir_fd=at)
            os.close(at)
            at = inner
        return os.open(parts[-1], READING, dir_fd=at)
    finally:
        os.close(at)


def _refuse_no_file(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))


def _too_large(path: Path, largest: int) -> OSError:
    return OSError(errno.EFBIG, f"it is larger than {largest // 1_000_000} MB", str(path))

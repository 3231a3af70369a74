"""A revision of a workspace under git: its files in a folder of their own, and what has changed since."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from msgspec.structs import replace

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import GitRepository, git_repository

SECONDS = 120.0
OUTPUT = "output/"


def changed_files(root: Path, revision: str) -> frozenset[str]:
    """Return the files of a workspace that differ from ``revision``, or are new, by their paths from its root.

    Raises:
        LeafletError: the workspace is not under git, or there is no such revision.
    """
    with _repository(root) as repository:
        commit = _commit(repository, revision)
        _git(repository, ["read-tree", commit])
        differing = [
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            "--relative",
            "--name-only",
            "-z",
        ]
        different = _git(repository, [*differing, commit, "--"])
        new = _git(repository, ["ls-files", "--others", "--exclude-standard", "-z"])
    names = (different + new).decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name for name in names if name and not name.startswith(OUTPUT))


@contextmanager
def files_of(root: Path, revision: str) -> Iterator[Path]:
    """Give a folder with the files of a workspace as they were in ``revision``, for as long as the body runs.

    Raises:
        LeafletError: the workspace is not under git, there is no such revision, or its objects are damaged.
    """
    with _repository(root) as repository:
        below = repository.folder.relative_to(repository.top).as_posix()
        tree = f"{_commit(repository, revision)}:{'' if below == '.' else below}"
        packed = _git(replace(repository, folder=repository.top), ["archive", "--format=tar", tree])
    with TemporaryDirectory(prefix="leaflet-revision-") as temporary:
        folder = Path(temporary).resolve()
        try:
            with tarfile.open(fileobj=BytesIO(packed)) as archive:
                for member in archive:
                    _unpack(member, archive, folder)
        except tarfile.TarError as error:
            message = f"git did not give the files of {revision} whole: {error}"
            hint = "git fsck says which of its objects are damaged"
            raise LeafletError(Problem(message=message, location=Location(file="--since"), hint=hint)) from None
        yield folder


def _unpack(member: tarfile.TarInfo, archive: tarfile.TarFile, folder: Path) -> None:
    """Write a member of an archive, unless it would lie outside the folder, or lead there.

    The filters of ``tarfile`` came with Python 3.11.4, and Debian 12 has an earlier one.
    """
    place = folder / member.name
    target = place.parent / member.linkname if member.issym() else place
    if not place.parent.resolve().is_relative_to(folder) or not target.resolve().is_relative_to(folder):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if member.isdir():
        place.mkdir(exist_ok=True)
    elif member.issym():
        place.symlink_to(member.linkname)
    elif (content := archive.extractfile(member)) is not None:
        place.write_bytes(content.read())


@contextmanager
def _repository(root: Path) -> Iterator[GitRepository]:
    with git_repository(root) as repository:
        if repository is None:
            hint = "changes are those since a commit"
            _refuse(f"the workspace {root} is not under git, or git is not installed", hint)
        yield repository


def _commit(repository: GitRepository, revision: str) -> str:
    """Return the name of the commit that a revision means."""
    found = repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"])
    if found is None:
        hint = "name a commit, a branch or a tag that this clone has; a shallow clone has the last commit only"
        _refuse(f'there is no revision "{revision}"', hint)
    return found.decode("ascii").strip()


def _git(repository: GitRepository, arguments: list[str]) -> bytes:
    printed = repository.run(arguments, seconds=SECONDS)
    if printed is None:
        _refuse(f"git {arguments[0]} failed", "run it by hand to see why")
    return printed


def _refuse(message: str, hint: str) -> NoReturn:
    raise LeafletError(Problem(message=message, location=Location(file="--since"), hint=hint)) from None

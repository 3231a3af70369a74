"""A revision of a workspace under git: its files in a folder of their own, and what has changed since."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import run_git

SECONDS = 120.0
OUTPUT = "output/"


def changed_files(root: Path, revision: str) -> frozenset[str]:
    """Return the files of a workspace that differ from ``revision``, or are new, by their paths from its root.

    Raises:
        LeafletError: the workspace is not under git, or there is no such revision.
    """
    commit = _commit(root, revision)
    different = _git(root, ["diff", "--no-ext-diff", "--no-textconv", "--relative", "--name-only", "-z", commit, "--"])
    new = _git(root, ["ls-files", "--others", "--exclude-standard", "-z"])
    names = (different + new).decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name for name in names if name and not name.startswith(OUTPUT))


@contextmanager
def files_of(root: Path, revision: str) -> Iterator[Path]:
    """Give a folder with the files of a workspace as they were in ``revision``, for as long as the body runs.

    Raises:
        LeafletError: the workspace is not under git, or there is no such revision.
    """
    commit = _commit(root, revision)
    below = _git(root, ["rev-parse", "--show-prefix"]).decode("utf-8", "surrogateescape").rstrip("\n")
    top = Path(_git(root, ["rev-parse", "--show-toplevel"]).decode("utf-8", "surrogateescape").rstrip("\n"))
    packed = _git(top, ["archive", "--format=tar", f"{commit}:{below}"])
    with TemporaryDirectory(prefix="leaflet-revision-") as folder:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder).resolve()


def _commit(root: Path, revision: str) -> str:
    """Return the name of the commit that a revision means."""
    if run_git(["rev-parse", "--is-inside-work-tree"], folder=root) is None:
        _refuse(f"the workspace {root} is not under git, or git is not installed", "changes are those since a commit")
    found = run_git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], folder=root)
    if found is None:
        hint = "name a commit, a branch or a tag that this clone has; a shallow clone has the last commit only"
        _refuse(f'there is no revision "{revision}"', hint)
    return found.decode("ascii").strip()


def _git(root: Path, arguments: list[str]) -> bytes:
    printed = run_git(arguments, folder=root, seconds=SECONDS)
    if printed is None:
        _refuse(f"git {arguments[0]} failed", "run it by hand to see why")
    return printed


def _refuse(message: str, hint: str) -> NoReturn:
    raise LeafletError(Problem(message=message, location=Location(file="--since"), hint=hint)) from None

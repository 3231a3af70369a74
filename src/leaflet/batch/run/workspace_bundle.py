"""A workspace packed for other machines: everything that leaflets may be made from, without output and data."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from leaflet.batch.output.zip_archive import EPOCH
from leaflet.errors import LeafletError, Problem
from leaflet.files import is_inside, read_file
from leaflet.model.workspace import Workspace

WORKSPACE, SHIPPED, STYLES = "workspace", "shipped", "styles"
"""The folders of a bundle: the workspace, the layouts and styles that come with leaflet, and citation styles from elsewhere."""
CARRIED = ("layouts", "styles")
NOT_CARRIED = frozenset({"node_modules", "__pycache__"})
LARGEST = 500_000_000
PART = 4_000_000
"""In bytes: a size that one message to a cluster can have."""


class Bundle(Struct, frozen=True, kw_only=True):
    """A packed workspace, cut into parts, and its SHA-256."""

    digest: str
    parts: tuple[bytes, ...]


def pack_workspace(workspace: Workspace, *, output: Path, without: Iterable[Path], styles: Iterable[Path]) -> Bundle:
    """Pack everything in ``workspace`` that a leaflet may open; the same files give the same bundle.

    ``without`` are files that are left out, such as the data; ``styles`` are citation styles from outside.

    Raises:
        LeafletError: it is too large to be sent.
    """
    left = {path.resolve() for path in without} | {output.resolve()}
    roots = workspace.roots
    files = dict(_inside(workspace.root, WORKSPACE, left, roots))
    if workspace.shipped != workspace.root:
        for kind in CARRIED:
            files |= dict(_inside(workspace.shipped / kind, f"{SHIPPED}/{kind}", left, roots))
    outside = {f"{STYLES}/{style_name(path)}": path for path in styles}
    files |= outside
    if sum(path.stat().st_size for path in files.values()) > LARGEST:
        message = f"the workspace holds more than {LARGEST // 10**6} MB, which is too much to send to a cluster"
        raise LeafletError(Problem(message=message, hint="move what leaflets do not need out of it"))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in sorted(files):
            archive.writestr(
                zipfile.ZipInfo(name, EPOCH), read_file(files[name], inside=None if name in outside else roots)
            )
    whole = stream.getvalue()
    return Bundle(
        digest=sha256(whole).hexdigest(),
        parts=tuple(whole[start : start + PART] for start in range(0, len(whole), PART)),
    )


def unpack(digest: str, parts: Iterable[bytes], into: Path) -> Path:
    """Unpack the bundle below ``into``, unless another process already has, and return its folder.

    Raises:
        LeafletError: the parts are not what was sent.
    """
    target = into / digest
    if target.is_dir():
        return target
    whole = b"".join(parts)
    if sha256(whole).hexdigest() != digest:
        raise LeafletError(Problem(message="the bundle arrived damaged", hint="run the batch again"))
    into.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=into, prefix=".fresh-"))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        archive.extractall(fresh)
    (fresh / SHIPPED).mkdir(exist_ok=True)
    try:
        fresh.rename(target)
    except OSError:
        if not target.is_dir():  # another process was quicker
            raise
    return target


def style_name(path: Path) -> str:
    """Return the path in a bundle of a citation style from outside; it ends with its own name, for messages."""
    return f"{sha256(read_file(path, inside=None)).hexdigest()[:16]}/{path.name}"


def _inside(
    folder: Path, name: str, left: frozenset[Path] | set[Path], roots: Iterable[Path]
) -> Iterator[tuple[str, Path]]:
    """Yield the files of a folder; links that lead outside are left out, as no build follows them."""
    for root, folders, names in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(
            inner
            for inner in folders
            if not inner.startswith(".") and inner not in NOT_CARRIED and (here / inner).resolve() not in left
        )
        for file in sorted(names):
            path = here / file
            if not file.startswith(".") and path.is_file() and path.resolve() not in left and is_inside(path, roots):
                yield f"{name}/{path.relative_to(folder).as_posix()}", path

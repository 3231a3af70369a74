"""Writer of ZIP archives that are the same for the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from leaflet.files import OverwritePolicy, read_file, written_whole

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold. With the files' own times no two archives would be equal."""
PACKED_ALREADY = (".pdf", ".webp", ".zip")


def pack(files: Iterable[Path], target: Path, policy: OverwritePolicy, *, below: Path) -> int:
    """Write ``files`` into ``target`` by their paths below a folder, and return their number.

    The archive appears whole or not at all.
    """
    paths = sorted(files, key=lambda path: path.relative_to(below).as_posix())
    with written_whole(target, policy) as stream, zipfile.ZipFile(stream, "w") as archive:
        for path in paths:
            entry = zipfile.ZipInfo(path.relative_to(below).as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            packed = path.suffix in PACKED_ALREADY
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, read_file(path, inside=(below,)))
    return len(paths)

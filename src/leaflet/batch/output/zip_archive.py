"""Writer of ZIP archives that are the same for the same files."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold. With the files' own times no two archives would be equal."""
PACKED_ALREADY = (".pdf", ".webp", ".zip")


def pack(files: Iterable[Path], target: Path, *, below: Path) -> int:
    """Write ``files`` into ``target`` by their paths below a folder, and return their number.

    The archive appears whole or not at all.
    """
    paths = sorted(files, key=lambda path: path.relative_to(below).as_posix())
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                for path in paths:
                    entry = zipfile.ZipInfo(path.relative_to(below).as_posix(), EPOCH)
                    entry.external_attr = 0o644 << 16
                    packed = path.suffix in PACKED_ALREADY
                    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                    archive.writestr(entry, path.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
    return len(paths)

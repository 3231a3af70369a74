"""Previews that run: a second one of the same workspace finds the first."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from leaflet.files import cache_folder, read_file

SECONDS = 3.0
"""A preview that does not answer within this time does not run."""


@contextmanager
def announced(root: Path, address: str, environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Let others find the preview of ``root`` at ``address`` meanwhile; nothing where there is no address."""
    note = _note(root, environment)
    if note is None or not address:
        yield
        return
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.unlink(missing_ok=True)
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(address)
    try:
        yield
    finally:
        with suppress(OSError):
            if read_file(note, inside=None, largest=1_000).decode() == address:
                note.unlink()


def find_running(root: Path, environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the address of the preview of ``root`` that runs, if one does."""
    note = _note(root, environment)
    try:
        address = read_file(note, inside=None, largest=1_000).decode() if note else ""
        if not address.startswith("http://127.0.0.1:"):
            return None
        import urllib.request  # here, as most starts find no other preview

        with urllib.request.urlopen(f"{address}/static/icon.svg", timeout=SECONDS):  # noqa: S310 - its own loopback address
            return address
    except (OSError, ValueError):
        return None


def _note(root: Path, environment: Mapping[str, str]) -> Path | None:
    folder = cache_folder(environment)
    name = hashlib.sha256(str(root).encode()).hexdigest()[:24]
    return folder / "previews" / name if folder is not None else None

"""Sign-off of a leaflet: who released it, when, and the hashes of what was released."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from leaflet.errors import Location, Problem, SourceError

SUFFIX = ".release.json"
VERSION = 1
LARGEST = 1_000_000
"""In bytes."""

POINTS = (
    "The people who will use the leaflet were asked what they need (PIF TICK 3, CDC index 7).",
    "People like its readers have read it, found what they looked for and understood it (PIF TICK 5, EU user test).",
    "What matters most comes first, and nothing is there that readers do not need (CDC index 10).",
    "Benefits, risks, doubts and doing nothing are presented fairly (DISCERN, CDC index 18 and 19).",
    "What to do, why and how is clear (CDC index 12 to 14).",
    "The pictures are of people like its readers, and the alternative texts say what matters (PIF TICK 6, WCAG 1.1.1).",
    "The sources say what the text says.",
    "Phone numbers, addresses and opening hours were tried.",
    "Somebody other than the author has read it as a specialist (PIF TICK 4).",
    "It is settled who gets it, how, and how its use is reviewed (PIF TICK 9 and 10).",
)
"""Points that only people can tick."""


class Release(Struct, frozen=True, kw_only=True):
    """One sign-off. ``files`` are the hashes of the files that were released, by their names."""

    by: str
    role: str
    day: date
    version: str
    source: str
    """The hash of the source's text."""
    files: Mapping[str, str]


def digest(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def release_name(source: Path) -> str:
    """Return the name of the file beside ``source`` that holds its sign-off."""
    return f"{source.stem}{SUFFIX}"


def write_release(release: Release) -> bytes:
    """Return a sign-off as the contents of its file."""
    data = {
        "leaflet-release": VERSION,
        "by": release.by,
        "role": release.role,
        "date": release.day.isoformat(),
        "version": release.version,
        "source": release.source,
        "files": dict(release.files),
        "points": list(POINTS),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def is_release(data: bytes) -> bool:
    """Return whether ``data`` is a sign-off that leaflet wrote."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "leaflet-release" in found


def read_release(data: bytes, *, name: str) -> Release:
    """Return the sign-off in the contents of a file; messages call it ``name``.

    Raises:
        SourceError: it is none that leaflet wrote.
    """
    try:
        found = json.loads(data)
        files = {str(key): str(value) for key, value in found["files"].items()}
        return Release(
            by=str(found["by"]),
            role=str(found["role"]),
            day=date.fromisoformat(found["date"]),
            version=str(found["version"]),
            source=str(found["source"]),
            files=files,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "sign it off again with `leaflet release`"
        problem = Problem(message="this is no sign-off of leaflet's", location=Location(file=name), hint=hint)
        raise SourceError(problem) from None


def changed_files(release: Release, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of ``files`` that are not as they were released."""
    return tuple(name for name, data in files.items() if release.files.get(name) != digest(data))

"""The job of building a variant, as it travels to a worker, and the outcome that comes back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from leaflet.batch.plan.batch_plan import Variant
from leaflet.errors import Problem


class Status(StrEnum):
    """The end of a job."""

    BUILT = "built"
    REFUSED = "refused"
    """Something is wrong with its content: building it again would end the same way."""
    FITS = "fits"
    """It was laid out and fits; nothing was written."""
    SAME = "same"
    """Its source or bibliography changed, but not the content of this variant; nothing was written."""
    BROKEN = "broken"
    """It crashed, ran out of memory, or took too long."""


class Work(StrEnum):
    """The part of a build that a job asks for."""

    BUILD = "build"
    MEASURE = "measure"
    """Lay the variant out and write nothing."""
    COMPARE = "compare"
    """Compare the variant's content with that of its last build and write nothing."""


class Job(Struct, frozen=True, kw_only=True):
    """A variant with everything that a worker needs to build it."""

    variant: Variant
    today: date
    output: Path
    seconds: float
    """The longest time that it may take."""
    shared: str
    """The fingerprint of everything that it has in common with other variants."""
    own: str
    """The fingerprint of its own field values."""
    reasons: tuple[str, ...] = ()
    """The reasons to build it; none if it is unchanged."""
    last_content: str = ""
    """The content hash of its last build, if only its source or bibliography changed since; else empty."""
    address: str | None = None
    """An fsspec address for its files, instead of ``output``."""
    inputs: tuple[Path, ...] = ()
    """The user's files that the batch read, beside those that the build itself opens; none may be replaced."""
    shipped: Path | None = None
    """The folder of leaflet's own layouts and styles, if it is not that of this installation."""
    work: Work = Work.BUILD

    @property
    def name(self) -> str:
        """The name of the variant's files, without their endings."""
        return self.variant.name


class OutputFile(Struct, frozen=True, kw_only=True):
    """A written file. ``modified`` is its time in nanoseconds, or 0 at an address."""

    name: str
    size: int
    sha256: str
    modified: int


class Outcome(Struct, frozen=True, kw_only=True):
    """The result of a job, as journal and manifest store it."""

    name: str
    status: Status
    files: tuple[OutputFile, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    """Every file of the workspace that the build opened, with its SHA-256."""
    content: str = ""
    """The hash of the content that source and references give the leaflet."""
    shared: str = ""
    own: str = ""
    """The fingerprints of the job."""
    panels: int = 0
    scale: float | None = None
    fit: str = ""
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


def describe_file(path: Path, data: bytes) -> OutputFile:
    """Return name, size, hash and time of a file that was written with ``data``."""
    return OutputFile(name=path.name, size=len(data), sha256=sha256(data).hexdigest(), modified=path.stat().st_mtime_ns)

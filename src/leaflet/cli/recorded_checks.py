"""Checks of many sources, of which those that would find what they found before are not made again."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from msgspec import Struct

from leaflet.batch import CheckJob, check_sources
from leaflet.checks import CheckedFile, Finding
from leaflet.cli.run_records import RunRecords
from leaflet.errors import Location, Problem
from leaflet.panels import FitReport


class _Recorded(Struct, frozen=True, kw_only=True):
    """All of a checked file but what was made."""

    source: str
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    fit: FitReport | None
    lines: tuple[str, ...]
    pointers: tuple[tuple[str, Location | None], ...]

    @classmethod
    def of(cls, file: CheckedFile) -> _Recorded:
        """Return what is recorded of ``file``."""
        return cls(**{name: getattr(file, name) for name in cls.__struct_fields__})

    def checked(self) -> CheckedFile:
        """Return the file as its check returned it."""
        return CheckedFile(**{name: getattr(self, name) for name in self.__struct_fields__})


def check_changed(
    jobs: Sequence[CheckJob], options: Mapping[str, object], *, workers: int, force: bool
) -> list[CheckedFile]:
    """Return what the checks of ``jobs`` find, in their order; ``options`` are what shapes it beside the files.

    With ``force`` all are made. Those that return the files that they made are made, too, and those of PDF files.

    Raises:
        LeafletError: a word names no rule, or a file cannot be read.
    """
    records = RunRecords(_Recorded, options, folder="checks", output=None, environment=os.environ)

    def known(job: CheckJob) -> CheckedFile | None:
        found = records.unchanged(job.source) if _is_recorded(job) and not force else None
        return found.checked() if found else None

    results = [known(job) for job in jobs]
    missing = [number for number, found in enumerate(results) if found is None]
    again = check_sources([jobs[number] for number in missing], workers=workers)
    for number, file in zip(missing, again, strict=True):
        results[number] = file
        if _is_recorded(jobs[number]) and file.looked_for:  # nothing where its process died
            records.add(jobs[number].source, _Recorded.of(file), file.looked_for)
    return [file for file in results if file is not None]


def _is_recorded(job: CheckJob) -> bool:
    return job.workspace is not None and not job.keeps_files

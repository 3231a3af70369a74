"""Thumbnails of first pages for the index page, named by the hash of their PDF, so that none is drawn twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from leaflet.batch.run.draw_thumbnail import NAME, draw
from leaflet.batch.run.job_engine import local_processes
from leaflet.batch.run.result import BatchResult
from leaflet.files import LEFT_OVER
from leaflet.model.output_format import SUFFIXES, OutputFormat

FEWEST = 100
"""Thumbnails that take as long as the start of a process."""


def draw_thumbnails(result: BatchResult, folder: Path, *, workers: int) -> Mapping[str, str]:
    """Draw the thumbnail of each variant that has a PDF here, delete all others, and return their paths by name.

    Up to ``workers`` processes do the work; for a few thumbnails it is this one.
    """
    if result.address is not None:
        return {}
    wanted = {name: (pdf, f"{digest[:20]}.webp") for name, pdf, digest in _pages(result)}
    found = folder.iterdir() if folder.is_dir() else ()
    there = {path.name for path in found if _is_own(path)}
    missing = {picture: pdf for pdf, picture in wanted.values() if picture not in there}
    workers = min(workers, len(missing) // FEWEST)
    if workers < 2:
        for picture, pdf in missing.items():
            draw(pdf, folder, picture)
    else:
        with local_processes(workers) as processes:
            for future in [processes.draw(pdf, folder, picture) for picture, pdf in missing.items()]:
                future.result()
    for unused in there - {picture for _, picture in wanted.values()}:
        (folder / unused).unlink(missing_ok=True)
    return {name: f"{folder.name}/{picture}" for name, (_, picture) in wanted.items()}


def _is_own(path: Path) -> bool:
    """Return whether a file is a thumbnail of a batch, or the rest of one that was not finished."""
    begun = LEFT_OVER.fullmatch(path.name)
    return bool(NAME.fullmatch(begun["name"] if begun else path.name)) and not path.is_symlink()


def _pages(result: BatchResult) -> Iterable[tuple[str, Path, str]]:
    """Yield the name, the reading PDF (or sheet) and its hash of each variant that is built."""
    for job in result.jobs:
        outcome = result.outcomes.get(job.name)
        files = {file.name: file for file in outcome.files} if outcome else {}
        found = (files.get(f"{job.name}{SUFFIXES[kind]}") for kind in (OutputFormat.PDF, OutputFormat.SHEET))
        pdf = next((file for file in found if file), None)
        if pdf is not None:
            yield job.name, result.output / pdf.name, pdf.sha256

"""What a batch hands over beside its leaflets: manifest, index page, the print run and the archive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from leaflet.batch.archive import pack
from leaflet.batch.index_page import index_page
from leaflet.batch.manifest import manifest_csv, manifest_json
from leaflet.batch.run import BatchResult
from leaflet.build.pipeline import SUFFIXES
from leaflet.build.write import write_together
from leaflet.errors import LeafletError, Problem


def write_records(result: BatchResult, title: str, ending: str, pictures: Mapping[str, str]) -> tuple[Path, ...]:
    """Write manifest and index page; what is the same already stays untouched."""
    contents = {
        f"manifest{ending}.json": manifest_json(result),
        f"manifest{ending}.csv": manifest_csv(result),
        f"index{ending}.html": index_page(result, title, manifest=f"manifest{ending}.json", pictures=pictures),
    }
    changed = {name: data for name, data in contents.items() if not _holds(result.output / name, data)}
    write_together(result.output, changed)
    return tuple(shown(result.output / name) for name in contents)


def combine_sheets(result: BatchResult, title: str, ending: str) -> Path:
    """Write one PDF of all sheets, or of all panels where no sheets were built.

    Raises:
        LeafletError: the batch makes no PDF.
    """
    from leaflet.batch.combine import combine

    formats = {kind for task in result.tasks for kind in task.variant.choices.formats}
    kind = next((kind for kind in ("sheet", "pdf") if kind in formats), None)
    if kind is None:
        raise LeafletError(Problem(message="there is no PDF to combine", hint="add --format sheet"))
    files = [(task.variant.name, result.output / f"{task.variant.name}{SUFFIXES[kind]}") for task in result.tasks]
    target = result.output / f"{title}{ending}-print-run.pdf"
    combine(files, target)
    return shown(target)


def pack_files(result: BatchResult, title: str, ending: str) -> Path:
    """Write one ZIP of all leaflets with the manifest and the index page."""
    names = [file.name for task in result.tasks for file in result.outcomes[task.variant.name].files]
    records = [f"manifest{ending}.json", f"manifest{ending}.csv", f"index{ending}.html"]
    target = result.output / f"{title}{ending}.zip"
    pack([result.output / name for name in (*names, *records)], target)
    return shown(target)


def shown(path: Path) -> Path:
    """``path`` as a user reads it: relative to where the command was given, if it lies there."""
    real, here = path.resolve(), Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else real


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data

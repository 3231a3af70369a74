"""What a batch hands over beside its leaflets: manifest, index page, the print run and the archive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.batch.output.index_page import index_page
from leaflet.batch.output.manifest import manifest_csv, manifest_json
from leaflet.batch.output.split import Split
from leaflet.batch.output.zip_archive import pack
from leaflet.batch.run.events import BatchResult
from leaflet.errors import LeafletError, Problem
from leaflet.files import shown_path, write_together
from leaflet.pipeline import SUFFIXES

if TYPE_CHECKING:
    from leaflet.batch.output.print_run import Wrapping


RECORDS = (("manifest", "json"), ("manifest", "csv"), ("index", "html"))


def write_records(
    result: BatchResult, title: str, ending: str, pictures: Mapping[str, str], *, seconds: bool = False
) -> tuple[Path, ...]:
    """Write manifest and index page; what is the same already stays untouched."""
    contents = {
        f"manifest{ending}.json": manifest_json(result, seconds=seconds),
        f"manifest{ending}.csv": manifest_csv(result),
        f"index{ending}.html": index_page(result, title, manifest=f"manifest{ending}.json", pictures=pictures),
    }
    changed = {name: data for name, data in contents.items() if not _holds(result.output / name, data)}
    write_together(result.output, changed)
    return tuple(shown_path(result.output / name) for name in contents)


def combine_sheets(
    result: BatchResult, title: str, ending: str, *, wrapping: Wrapping, split: Split | None
) -> tuple[Path, ...]:
    """Write the print run: all sheets, or all panels where no sheets were built.

    Raises:
        LeafletError: the batch makes no PDF.
    """
    from leaflet.batch.output.print_run import Part, combine

    formats = {kind for task in result.tasks for kind in task.variant.choices.formats}
    kind = next((kind for kind in ("sheet", "pdf") if kind in formats), None)
    if kind is None:
        raise LeafletError(Problem(message="there is no PDF to combine", hint="add --format sheet"))
    parts = [
        Part(
            title=task.variant.name,
            path=result.output / f"{task.variant.name}{SUFFIXES[kind]}",
            facts=tuple(sorted(task.variant.choices.fields.items())),
        )
        for task in result.tasks
    ]
    paths = combine(parts, result.output, f"{title}{ending}-print-run", wrapping=wrapping, split=split)
    return tuple(shown_path(path) for path in paths)


def pack_files(result: BatchResult, title: str, ending: str, *, split: Split | None) -> tuple[Path, ...]:
    """Write ZIP archives of all leaflets; the first also holds the manifest and the index page with its pictures."""
    pictures = sorted(path for path in (result.output / f"thumbnails{ending}").glob("*.webp"))
    records = [result.output / f"{name}{ending}.{kind}" for name, kind in RECORDS]
    archives: list[list[Path]] = [[*records, *pictures]]
    variants = size = 0
    for task in result.tasks:
        files = result.outcomes[task.variant.name].files
        more = sum(file.size for file in files)
        if split and variants and split.is_full(variants=variants + 1, size=size + more):
            archives.append([])
            variants = size = 0
        archives[-1] += [result.output / file.name for file in files]
        variants, size = variants + 1, size + more
    paths = []
    for number, members in enumerate(archives, start=1):
        paths.append(result.output / (f"{title}{ending}-{number}.zip" if split else f"{title}{ending}.zip"))
        pack(members, paths[-1], below=result.output)
    return tuple(shown_path(path) for path in paths)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data

"""What a batch hands over beside its leaflets: manifest, index page, the print run and the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from leaflet.batch.output.index_page import index_page
from leaflet.batch.output.manifest import manifest_csv, manifest_json
from leaflet.batch.output.split import Split
from leaflet.batch.output.zip_archive import pack
from leaflet.batch.run.events import BatchResult
from leaflet.batch.run.journal import Journal
from leaflet.errors import LeafletError, Problem, UnsafeError
from leaflet.files import OverwritePolicy, output_policy, read_file, shown_path, write_together
from leaflet.pipeline import SUFFIXES, written_by_leaflet

if TYPE_CHECKING:
    from leaflet.batch.output.print_run import Wrapping


LARGEST = 8_000_000_000
"""In bytes, of a print run or an archive."""
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
    write_together(result.output, changed, records_policy(result))
    return tuple(shown_path(result.output / name) for name in contents)


def records_policy(result: BatchResult) -> OverwritePolicy:
    """Return what the files beside the leaflets may replace: what leaflet wrote, by its content or by the journal."""
    recognised = written_by_leaflet("")

    def is_own(name: str, data: bytes) -> bool:
        return recognised(name, data) or result.recorded.get(name) == sha256(data).hexdigest()

    return output_policy(result.book.workspace, result.kept, is_own)


def _remember(result: BatchResult, paths: Iterable[Path]) -> None:
    """Note what was written in the journal, because such files hold nothing that tells whose they are."""
    found = {path.name: sha256(read_file(path, inside=(path.parent,), largest=LARGEST)).hexdigest() for path in paths}
    journal = Journal(result.journal)
    try:
        journal.record(found)
    finally:
        journal.close()


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
    paths = combine(
        parts, result.output, f"{title}{ending}-print-run", records_policy(result), wrapping=wrapping, split=split
    )
    _remember(result, paths)
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
        pack(members, paths[-1], records_policy(result), below=result.output)
    _remember(result, paths)
    return tuple(shown_path(path) for path in paths)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and read_file(path, inside=(path.parent,)) == data
    except (OSError, UnsafeError):
        return False

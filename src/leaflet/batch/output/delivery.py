"""Delivery of a batch: manifest, index page, print run and archive beside its leaflets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field

from leaflet.batch.output.index_page import index_page
from leaflet.batch.output.manifest import manifest_csv, manifest_json
from leaflet.batch.output.split import Split
from leaflet.batch.output.thumbnails import draw_thumbnails
from leaflet.batch.output.zip_archive import pack
from leaflet.batch.plan.file_names import record_names
from leaflet.batch.run.job_engine import usable_cores
from leaflet.batch.run.journal import Journal
from leaflet.batch.run.result import BatchResult
from leaflet.errors import LeafletError, Problem, UnsafeError
from leaflet.files import OverwritePolicy, output_policy, read_file, write_together
from leaflet.model.output_format import SUFFIXES, OutputFormat
from leaflet.pipeline import written_by_leaflet

LARGEST = 8_000_000_000
"""In bytes, of a print run or an archive."""


class DeliveryOptions(Struct, frozen=True, kw_only=True):
    """The files that a batch delivers beside its leaflets."""

    title: str
    """The title of the index page, and the name of print run and archive."""
    combine: bool = False
    """True for one PDF of all sheets for the print run."""
    separators: bool = False
    """With ``combine``: a sheet with its name before each variant."""
    job_marks: bool = False
    """With ``combine``: its name in a strip below each sheet."""
    archive: bool = False
    """True for a ZIP archive of all files."""
    split: Split | None = None
    """The most that one file of the print run or of the archive holds."""
    thumbnails: bool = True
    """True where the index page shows pictures."""
    seconds: bool = False
    """True where the manifest holds the time that each leaflet took, which differs every time."""
    workers: int = field(default_factory=usable_cores)
    """The processes that draw thumbnails."""

    def check(self, address: str | None) -> None:
        """Refuse options that contradict each other; ``address`` is where the leaflets go, if not into a folder.

        Raises:
            LeafletError: they do.
        """
        if (self.separators or self.job_marks) and not self.combine:
            message = "--separators and --job-marks belong to a print run"
            raise LeafletError(Problem(message=message, hint="add --combine"))
        if address is not None and (self.combine or self.archive):
            message = "--combine and --zip need the leaflets here, not at an address"
            raise LeafletError(Problem(message=message, hint="leave --to out, or combine them where they are"))


class Delivered(Struct, frozen=True, kw_only=True):
    """The files that were delivered beside the leaflets; no print run or archive is an empty tuple."""

    records: tuple[Path, ...]
    """The manifests and the index page."""
    print_run: tuple[Path, ...] = ()
    archives: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """All files in the order in which they were written."""
        return (*self.records, *self.print_run, *self.archives)


def deliver(result: BatchResult, options: DeliveryOptions) -> Delivered:
    """Write manifest and index page and, if ``options`` ask for them, the print run and the archive.

    Raises:
        LeafletError: options contradict each other; then nothing is written. Or the print run or the archive cannot be
            made because a variant is missing or has no PDF; manifest and index page are written in any case.
    """
    options.check(result.address)
    records = _write_records(result, options)
    if (options.combine or options.archive) and not result.complete:
        raise LeafletError("the print run and the archive are made only when every variant is there")
    print_run = _write_print_run(result, options) if options.combine else ()
    archives = _write_archives(result, options) if options.archive else ()
    return Delivered(records=records, print_run=print_run, archives=archives)


def _write_records(result: BatchResult, options: DeliveryOptions) -> tuple[Path, ...]:
    """Write manifest and index page, unless they have these contents already."""
    json_name, csv_name, page_name = record_names(result.ending)
    contents = {
        json_name: manifest_json(result, seconds=options.seconds),
        csv_name: manifest_csv(result),
        page_name: index_page(result, options.title, manifest=json_name, pictures=_thumbnails(result, options)),
    }
    changed = {name: data for name, data in contents.items() if not _holds(result.output / name, data)}
    write_together(result.output, changed, _policy(result))
    return tuple(result.output / name for name in contents)


def _policy(result: BatchResult) -> OverwritePolicy:
    """Return the files that may be replaced: those that leaflet wrote, by their content or by the journal."""
    recognised = written_by_leaflet("")

    def is_own(name: str, data: bytes) -> bool:
        return recognised(name, data) or result.recorded.get(name) == sha256(data).hexdigest()

    return output_policy(result.workspace, result.inputs, is_own)


def _record(result: BatchResult, paths: Iterable[Path]) -> None:
    """Note files in the journal whose content does not show that leaflet wrote them."""
    found = {path.name: sha256(read_file(path, inside=(path.parent,), largest=LARGEST)).hexdigest() for path in paths}
    journal = Journal(result.journal)
    try:
        journal.record(found)
    finally:
        journal.close()


def _thumbnails(result: BatchResult, options: DeliveryOptions) -> Mapping[str, str]:
    if not options.thumbnails:
        return {}
    return draw_thumbnails(result, result.output / f"thumbnails{result.ending}", workers=options.workers)


def _write_print_run(result: BatchResult, options: DeliveryOptions) -> tuple[Path, ...]:
    """Write all sheets, or all panels if no sheets were built."""
    from leaflet.batch.output.print_run import PrintRunLabels, PrintRunPart, combine

    formats = {kind for job in result.jobs for kind in job.variant.choices.formats}
    kind = next((kind for kind in (OutputFormat.SHEET, OutputFormat.PDF) if kind in formats), None)
    if kind is None:
        raise LeafletError(Problem(message="there is no PDF to combine", hint="add --format sheet"))
    parts = [
        PrintRunPart(
            title=job.name,
            path=result.output / f"{job.name}{SUFFIXES[kind]}",
            facts=tuple(sorted(job.variant.choices.fields.items())),
        )
        for job in result.jobs
    ]
    labels = PrintRunLabels(separators=options.separators, marks=options.job_marks)
    stem = f"{options.title}{result.ending}-print-run"
    paths = combine(parts, result.output, stem, _policy(result), labels=labels, split=options.split)
    _record(result, paths)
    return paths


def _write_archives(result: BatchResult, options: DeliveryOptions) -> tuple[Path, ...]:
    """Write all leaflets; the first archive also holds the manifest and the index page with its pictures."""
    ending, split = result.ending, options.split
    pictures = sorted((result.output / f"thumbnails{ending}").glob("*.webp"))
    records = [result.output / name for name in record_names(ending)]
    archives: list[list[Path]] = [[*records, *pictures]]
    variants = size = 0
    for job in result.jobs:
        files = result.outcomes[job.name].files
        more = sum(file.size for file in files)
        if split and variants and split.is_full(variants=variants + 1, size=size + more):
            archives.append([])
            variants = size = 0
        archives[-1] += [result.output / file.name for file in files]
        variants, size = variants + 1, size + more
    paths = []
    for number, members in enumerate(archives, start=1):
        name = f"{options.title}{ending}-{number}.zip" if split else f"{options.title}{ending}.zip"
        paths.append(result.output / name)
        pack(members, paths[-1], _policy(result), below=result.output)
    _record(result, paths)
    return tuple(paths)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and read_file(path, inside=(path.parent,)) == data
    except (OSError, UnsafeError):
        return False

"""The speed of a batch, beside what a user might pick instead, and on a run where nothing changed.

    python benchmarks/batch.py loop [VARIANTS]     leaflet batch and its rivals, in one process and in two, in turns
                                                   (default 200: a print run, over which starting is spread)
    python benchmarks/batch.py growth [VARIANTS]   seconds for each leaflet and memory as a worker goes on
    python benchmarks/batch.py workers [VARIANTS]  the processor's time of a leaflet by the number of workers, up to 16
    python benchmarks/batch.py unchanged [N]       a second run over N variants of which none changed (default 10,000)

The leaflet has six panels, some 900 words and ten references; a line of its cover and its back panel change. Every
contestant writes tagged PDFs of the panels. Rivals that are not installed are left out, and that is said.
"""

from __future__ import annotations

import multiprocessing
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import rivals
from rivals import values

from leaflet.batch import (
    BatchOptions,
    Job,
    MakeEngine,
    Outcome,
    OutputFile,
    PlanOverrides,
    Status,
    local_processes,
    plan_for,
    run_batch,
)
from leaflet.model.output_format import OutputFormat

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "ms-beta-interferon"
DAY = date(2026, 1, 1)
ROUNDS = 3
COUNTS = (1, 2, 4, 8, 16)
"""The numbers of workers that are compared."""
FRONT = (
    (r"audience: [^\n]*", "audience: For people with MS at {{ clinic.name }}"),
    (r"    phone: 01632 960 123", "    name: Riverside\n    phone: 01632 960 123"),
    (r"csl: apa", "csl: american-medical-association"),
    (r"cite:\n.*?access: none", "cite:\n  show: false"),
    (r"further-reading:\n.*?contact:", "contact:"),
    (
        r"bibliography: ms-beta-interferon.bib",
        "bibliography: [ms-beta-interferon.bib, reading-a-map.bib]\n"
        'nocite: ["@snow1855", "@committee1855", "@chave1958", "@tufte1997"]',
    ),
)
"""Changes of the sample's front matter: a field on the cover, and four more references."""


def table(folder: Path, variants: int, checkout: Path = REPOSITORY) -> Path:
    """Return the samples of ``checkout`` with one more, whose cover and back only differ from row to row of a table."""
    shutil.copytree(checkout / "source", folder / "source")
    text = (folder / "source" / f"{SAMPLE}.md").read_text()
    front, body = text.split("\n---\n", 1)
    for old, new in FRONT:
        front = re.sub(old, new, front, flags=re.DOTALL)
    body = body.replace("{{ clinic.phone }}", "01632 960 123").replace("{{ clinic.hours }}", "Monday to Friday")
    (folder / "source" / "leaflet.md").write_text(f"{front}\n---\n{body}")
    rows = (values(number) for number in range(variants))
    lines = [f"c{row['name'][-6:]},{row['name']},{row['phone']},{row['hours']}\n" for row in rows]
    (folder / "clinics.csv").write_text(f"id,clinic.name,clinic.phone,clinic.hours\n{''.join(lines)}")
    return folder


def batch(root: Path, workers: int, formats: Sequence[OutputFormat], make: MakeEngine = local_processes) -> float:
    """Seconds that a batch takes, from the plan to the last file."""
    start = perf_counter()
    data = root / "clinics.csv"
    overrides = PlanOverrides(data=data, formats=tuple(formats), allow_overflow=True)
    plan = plan_for(root / "source" / "leaflet.md", overrides)
    options = BatchOptions(workers=workers, keep_going=True)
    result = run_batch(plan, options, today=DAY, make_engine=make)
    if not result.complete:
        sys.exit(f"{len(result.failed)} variants failed: {next(iter(result.outcomes.values())).problems}")
    return perf_counter() - start


def template(root: Path) -> str:
    """The leaflet's own print page, set where it fits, with placeholders for its fields."""
    from leaflet.html import PrintPages
    from leaflet.panels.render import page_rules
    from leaflet.pipeline import Choices
    from leaflet.pipeline.cite_source import cite_source
    from leaflet.weasy import font_css

    marks = {key: f"value of {key}" for key in values(0)}
    fields = {f"clinic.{key}": mark for key, mark in marks.items()}
    cited, _ = cite_source(root / "source" / "leaflet.md", Choices(fields=fields), today=DAY)
    pages = PrintPages.of(
        cited.document, cited.citations, cited.layout, cited.style, font_css=font_css(), workspace=cited.workspace
    )
    page = pages.page(pages.arranged(0))
    rules = f":root {{ --fit: {page.scale} }} {page_rules(cited.layout)}"
    html = page.complete.replace("</head>", f"<style>{rules}</style></head>", 1)
    escaped = html.replace("{{", "{{ '{{' }}")
    for key, mark in marks.items():
        escaped = escaped.replace(mark, f"{{{{ {key} }}}}")
    return escaped


def in_processes(make: rivals.Contestant, root: Path, variants: int, workers: int) -> float:
    """Seconds that a rival takes, with its processes started, as a batch's are."""
    start = perf_counter()
    parts = [range(first, variants, workers) for first in range(workers)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        list(pool.map(partial(make, root), parts))
    return perf_counter() - start


def contestants() -> dict[str, rivals.Contestant]:
    """The rivals that are there, by the name to print."""
    found: dict[str, rivals.Contestant] = {"plain loop": rivals.plain_loop}
    if rivals.pandoc_program():
        found["pandoc and WeasyPrint"] = rivals.pandoc
    else:
        say("pandoc is not installed: left out")
    if rivals.has_typst():
        found |= {"Typst, afresh": rivals.typst_afresh, "Typst, one compiler": rivals.typst_kept}
    else:
        say("the package typst is not installed: left out")
    return found


def loop(variants: int) -> None:
    """Print seconds for each leaflet and ratios; all take turns, so that a busy machine slows all alike."""
    with tempfile.TemporaryDirectory() as folder:
        root = table(Path(folder) / "rivals", variants)
        (root / "page.html").write_text(template(root))
        (root / "source" / "leaflet.typ").write_text(rivals.typst_source((root / "source" / "leaflet.md").read_text()))
        found = contestants()
        for workers in (1, 2):
            ours: list[float] = []
            theirs: dict[str, list[float]] = {name: [] for name in found}
            for number in range(ROUNDS):
                ours.append(batch(table(Path(folder) / f"b{workers}-{number}", variants), workers, (OutputFormat.PDF,)))
                for name, make in found.items():
                    # Pandoc takes seconds for each leaflet: a few of them tell as much.
                    count = max(2, variants // 10) if name.startswith("pandoc") else variants
                    theirs[name].append(in_processes(make, root, count, workers) / count * variants)
            say(f"{workers} process(es): leaflet batch {median(ours) / variants * 1000:.0f} ms a leaflet")
            for name, times in theirs.items():
                ratio = median(their / our for their, our in zip(times, ours, strict=True))
                say(f"  {name}: {median(times) / variants * 1000:.0f} ms, {ratio:.2f} times as long")


def growth(variants: int) -> None:
    """Print the processor's milliseconds for each leaflet, and the memory, as one process makes more and more."""
    from leaflet.pipeline import Choices, compose

    with tempfile.TemporaryDirectory() as folder:
        source = table(Path(folder) / "workspace", 0) / "source" / "leaflet.md"
        spent = process_time()
        for number in range(1, variants + 1):
            fields = {f"clinic.{key}": value for key, value in values(number).items()}
            compose(source, Choices(fields=fields, formats=("pdf",), allow_overflow=True), today=DAY)
            if number % max(1, variants // 10) == 0:
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                say(f"{number}: {(process_time() - spent) / number * 1000:.0f} ms each, {memory:.0f} MB at most")


def workers(variants: int) -> None:
    """Print the processor's milliseconds for each leaflet, with those of all processes, by the number of workers.

    Work is counted, not time: so it shows what 16 cores would have to do although fewer are here.
    """
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            root = table(Path(folder) / str(count), variants)
            before = _spent()
            batch(root, count, (OutputFormat.PDF,))
            spent = _spent() - before
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            say(f"{count} workers: {spent / variants * 1000:.0f} ms each, {spent:.1f} s in all, {most:.0f} MB at most")


def _spent() -> float:
    """Return the processor's seconds of this process and of all that it started and that have ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Instant:
    """Engine that writes a small file for each job at once, so that only the batch's own work is measured."""

    def close(self) -> None:
        """Do nothing."""

    def submit(self, job: Job) -> Future[Outcome]:
        """Pretend to build a job."""
        path = job.output / f"{job.name}.bib"
        path.parent.mkdir(exist_ok=True)
        data = job.name.encode()
        path.write_bytes(data)
        source = job.variant.source.relative_to(job.variant.source.parents[1]).as_posix()
        file = OutputFile(
            name=path.name, size=len(data), sha256=sha256(data).hexdigest(), modified=path.stat().st_mtime_ns
        )
        future: Future[Outcome] = Future()
        inputs = ((source, sha256(job.variant.source.read_bytes()).hexdigest()),)
        outcome = Outcome(
            name=job.name, status=Status.BUILT, files=(file,), inputs=inputs, shared=job.shared, own=job.own
        )
        future.set_result(outcome)
        return future


def unchanged(variants: int) -> None:
    """Print how long it takes to find that nothing is to be done, and what the journal costs."""
    with tempfile.TemporaryDirectory() as folder:
        root = table(Path(folder) / "workspace", variants)
        first = batch(root, 2, (OutputFormat.BIB,), lambda _: Instant())
        second = batch(root, 2, (OutputFormat.BIB,))
        journal = (root / "output" / ".leaflet-journal.sqlite").stat().st_size
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(f"{variants} variants planned and recorded: {first:.2f} s, {first / variants * 1000:.3f} ms each")
        say(f"nothing changed: {second:.2f} s; journal {journal / variants:.0f} bytes each; parent {memory:.0f} MB")


def say(text: str) -> None:
    """Print one line of results."""
    print(text, flush=True)


if __name__ == "__main__":
    what, count = (sys.argv[1:2] or ["loop"])[0], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if what == "unchanged":
        unchanged(count or 10_000)
    elif what == "growth":
        growth(count or 1_000)
    elif what == "workers":
        workers(count or 160)
    else:
        loop(count or 200)

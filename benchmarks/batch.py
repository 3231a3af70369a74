"""How fast a batch is: beside a plain Jinja2 and WeasyPrint loop, and on a run where nothing changed.

    python benchmarks/batch.py loop [VARIANTS]     leaflet batch and a plain loop, in one process and in two, in turns
    python benchmarks/batch.py unchanged [N]       a second run over N variants of which none changed (default 10,000)

The plain loop gets the HTML that leaflet made, with Jinja2 placeholders for the fields, and lays each variant out once
with its fonts ready. It does not read Markdown, cite, search for the fit, impose a sheet or write atomically.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from leaflet.batch.ask import Wishes, plan_for
from leaflet.batch.run import Options, run_batch
from leaflet.batch.worker import Job, Outcome, OutputFile, Status, WatchedWorkspace
from leaflet.batch.workers import MakeExecutor, local_processes

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "ms-beta-interferon"
DAY = date(2026, 1, 1)
ROUNDS = 3
PHONE, HOURS = "01632 960 123", "Monday to Friday, 9 am to 5 pm"


def workspace(folder: Path, variants: int) -> Path:
    """A copy of the sample with a table of clinics."""
    shutil.copytree(REPOSITORY / "source", folder / "source")
    rows = "".join(f"c{number:06d},01632 {number:06d},Open on day {number % 7}\n" for number in range(variants))
    (folder / "clinics.csv").write_text(f"id,clinic.phone,clinic.hours\n{rows}")
    return folder


def batch(root: Path, workers: int, formats: Sequence[str], make: MakeExecutor = local_processes) -> float:
    """Seconds that a batch takes, from the plan to the last file."""
    start = perf_counter()
    data = root / "clinics.csv"
    plan = plan_for(root / "source" / f"{SAMPLE}.md", Wishes(data=data, formats=tuple(formats), allow_overflow=True))
    options = Options(workers=workers, keep_going=True)
    result = run_batch(plan, options, today=DAY, on_event=lambda _: None, make_executor=make)
    if not result.complete:
        sys.exit(f"{len(result.failed)} variants failed: {next(iter(result.outcomes.values())).problems}")
    return perf_counter() - start


def template(root: Path) -> str:
    """The sample's own print page with placeholders for its fields."""
    from leaflet.build import Choices
    from leaflet.build.pipeline import cite_source
    from leaflet.html import render_print
    from leaflet.pdf import font_css
    from leaflet.pdf.render import page_rules

    cited, _ = cite_source(root / "source" / f"{SAMPLE}.md", Choices(), today=DAY)
    page = render_print(
        cited.document, cited.citations, cited.layout, cited.style, font_css=font_css(), workspace=cited.workspace
    )
    page = page.replace("</head>", f"<style>{page_rules(cited.layout)}</style></head>", 1)
    escaped = page.replace("{{", "{{ '{{' }}")
    return escaped.replace(PHONE, "{{ phone }}").replace(HOURS, "{{ hours }}")


def plain_part(root: Path, source: str, numbers: Sequence[int]) -> int:
    """What a user would write: fill the template and print it, one variant after another."""
    from jinja2 import Environment

    from leaflet.pdf.engine import bundled_fonts, weasyprint
    from leaflet.pdf.fetch import WorkspaceFetcher
    from leaflet.source import open_workspace

    compiled = Environment(autoescape=True).from_string(source)
    fetcher = WorkspaceFetcher(open_workspace(root))
    base = fetcher.address(root / "source")
    fonts = bundled_fonts()
    for number in numbers:
        text = compiled.render(phone=f"01632 {number:06d}", hours=f"Open on day {number % 7}")
        page = weasyprint.HTML(string=text, base_url=base, url_fetcher=fetcher)
        page.write_pdf(root / f"plain-{number}.pdf", font_config=fonts, pdf_variant="pdf/ua-1")
    return len(numbers)


def plain(root: Path, source: str, variants: int, workers: int) -> float:
    """Seconds that the plain loop takes, with its processes started, as a batch's are."""
    start = perf_counter()
    parts = [range(first, variants, workers) for first in range(workers)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        list(pool.map(partial(plain_part, root, source), parts))
    return perf_counter() - start


def loop(variants: int) -> None:
    """Print the seconds for each variant and the ratios, both ways in turns so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder:
        source = template(workspace(Path(folder) / "plain", variants))
        for workers in (1, 2):
            ratios = []
            for number in range(ROUNDS):
                ours = batch(workspace(Path(folder) / f"b{workers}-{number}", variants), workers, ("sheet", "pdf"))
                theirs = plain(Path(folder) / "plain", source, variants, workers)
                ratios.append(theirs / ours)
                say(
                    f"{workers} process(es): batch {ours / variants:.3f} s, plain loop {theirs / variants:.3f} s a leaflet"
                )
            say(f"{workers} process(es): the plain loop takes {sorted(ratios)[ROUNDS // 2]:.2f} times as long (median)")


class Instant(Executor):
    """Writes a small file for each job at once, so that only the batch's own work is measured."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:  # noqa: ARG002
        """Pretend to build the job that is the first argument."""
        job: Job = arguments[0]
        path = job.output / f"{job.name}.bib"
        path.parent.mkdir(exist_ok=True)
        data = job.name.encode()
        path.write_bytes(data)
        source = WatchedWorkspace(root=job.source.parents[1], shipped=REPOSITORY).name_of(job.source)
        file = OutputFile(
            name=path.name, size=len(data), sha256=sha256(data).hexdigest(), modified=path.stat().st_mtime_ns
        )
        future: Future[Outcome] = Future()
        inputs = ((source, sha256(job.source.read_bytes()).hexdigest()),)
        future.set_result(Outcome(name=job.name, status=Status.BUILT, files=(file,), inputs=inputs))
        return future


def unchanged(variants: int) -> None:
    """Print how long it takes to find that nothing is to be done, and what the journal costs."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "workspace", variants)
        first = batch(root, 2, ("bib",), lambda _: Instant())
        second = batch(root, 2, ("bib",))
        journal = (root / "output" / ".leaflet-journal.sqlite").stat().st_size
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(f"{variants} variants planned and recorded: {first:.2f} s, {first / variants * 1000:.3f} ms each")
        say(f"nothing changed: {second:.2f} s; journal {journal / variants:.0f} bytes each; parent {memory:.0f} MB")


def say(text: str) -> None:
    """Print one line of results."""
    print(text, flush=True)  # noqa: T201 - a benchmark prints


if __name__ == "__main__":
    what, count = (sys.argv[1:2] or ["loop"])[0], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if what == "unchanged":
        unchanged(count or 10_000)
    else:
        loop(count or 20)

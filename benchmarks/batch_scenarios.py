"""Rows of seven kinds of batches: the processor's milliseconds of each, beside WeasyPrint alone on the same page.

    python benchmarks/batch_scenarios.py [ROWS] [SCENARIO...]     default 20 rows of every scenario

Each scenario has a text that fits at its own size, and one whose scale is searched for. One process builds all rows, as a
worker of a batch does, after two rows that are not counted. The plain loop gets the finished HTML of every row, at the scale
that fits, with parsed CSS fonts ready: it need not read, cite or search. Both take turns and write tagged PDFs of the panels.
"""

from __future__ import annotations

import gc
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from leaflet.model.print_page import PrintPage
from leaflet.panels.render import page_rules
from leaflet.pipeline import Choices, Session, compose_cited
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.panel_layout import lay_out
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.fetch import WorkspaceFetcher
from leaflet.weasy.font_configuration import BundledFonts

REPOSITORY = Path(__file__).resolve().parents[1]
DAY = date(2026, 1, 1)
WARM = 2
PLAIN = 3
"""Of how many rows one is printed by the plain loop as well."""
SHORT_ENOUGH = (
    (r"further-reading:\n.*?contact:", "contact:"),
    (r"cite:\n.*?access: none", "cite:\n  show: false"),
)
"""Parts of the sample that are taken out, so that it fits at its own size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A variant to build."""

    source: Path
    fields: dict[str, str]
    layout: str | None = None


@dataclass(slots=True, kw_only=True)
class Times:
    """Times of rows, in milliseconds of the processor."""

    ours: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    layouts: list[int] = field(default_factory=list)
    scales: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        ours, plain = median(self.ours), median(self.plain)
        return (
            f"{ours:5.0f} ms, plain loop {plain:5.0f} ms, {plain / ours:4.1f} times; "
            f"layouts {median(self.layouts):g}, scale {min(self.scales):.2f}"
        )


Rows = Callable[[Path, int, bool], Iterator[Row]]
"""Makes the rows of a scenario in a folder; the last tells whether the text is to fit at its own size."""


def sample(folder: Path, *, fits: bool, front: str = "", body: Sequence[tuple[str, str]] = ()) -> Path:
    """Write the sample with other fields in ``folder``; each of ``body`` is a text of it and what becomes of that."""
    text = (REPOSITORY / "source" / "ms-beta-interferon.md").read_text()
    head, rest = text.split("\n---\n", 1)
    for old, new in SHORT_ENOUGH if fits else ():
        head = re.sub(old, new, head, flags=re.DOTALL)
    head = re.sub(r"fields:\n.*", "", head, flags=re.DOTALL) + front
    rest = rest.replace("{{ clinic.phone }}", "01632 960 123").replace("{{ clinic.hours }}", "Monday to Friday")
    for old, new in body:
        if old not in rest and old not in head:
            sys.exit(f"the sample has no longer {old!r}")
        rest, head = rest.replace(old, new), head.replace(old, new)
    head = head.replace("{{ clinic.phone }}", "{{ phone }}").replace("{{ clinic.hours }}", "{{ hours }}")
    path = folder / "source" / "leaflet.md"
    path.write_text(f"{head}\n---\n{rest}")
    return path


def values(number: int) -> dict[str, str]:
    """Return what differs from row to row; names differ in length too."""
    return {
        "name": f"{('Hill', 'Riverside', 'Old Market Street')[number % 3]} clinic {number}",
        "phone": f"01632 960 {number:03d}",
        "hours": f"Open on day {number % 7}",
        "kind": ("child", "adult")[number % 2],
    }


FIELDS = 'fields: {name: "", phone: "", hours: "", kind: ""}'
COVER = ("For people with MS, their families and carers", "For people with MS at {{ name }}")


def cover_and_back(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Fields on the cover and the back."""
    source = sample(folder, fits=fits, front=FIELDS, body=[COVER])
    yield from (Row(source=source, fields=values(number)) for number in range(count))


def running_text(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Fields in text that flows over the inside panels."""
    body = [("Each nerve fibre has", "At {{ name }} you learn this ({{ hours }}): each nerve fibre has")]
    source = sample(folder, fits=fits, front=FIELDS, body=body)
    yield from (Row(source=source, fields={**values(number), "phone": "01632"}) for number in range(count))


def everywhere(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Fields on every panel."""
    body = [
        COVER,
        ("**MS damages nerves.**", "**{{ name }}:**"),
        ("Each nerve fibre has", "At {{ name }}: each nerve fibre has"),
        ("Some had the drug", "({{ hours }}.) Some had the drug"),
        ("That is one article, from 2019.", "That is one article, from 2019 ({{ phone }})."),
    ]
    source = sample(folder, fits=fits, front=FIELDS, body=body)
    yield from (Row(source=source, fields=values(number)) for number in range(count))


def conditional(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Blocks that are there in every second row, and move the text after them."""
    block = "\n::: {if=\"kind == 'child'\"}\nChildren have a nurse of their own, who visits schools.\n:::\n"
    body = [
        ("## Three types of MS", f"{block}\n## Three types of MS"),
        ("## Side effects", f"{block}\n## Side effects"),
    ]
    source = sample(folder, fits=fits, front=FIELDS, body=body)
    yield from (Row(source=source, fields={**values(number), "phone": "01632"}) for number in range(count))


def citations(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Other citations, and so other lists of references."""
    keys = ("chave1958", "tufte1997", "snow1855")
    blocks = "\n".join(f"::: {{if=\"hours == '{key}'\"}}\nSee also [@{key}].\n:::\n" for key in keys)
    bibliography = ("bibliography: ms-beta-interferon.bib", "bibliography: [ms-beta-interferon.bib, reading-a-map.bib]")
    body = [("## Side effects", f"{blocks}\n## Side effects"), bibliography]
    source = sample(folder, fits=fits, front=FIELDS, body=body)
    for number in range(count):
        yield Row(source=source, fields={**values(number), "hours": keys[number % len(keys)]})


def pictures(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Another picture and another QR code in each row."""
    for number in range(count):
        drawing = (folder / "source" / "images" / "myelin.svg").read_text()
        (folder / "source" / "images" / f"p{number}.svg").write_text(
            drawing.replace("#", "#", 1) + f"<!-- {number} -->"
        )
    body = [
        ("images/myelin.svg", "images/{{ hours }}.svg"),
        ("https://example.org/rhl-014", "https://example.org/{{ kind }}"),
    ]
    source = sample(folder, fits=fits, front=FIELDS, body=body)
    for number in range(count):
        yield Row(source=source, fields={**values(number), "hours": f"p{number}", "kind": f"c{number}"})


def languages(folder: Path, count: int, fits: bool) -> Iterator[Row]:
    """Several languages and layouts, each of which comes again after the others."""
    sources = [folder / "source" / "languages" / f"hands-{name}.md" for name in ("de", "cy")]
    layouts = ("trifold-a4", "handout-a4") if fits else ("flyer-dl", "trifold-a4")
    rows = [Row(source=source, fields={}, layout=layout) for source in sources for layout in layouts]
    for number in range(count):
        yield rows[number % len(rows)]


SCENARIOS: dict[str, Rows] = {
    "cover and back": cover_and_back,
    "running text": running_text,
    "every panel": everywhere,
    "conditions": conditional,
    "citations": citations,
    "pictures": pictures,
    "languages": languages,
}


def complete(cited: CitedDocument, page: PrintPage, scale: float) -> str:
    """Return the finished HTML of a row."""
    rules = f":root {{ --fit: {scale} }} {page_rules(cited.layout)}"
    return page.complete.replace("</head>", f"<style>{rules}</style></head>", 1)


def plain(cited: CitedDocument, page: PrintPage, scale: float, fonts: BundledFonts) -> float:
    """Return what WeasyPrint alone takes for the page of a row."""
    html, fetcher = complete(cited, page, scale), WorkspaceFetcher(cited.workspace)
    started = process_time()
    made = weasyprint.HTML(string=html, base_url=fetcher.address(cited.folder), url_fetcher=fetcher)
    made.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
    return (process_time() - started) * 1000


def measured(rows: Sequence[Row]) -> Times:
    """Build all rows in one session, and print some by the plain loop too."""
    session, times, fonts = Session(), Times(), BundledFonts(isolated=True)
    for number, row in enumerate(rows):
        choices = Choices(fields=row.fields, formats=("pdf",), layout=row.layout, allow_overflow=True)
        started = process_time()
        cited, problems = cite_source(row.source, choices, today=DAY, session=session)
        made = compose_cited(cited, problems, row.source, choices, today=DAY, session=session)
        spent = (process_time() - started) * 1000
        if number == WARM - 1:
            gc.collect()
            gc.freeze()
        if number < WARM or made.fit is None:
            continue
        times.ours.append(spent)
        times.layouts.append(made.fit.trials)
        times.scales.append(made.fit.scale)
        if number % PLAIN == WARM:
            _, panels, _ = lay_out(cited, choices, session)
            if panels.page is not None:
                times.plain.append(plain(cited, panels.page, panels.fit.scale, fonts))
    return times


def main(rows: int, names: Sequence[str]) -> None:
    """Print one line for each scenario and text."""
    for name in names:
        for fits in (True, False):
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                shutil.copytree(REPOSITORY / "source", folder / "source")
                made = list(SCENARIOS[name](folder, rows + WARM, fits))
                print(f"{name:15} {'fits' if fits else 'searched':9} {measured(made)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2:] or list(SCENARIOS))

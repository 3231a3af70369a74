"""Time, memory and pages of long documents: 12,000, 40,000 and 100,000 words, made by chance from a fixed seed.

    python benchmarks/long_documents.py [--words N …] [--layouts NAME …] [--style NAME] [--keep FOLDER]

Each document has chapters with headings, paragraphs of all lengths, lists, tables, figures, formulas, footnotes and
citations. Each
is built in a process of its own, within the budget that leaflet has without options. One row for each: seconds of the
processor, the largest memory, seconds for a thousand words, pages, how full they are on average, how many of them are
less than half full and which, and how many end with a heading. ``--keep`` leaves sources and PDF files in a folder.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypedDict

from msgspec.structs import replace

if TYPE_CHECKING:
    from leaflet.weasy import PageMeasure

WORDS = (12_000, 40_000, 100_000)
LAYOUTS = ("handout-a4", "handout-large-a4")
CHAPTER = 1_600
"""Words of a chapter."""
SECTION = 380
"""Words of a section of it."""
SOURCES = 60
HALF = 0.5
SEED = 20_261_130

NOUNS = (
    "archive bridge catalogue charity clinic coast collection committee copy council date doctor edition family ferry "
    "garden harbour hospital index journey kitchen landlord letter library list map market meeting museum neighbour "
    "notebook nurse page parish patient path photograph reader record river road room school season shelf shop street "
    "student teacher theatre town trail valley village visitor volunteer walk winter workshop"
).split()
VERBS = (
    "asked began brought carried changed checked chose closed counted described explained found gave helped joined kept "
    "left lent made measured met moved named needed opened ordered planned printed put read remembered repaired sent "
    "showed sorted started stopped taught told tried used visited waited walked wrote"
).split()
QUALITIES = (
    "careful central cheap clear common early eastern empty familiar final first free full general good green heavy "
    "important large late local long narrow new northern old open ordinary plain public quiet rare regular second "
    "several short simple small southern steady thorough usual warm western whole wide young"
).split()
JOINING = "and because but so that when where which while although before after until".split()
FORMULAS = (
    r"\bar{x} = \frac{1}{n} \sum_{i=1}^{n} x_i",
    r"x_{1,2} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{pmatrix} x \\ y \end{pmatrix}",
)
PLACES = "in at near behind beside below above outside along across towards without for from with".split()


class Figures(TypedDict):
    """The figures of one build; ``half`` are the numbers of the pages that are less than half full."""

    words: int
    seconds: float
    megabytes: float
    pages: int
    fill: float
    half: list[int]
    lone: int


class Writer:
    """Sentences and blocks of Markdown by chance; the same seed gives the same text."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.notes = 0
        self.figures = 0

    def _phrase(self) -> str:
        article = self._random.choice(("the", "the", "a", "this", "each", "every"))
        quality = f"{self._random.choice(QUALITIES)} " if self._random.random() < 0.5 else ""
        return f"{article} {quality}{self._random.choice(NOUNS)}".replace("a a", "an a").replace("a e", "an e")

    def _clause(self) -> str:
        end = f" {self._random.choice(PLACES)} {self._phrase()}" if self._random.random() < 0.7 else ""
        return f"{self._phrase()} {self._random.choice(VERBS)} {self._phrase()}{end}"

    def sentence(self) -> str:
        """Return a sentence of 6 to 40 words; one of eight cites."""
        clauses = [self._clause()]
        while self._random.random() < 0.42 and len(clauses) < 4:
            clauses.append(f"{self._random.choice(JOINING)} {self._clause()}")
        text = ", ".join(clauses) if len(clauses) > 2 else " ".join(clauses)
        cites = f" [@source{self._random.randrange(SOURCES)}]" if self._random.random() < 0.12 else ""
        return f"{text[0].upper()}{text[1:]}{cites}."

    def paragraph(self, words: int) -> str:
        """Return a paragraph of about ``words`` words; one of nine has a footnote."""
        sentences: list[str] = []
        while sum(len(sentence.split()) for sentence in sentences) < words:
            sentences.append(self.sentence())
        text = " ".join(sentences)
        if self._random.random() < 0.11:
            self.notes += 1
            return f"{text}[^n{self.notes}]\n\n[^n{self.notes}]: {self.sentence()}\n"
        return text + "\n"

    def heading(self) -> str:
        """Return a heading of two to eight words."""
        text = (
            self._phrase()
            if self._random.random() < 0.6
            else f"{self._phrase()} {self._random.choice(PLACES)} {self._phrase()}"
        )
        return text[0].upper() + text[1:]

    def _list(self) -> str:
        mark = self._random.choice(("- ", "- ", "1. "))
        items = [f"{mark}{self._clause()}" for _ in range(self._random.randint(3, 9))]
        return f"{self._clause().capitalize()}:\n\n" + "\n".join(items) + "\n"

    def _table(self) -> str:
        columns, rows = self._random.choice((2, 3, 3, 4, 5)), self._random.randint(3, 14)
        lines = [" | ".join(self._random.choice(NOUNS).capitalize() for _ in range(columns))]
        lines.append(" | ".join(["---"] * columns))
        for _ in range(rows):
            cells = [self._random.choice(NOUNS).capitalize()]
            cells += [
                str(self._random.randint(1, 900)) if self._random.random() < 0.4 else self._phrase()
                for _ in range(columns - 1)
            ]
            lines.append(" | ".join(cells))
        return "\n".join(f"| {line} |" for line in lines) + f"\n\nTable: {self.heading()}\n"

    def _figure(self) -> str:
        self.figures += 1
        shape = self._random.choice(("wide", "square", "tall"))
        return f'![{self.sentence()}]({shape}.svg){{alt="A drawing of {self._phrase()}."}}\n'

    def _block(self) -> str:
        kind = self._random.random()
        if kind < 0.1:
            return self._list()
        if kind < 0.14:
            return self._table()
        if kind < 0.18:
            return self._figure()
        if kind < 0.22:
            return f"{self._clause().capitalize()}:\n\n$$\n{self._random.choice(FORMULAS)}\n$$\n"
        length = self._random.choice((18, 35, 60, 60, 90, 120, 180))
        return self.paragraph(length)

    def chapter(self) -> Iterator[str]:
        """Yield the blocks of a chapter: an opening, then sections."""
        yield f"## {self.heading()}\n"
        yield self.paragraph(60)
        words = 0
        while words < CHAPTER:
            yield f"### {self.heading()}\n"
            section = 0
            while section < SECTION:
                block = self._block()
                section += len(block.split())
                yield block
            words += section

    def leaflet(self, words: int) -> str:
        """Return the text of a leaflet of about ``words`` words: sections of about 80 words."""
        parts, count = [], 0
        while count < words:
            parts.append(f"## {self.heading()}\n")
            section = 0
            while section < 80:
                block = self._block() if section else self.paragraph(40)
                section += len(block.split())
                parts.append(block)
            count += section
        return "\n".join(parts)

    def document(self, words: int) -> str:
        """Return a source of about ``words`` words."""
        parts = [FRONT_MATTER.format(words=f"{words:,}")]
        count = 0
        while count < words:
            for block in self.chapter():
                parts.append(block)
                count += len(block.split())
        return "\n".join(parts)


FRONT_MATTER = """---
title: A long document of {words} words
subtitle: Made to measure time, memory and pages
author: Ada Example
publisher: Example Library
date: 2026-11-30
lang: en-GB
bibliography: sources.bib
csl: apa
contact:
  heading: Ask us
  phone: 01632 960 100
  email: library@example.org
---
"""
DRAWINGS = {"wide": (160, 60), "square": (100, 100), "tall": (60, 90)}


def write_sources(folder: Path, sizes: list[int]) -> dict[int, Path]:
    """Write the documents, their bibliography and their drawings to ``folder``; return the documents by their size."""
    random = Random(SEED)
    entries = [
        f"@article{{source{number},\n author = {{{random.choice(NOUNS).capitalize()}, {chr(65 + number % 26)}.}},\n"
        f" title = {{The {random.choice(QUALITIES)} {random.choice(NOUNS)}}},\n"
        f" journal = {{Journal of the {random.choice(NOUNS).capitalize()}}},\n"
        f" year = {{{1990 + number % 35}}},\n volume = {{{number + 1}}},\n pages = {{{number * 3 + 1}--{number * 3 + 9}}}\n}}"
        for number in range(SOURCES)
    ]
    (folder / "sources.bib").write_text("\n\n".join(entries), encoding="utf-8")
    for name, (width, height) in DRAWINGS.items():
        drawing = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<rect width="{width}" height="{height}" fill="#dde8ec"/>'
            f'<circle cx="{width / 2}" cy="{height / 2}" r="{height / 3}" fill="#0b4d6b"/></svg>'
        )
        (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")
    written = {}
    for size in sizes:
        written[size] = folder / f"long-{size}.md"
        written[size].write_text(Writer(SEED).document(size), encoding="utf-8")
    return written


def build(source: Path, layout: str, style: str) -> Figures:
    """Build one document here and return its figures; for a process of its own."""
    from datetime import date

    from leaflet.budget import Budget, within
    from leaflet.design import load_panel_plan
    from leaflet.panels.page_cost import ends_with_heading
    from leaflet.pipeline import Choices, Session, cite_source
    from leaflet.pipeline.make_files import make_print_files

    day, session = date(2026, 11, 30), Session()
    choices = Choices(layout=layout, style=style, formats=("pdf",))
    with within(Budget().for_size(source.stat().st_size)):
        cited, _ = cite_source(source, choices, today=day, session=session)
        files, panels = make_print_files(cited, choices, today=day, session=session)
    source.with_suffix(f".{layout}.pdf").write_bytes(files["pdf"])
    pages, columns = panels.measures, load_panel_plan(cited.layout, cited.workspace.roots).columns
    fills = [fill_of(page, columns) for page in pages[:-1]]
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "words": len(source.read_text(encoding="utf-8").split()),
        "seconds": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / 1024,
        "pages": len(pages),
        "fill": sum(fills) / max(1, len(fills)),
        "half": [number for number, fill in enumerate(fills, 1) if fill < HALF],
        "lone": sum(map(ends_with_heading, pages)),
    }


def fill_of(page: PageMeasure, columns: int) -> float:
    """Return the share of the columns' height that is taken, without white between what is in a column."""
    from leaflet.panels.page_cost import inked

    left, width = page.content.left, (page.content.right - page.content.left) / columns
    strips = [(left + place * width, left + (place + 1) * width) for place in range(columns)]
    fills = [
        inked(
            replace(
                page,
                pieces=tuple(
                    piece for piece in page.pieces if piece.area.left < right - 1 and piece.area.right > start + 1
                ),
            )
        )
        for start, right in strips
    ]
    return sum(fills) / len(fills)


def row_of(words: int, layout: str, figures: Figures) -> str:
    """Return the figures of one document as a line."""
    half = figures["half"]
    named = f" (pages {', '.join(map(str, half[:12]))})" if half else ""
    return (
        f"{layout:18}{words:8,} words {figures['pages']:5.0f} pages {figures['seconds']:7.1f} s "
        f"{figures['seconds'] / figures['words'] * 1000:6.2f} s/1,000 {figures['megabytes']:6.0f} MB "
        f"full {figures['fill']:4.0%}, under half {len(half)}{named}, headings alone {figures['lone']:.0f}"
    )


def main() -> None:
    """Build everything and print the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", nargs="*", type=int, default=list(WORDS))
    parser.add_argument("--layouts", nargs="*", default=list(LAYOUTS))
    parser.add_argument("--style", default="clinic")
    parser.add_argument("--keep", type=Path, help="leave sources and PDF files in this folder")
    parser.add_argument("--one", nargs=2, metavar=("SOURCE", "LAYOUT"), help="build one document and print its figures")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(build(Path(options.one[0]), options.one[1], options.style)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for words, source in write_sources(folder, options.words).items():
            for layout in options.layouts:
                command = [sys.executable, __file__, "--one", str(source), layout, "--style", options.style]
                done = subprocess.run(command, check=False, capture_output=True, text=True)
                if done.returncode:
                    print(f"{layout:18}{words:8,} words: {done.stderr.strip().splitlines()[-1]}", flush=True)
                else:
                    print(row_of(words, layout, json.loads(done.stdout)), flush=True)


if __name__ == "__main__":
    main()

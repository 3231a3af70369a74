"""Growth of the time that a leaflet takes with the length of what it holds: ``python benchmarks/growth.py [NAME ...]``.

Each construct is built to a PDF and a web page at one, ten and a hundred times a size, or as often as leaflet allows, in forks
of a process that has loaded leaflet. The last column compares the growth from the second to the third with n log n, less the
time of an empty leaflet: 1 is n log n, and what is far beyond 1 is worse. The rows of ``docs/hardening.md`` are replaced.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY / "tests" / "hostile"))

from corpus import Ended, Runner  # noqa: E402
from hostile_inputs import FRONT, Content, Input  # noqa: E402

PAGE = REPOSITORY / "docs" / "hardening.md"
GROWTH = "\n## Growth\n\n"
OPENING = """Processor time of a build to a PDF and a web page, at one, ten and a hundred times a size or as far as the bound
of the construct (`benchmarks/growth.py`). The last column is the growth from the second to the third by that of n log n,
without the time of an empty leaflet.

| Construct | 1 × | 10 × | 100 × | Bound | Time | | | Memory | By n log n |
|---|---|---|---|---|---|---|---|---|---|
"""
NOISE = 0.3
"""Seconds by which times on a busy machine differ anyway; growth below them says nothing."""
SENTENCE = "Wash your hands with soap and water for as long as it takes to sing a song twice. "
Make = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Construct:
    """Something that a source may hold many times."""

    name: str
    size: int
    body: Make
    files: Callable[[int], Mapping[str, Content]] = lambda _: {}
    front: str = ""
    most: int | None = None
    """The count at which leaflet's bound is reached."""

    @property
    def counts(self) -> tuple[int, int, int]:
        """The numbers of times that it is tried."""
        one, ten, hundred = (min(self.size * factor, self.most or sys.maxsize) for factor in (1, 10, 100))
        return one, ten, hundred


def _bib(count: int) -> Mapping[str, Content]:
    entries = (
        f"@book{{k{i}, title={{Title {i}}}, author={{Name{i}, Given}}, year={1900 + i % 100}, publisher={{P}}}}\n"
        for i in range(count)
    )
    return {"source/a.bib": "".join(entries)}


def _table(rows: int) -> str:
    return "| a | b | c |\n|---|---|---|\n" + "| some words | more of them | 17 |\n" * rows


CONSTRUCTS = (
    Construct(name="paragraphs", size=4, body=lambda n: (SENTENCE * 4 + "\n\n") * n),
    Construct(name="sentences of one paragraph", size=10, body=lambda n: SENTENCE * n),
    Construct(name="letters of one word", size=50, most=5_000, body=lambda n: "a" * n),
    Construct(name="underscores in a row", size=100, body=lambda n: f"a{'_' * n}b"),
    Construct(name="brackets in a row", size=100, body=lambda n: f"a{'[' * n}b"),
    Construct(name="backticks in a row", size=100, body=lambda n: f"a{'`' * n}b"),
    Construct(name="openings of code", size=100, most=2000, body=lambda n: "`a " * n),
    Construct(name="openings of emphasis", size=100, body=lambda n: "*a _b " * n),
    Construct(name="openings of links", size=100, body=lambda n: "[a](" * n),
    Construct(name="openings of formulas", size=100, body=lambda n: "$a " * n),
    Construct(name="emphasised words", size=20, most=500, body=lambda n: "*a* **b** " * n),
    Construct(name="links", size=10, most=1000, body=lambda n: "[words](https://example.org/) " * n),
    Construct(name="headings", size=3, body=lambda n: "".join(f"## Heading {i}\n\nWords.\n\n" for i in range(n))),
    Construct(name="items of a list", size=10, body=lambda n: "- some words\n" * n),
    Construct(name="levels of quotes", size=1, most=38, body=lambda n: "> " * n + "a"),
    Construct(name="rows of a table", size=5, body=_table),
    Construct(name="tables", size=2, body=lambda n: (_table(2) + "\n\n") * n),
    Construct(name="callouts", size=2, body=lambda n: "::: {.note}\nSome words.\n:::\n\n" * n),
    Construct(name="lines of code", size=10, body=lambda n: "```\n" + "print(1)\n" * n + "```\n"),
    Construct(name="formulas", size=2, body=lambda n: "".join(f"$a_{i}^2+b$ " for i in range(n))),
    Construct(name="footnotes of one paragraph", size=3, body=lambda n: "word^[A note.] " * n),
    Construct(name="paragraphs with a footnote", size=2, body=lambda n: (SENTENCE + "^[A note.]\n\n") * n),
    Construct(
        name="citations of one book",
        size=5,
        body=lambda n: "[@k0] " * n,
        files=lambda _: _bib(1),
        front="bibliography: a.bib\n",
    ),
    Construct(
        name="cited books",
        size=3,
        body=lambda n: " ".join(f"[@k{i}]" for i in range(n)),
        files=_bib,
        front="bibliography: a.bib\n",
    ),
    Construct(name="books of a library", size=20, body=lambda _: "[@k0]", files=_bib, front="bibliography: a.bib\n"),
    Construct(
        name="cross-references", size=10, most=1000, body=lambda n: "## A part {#sec-a}\n\n" + "See @sec-a. " * n
    ),
    Construct(name="elements of HTML", size=10, body=lambda n: "<p><b>some</b> words</p>\n\n" * n),
    Construct(name="emoji", size=10, most=1000, body=lambda n: ":smile: " * n),
    Construct(name="fields", size=10, most=1000, body=lambda n: "{{ who }} " * n, front="fields:\n  who: a name\n"),
    Construct(
        name="shapes of a drawing",
        size=20,
        body=lambda _: "![a](a.svg)",
        files=lambda n: {
            "source/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
            + '<rect width="1" height="1"/>' * n
            + "</svg>"
        },
    ),
    Construct(
        name="rules of CSS",
        size=20,
        body=lambda _: "Words.",
        files=lambda n: {"source/own.css": "".join(f".c{i} p{{color:red}}" for i in range(n))},
        front="css: own.css\n",
    ),
)


def measured(runner: Runner, construct: Construct, count: int) -> Ended:
    """Build a construct ``count`` times."""
    source = f"{FRONT}{construct.front}---\n\n## Part\n\n{construct.body(count)}\n"
    files = {"source/x.md": source, **construct.files(count)}
    return runner.run(Input(kind="growth", name=construct.name, files=files), 9)


def row(construct: Construct, ends: Sequence[Ended], empty: float) -> str:
    """Return the row of a construct in the table."""
    refused = [end for end in ends if end.code]
    if refused:
        sys.exit(f"{construct.name}: {refused[0].message}")
    _, ten, hundred = construct.counts
    _, before, after = (max(end.seconds - empty, NOISE) for end in ends)
    expected = hundred * math.log(hundred) / (ten * math.log(ten))
    counts = " | ".join(f"{count:,}" for count in (*construct.counts, *([construct.most] if construct.most else [])))
    counts += "" if construct.most else " |"
    times = " | ".join(f"{end.seconds:.1f} s" for end in ends)
    return f"| {construct.name} | {counts} | {times} | {ends[-1].megabytes:.0f} MB | {after / before / expected:.1f} |"


def rows_of(page: str) -> dict[str, str]:
    """Return the rows of the table in ``page``, by the name of the construct."""
    lines = [line for line in page.partition(GROWTH)[2].splitlines() if line.startswith("| ")]
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines[1:]}


def main() -> None:
    """Measure all constructs, or those that are named, and replace their rows in the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these constructs")
    given = parser.parse_args()
    runner = Runner(patience=3_600)
    nothing = Construct(name="nothing", size=1, body=lambda _: "Words.")
    empty = min(measured(runner, nothing, 1).seconds for _ in range(3))
    for construct in CONSTRUCTS:
        if not given.names or construct.name in given.names:
            line = row(construct, [measured(runner, construct, count) for count in construct.counts], empty)
            print(line, flush=True)
            page = PAGE.read_text(encoding="utf-8")
            rows = {**rows_of(page), construct.name: line}
            listed = [rows[each.name] for each in CONSTRUCTS if each.name in rows]
            PAGE.write_text(page.partition(GROWTH)[0] + GROWTH + OPENING + "\n".join(listed) + "\n", encoding="utf-8")
    runner.close()


if __name__ == "__main__":
    main()

"""Times a check: of the six-panel sample beyond its build, and of a workspace of 200 leaflets.

    python benchmarks/checks_speed.py sample
    python benchmarks/checks_speed.py workspace [--leaflets N] [--jobs N] [--keep FOLDER]

``sample`` builds and checks the sample in turns with one session, and prints the shortest processor time of each and their
difference. ``workspace`` writes leaflets of 200 to 600 words by chance from a fixed seed, in five layouts and three styles,
with lists, tables, notes, drawings and citations, and times one `leaflet check` of all of them.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from long_documents import NOUNS, QUALITIES, Writer, write_sources

from leaflet.clock import build_day
from leaflet.pipeline import Choices, Session, check_leaflet, compose
from leaflet.source import open_workspace

REPOSITORY = Path(__file__).parents[1]
SAMPLE = REPOSITORY / "source" / "ms-beta-interferon.md"
ROUNDS = 7
LAYOUTS = {"trifold-a4": 220, "handout-a4": 500, "booklet-a5": 500, "z-fold-a4": 200, "half-fold-a4": 260}
"""The layouts of the workspace's leaflets, with the words that each holds."""
STYLES = ("clinic", "editorial", "clear")
LARGE_PRINT = ("handout-a4", "booklet-a5")
"""The layouts that have space for the style "clear", which is set in 15 points."""
FRONT_MATTER = """---
title: The {quality} {noun}, number {number}
author: Ada Example
publisher: Example Library
date: 2026-05-12
next-review: 2029-05
version: "1.{number}"
code: EL-{number:03}
url: https://example.org/el-{number:03}
lang: en-GB
layout: {layout}
style: {style}
bibliography: sources.bib
contact: {{phone: 01632 960 100}}
---

"""


def sample() -> None:
    """Print the processor time of a build of everything, and of a check, both warm."""
    session, workspace, day = Session(), open_workspace(SAMPLE), build_day()
    builds, checks = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        compose(SAMPLE, Choices(), today=day, workspace=workspace, session=session)
        builds.append(time.process_time() - start)
        start = time.process_time()
        check_leaflet(SAMPLE, Choices(), today=day, workspace=workspace, session=session, select=("health",))
        checks.append(time.process_time() - start)
    build, check = min(builds), min(checks)
    print(f"{SAMPLE.stem}: build {build:.2f} s, check {check:.2f} s, beyond the build {check - build:.2f} s")


def write_workspace(folder: Path, leaflets: int) -> list[Path]:
    """Write the leaflets of the workspace, and return them."""
    source = folder / "source"
    source.mkdir(parents=True)
    (folder / "leaflet.toml").write_text('[check]\nselect = ["health"]\n', encoding="utf-8")
    write_sources(source, [])
    written = []
    for number in range(leaflets):
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        style = STYLES[number % (len(STYLES) if layout in LARGE_PRINT else len(STYLES) - 1)]
        noun, quality = NOUNS[number % len(NOUNS)], QUALITIES[number // len(NOUNS)]
        text = FRONT_MATTER.format(number=number, layout=layout, style=style, noun=noun, quality=quality)
        path = source / f"leaflet-{number:03}.md"
        path.write_text(text + Writer(number).leaflet(LAYOUTS[layout]), encoding="utf-8")
        written.append(path)
    return written


def workspace(folder: Path, leaflets: int, jobs: int) -> None:
    """Print how long one check of a workspace takes."""
    paths = write_workspace(folder, leaflets)
    command = [sys.executable, "-m", "leaflet", "check", "-j", str(jobs), *map(str, paths)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    passed = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    (folder / "report.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    counts = next((line for line in reversed(done.stdout.splitlines()) if " in " in line), done.stderr[-500:])
    print(
        f"{leaflets} leaflets, {jobs} processes: {passed:.1f} s; processor {used.ru_utime + used.ru_stime:.1f} s; {counts}"
    )


def main() -> None:
    """Run what the command line names."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("what", choices=("sample", "workspace"))
    options.add_argument("--leaflets", type=int, default=200)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    if given.what == "sample":
        sample()
    elif given.keep:
        workspace(given.keep, given.leaflets, given.jobs)
    else:
        with tempfile.TemporaryDirectory() as folder:
            workspace(Path(folder), given.leaflets, given.jobs)


if __name__ == "__main__":
    main()

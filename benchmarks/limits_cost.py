"""Cost of limits and checks for an honest build, in pairs: ``python benchmarks/limits_cost.py [SOURCE] [--rounds N]``.

Two ratios. The first is of a build in one process with all checks and one without: the watch over time and memory, the way
from folder to folder to each file, depth and size of CSS and SVG, and the look for bombs in pictures. The second is of the
command ``leaflet build`` and the same without the process that supervises it and the system's limits. Times are the
processor's; with and without take turns, and the median of the ratios of neighbours is printed with its quartiles.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from shutil import copytree
from statistics import quantiles
from time import process_time

from leaflet import budget
from leaflet.design import css_nesting, css_variables
from leaflet.files import nesting, opening
from leaflet.pipeline import Choices, Session, compose
from leaflet.weasy import fetch

REPOSITORY = Path(__file__).resolve().parents[1]
DAY = date(2026, 1, 1)
UNWATCHED = "import sys; sys.argv = ['leaflet', *sys.argv[1:]]; from leaflet.cli import group; group.main(standalone_mode=False)"
SUPERVISED = "import sys; sys.argv = ['leaflet', *sys.argv[1:]]; from leaflet.cli import main; main()"


def _nothing(*given: object) -> None:  # noqa: ARG001
    return None


def _no_reasons(*given: object) -> tuple[()]:  # noqa: ARG001
    return ()


def _one_folder(real: Path, *given: object) -> Path:  # noqa: ARG001
    return real.parent


def _opened(folder: Path, real: Path) -> int:  # noqa: ARG001
    return os.open(real, os.O_RDONLY)


CHECKS: tuple[tuple[object, Callable[..., object]], ...] = (
    (budget.within, lambda _: nullcontext()),
    (opening._folder_around, _one_folder),
    (opening._open_below, _opened),
    (nesting.line_too_deep, _nothing),
    (css_nesting.nesting_problem, _nothing),
    (css_variables._too_large, _no_reasons),
    (fetch._refuse_bombs, _nothing),
)
"""Functions that only check, and what takes their place in a build without checks."""


@contextmanager
def without_checks() -> Iterator[None]:
    """Replace all checks, wherever a module has their names."""
    before: list[tuple[object, str, object]] = []
    for name, module in list(sys.modules.items()):
        if name.startswith("leaflet"):
            for check, instead in CHECKS:
                for key in [key for key, value in vars(module).items() if value is check]:
                    before.append((module, key, check))
                    setattr(module, key, instead)
    try:
        yield
    finally:
        for module, key, check in before:
            setattr(module, key, check)


def built(source: Path) -> tuple[float, dict[str, bytes]]:
    """Return the seconds of a build in a session of its own, and its files."""
    begun = process_time()
    with budget.within(budget.Budget()):
        files = dict(compose(source, Choices(allow_overflow=True), today=DAY, session=Session()).files)
    return process_time() - begun, files


def commanded(code: str, source: Path) -> float:
    """Return the seconds of a command and its children."""
    before = getrusage(RUSAGE_CHILDREN)
    command = [sys.executable, "-c", code, "build", source.name, "--quiet", "--force", "--allow-overflow"]
    subprocess.run(command, cwd=source.parent, check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def say(what: str, ratios: list[float]) -> None:
    """Print the median and the quartiles of ratios."""
    low, middle, high = quantiles(ratios, n=4)
    print(
        f"{what}: {100 * (middle - 1):+.1f} % (quartiles {100 * (low - 1):+.1f} to {100 * (high - 1):+.1f} %)",
        flush=True,
    )


def main() -> None:
    """Measure both ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", default="ms-beta-interferon.md", help="a sample of source/")
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copytree(REPOSITORY / "source", Path(folder) / "source")
        source = Path(folder) / "source" / given.source
        built(source)  # loads all modules
        ratios = []
        for _ in range(given.rounds):
            with_checks, files = built(source)
            with without_checks():
                bare, same = built(source)
            assert files == same, "a build without checks made other files"
            ratios.append(with_checks / bare)
        say("checks in the process", ratios)
        ratios = [commanded(SUPERVISED, source) / commanded(UNWATCHED, source) for _ in range(given.rounds)]
        say("supervision of the command", ratios)


if __name__ == "__main__":
    main()

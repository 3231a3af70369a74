"""Times of this checkout and of another, measured in turns on commands that users run.

    python benchmarks/against.py OTHER [--rounds N] [--rows N] [--scenario NAME …]

OTHER is the folder of the other checkout, such as a worktree of an earlier commit. Both run under this Python, by the
command line, on copies of OTHER's samples, and take turns within each round, the first of a round changing, so that a busy
machine slows both alike. Printed are the processor's seconds, with those of all processes that were started: the least and
the median of each side, and both ratios, below 1 where this checkout is quicker.

Scenarios: ``import`` and ``help``; ``cold NAME``, the first build of a sample; ``again``, the build of a sample of which
nothing changed; ``batch 1`` and ``batch 2``, all rows of a table in so many processes.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from batch import table

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLES = ("ms-beta-interferon", "washing-hands", "languages/hands-zh")
LEAFLET = ("-m", "leaflet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two checkouts, with a workspace of its own."""

    checkout: Path
    workspace: Path

    def seconds(self, arguments: list[str]) -> float:
        """Run Python with ``arguments`` and return the processor's seconds."""
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": str(self.checkout / "src"),
            "PYTHONPYCACHEPREFIX": str(self.workspace / "byte-code"),  # as an installed package has it
            "SOURCE_DATE_EPOCH": "1763769600",
        }
        before = _spent()
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.workspace, env=environment, capture_output=True, check=False
        )
        if done.returncode:
            sys.exit(f"{self.checkout}: {' '.join(arguments)}\n{done.stderr.decode()}")
        return _spent() - before

    def clear(self) -> None:
        """Remove what was built."""
        shutil.rmtree(self.workspace / "output", ignore_errors=True)


Scenario = Callable[[Side], float]


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cold(sample: str) -> Scenario:
    def build(side: Side) -> float:
        side.clear()
        return side.seconds([*LEAFLET, "build", f"source/{sample}.md"])

    return build


def _again(side: Side) -> float:
    build = [*LEAFLET, "build", f"source/{SAMPLES[0]}.md"]
    side.seconds(build)
    return side.seconds(build)


def _batch(processes: int) -> Scenario:
    def build(side: Side) -> float:
        side.clear()
        options = ["--data", "clinics.csv", "--format", "pdf", "-j", str(processes), "--allow-overflow", "--keep-going"]
        return side.seconds([*LEAFLET, "batch", "source/leaflet.md", *options])

    return build


def scenarios() -> Iterator[tuple[str, Scenario]]:
    """Yield all scenarios by name."""
    yield "import", lambda side: side.seconds(["-c", "import leaflet"])
    yield "help", lambda side: side.seconds([*LEAFLET, "--help"])
    for sample in SAMPLES:
        yield f"cold {sample}", _cold(sample)
    yield "again", _again
    for processes in (1, 2):
        yield f"batch {processes}", _batch(processes)


def main() -> None:
    """Run all rounds and print a line for each scenario."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--scenario", action="append", help="default: all")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checkouts = {"other": chosen.other.resolve(), "this": REPOSITORY}
        sides = [
            Side(checkout=checkout, workspace=table(Path(folder) / name, chosen.rows, chosen.other.resolve()))
            for name, checkout in checkouts.items()
        ]
        print(f"{'':26} {'least':>7} {'other':>7} {'ratio':>6} {'median':>7} {'other':>7} {'ratio':>6}")
        for name, scenario in scenarios():
            if chosen.scenario and name not in chosen.scenario:
                continue
            for side in sides:
                scenario(side)  # so that both find their byte code and their fonts
            times: dict[Path, list[float]] = {side.checkout: [] for side in sides}
            for number in range(chosen.rounds):
                for side in sides if number % 2 else sides[::-1]:
                    times[side.checkout].append(scenario(side))
            other, this = (times[side.checkout] for side in sides)
            cells = [(min(this), min(other)), (median(this), median(other))]
            print(f"{name:26}", *(f"{one:7.2f} {two:7.2f} {one / two:6.2f}" for one, two in cells), flush=True)


if __name__ == "__main__":
    main()

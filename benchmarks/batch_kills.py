"""Batches that are killed again and again: SIGKILL of the parent or of a worker at random moments.

    python benchmarks/batch_kills.py [KILLS] [ROWS] [SEED]     default: 50 kills over 40 rows, seed 1

Each round starts the batch where the last left it and kills it at a random moment: the whole process group, the parent
alone, or one worker alone, in turns. When too little is left to be killed, the output is deleted and it begins again.
After every finished run all files are compared with those of an undisturbed run, byte for byte. It ends with 1 where
anything differs.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "ms-beta-interferon"
TARGETS = ("group", "parent", "worker")
COMMAND = ("batch", f"source/{SAMPLE}.md", "--data", "clinics.csv", "-j", "2", "--quiet")
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1763769600"}


def workspace(folder: Path, rows: int) -> Path:
    """A copy of the sample with a table of clinics."""
    shutil.copytree(REPOSITORY / "source", folder / "source")
    lines = "".join(f"c{number:04d},01632 {number:06d},Open on day {number % 7}\n" for number in range(rows))
    (folder / "clinics.csv").write_text(f"id,clinic.phone,clinic.hours\n{lines}")
    return folder


def start(root: Path, *more: str) -> subprocess.Popen[bytes]:
    """The batch in a process group of its own."""
    command = [sys.executable, "-m", "leaflet", *COMMAND, *more]
    return subprocess.Popen(command, cwd=root, env=ENVIRONMENT, start_new_session=True, stderr=subprocess.DEVNULL)


def finish(root: Path) -> None:
    """Let the batch end by itself, with everything that a print office would ask for."""
    if start(root, "--combine", "--zip").wait() != 0:
        sys.exit("a run that nobody disturbed failed")


def contents(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` but the journal, which knows times; the hidden ones as well, for none may be left."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".leaflet-journal")
    }


def workers_of(parent: int) -> list[int]:
    """The processes that the batch has started."""
    lists = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for found in lists for child in found.read_text().split()]


def strike(running: subprocess.Popen[bytes], target: str, chance: random.Random) -> bool:
    """Kill ``target``; whether there was anything to kill."""
    try:
        match target:
            case "group":
                os.killpg(running.pid, signal.SIGKILL)
            case "parent":
                os.kill(running.pid, signal.SIGKILL)
            case _:
                os.kill(chance.choice(workers_of(running.pid)), signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError, IndexError):
        return False
    return True


def main(kills: int, rows: int, seed: int) -> None:
    """Kill until it was done ``kills`` times, and compare."""
    chance = random.Random(seed)
    done: Counter[str] = Counter()
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        straight = workspace(Path(folder) / "straight", rows)
        began = time.monotonic()
        finish(straight)
        length = time.monotonic() - began
        expected = contents(straight / "output")
        say(f"undisturbed: {len(expected)} files in {length:.1f} s")
        root = workspace(Path(folder) / "killed", rows)
        while done.total() < kills:
            target = TARGETS[done.total() % len(TARGETS)]
            running = start(root)
            time.sleep(chance.uniform(0.2, length * 0.6))
            hit = running.poll() is None and strike(running, target, chance)
            if not hit or target == "worker":
                running.wait()
            done[target] += hit
            if running.returncode == 0 or done.total() == kills:
                finish(root)
                compared += 1
                differing = compare(expected, contents(root / "output"))
                if differing:
                    sys.exit(f"after {done.total()} kills (seed {seed}) these differ: {', '.join(differing)}")
                shutil.rmtree(root / "output")
            running.wait()
    say(f"{done.total()} kills ({dict(done)}), seed {seed}: {compared} finished runs, every file and byte equal")


def compare(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """The names of files that are missing, too many, or not the same."""
    return sorted(name for name in {**expected, **found} if expected.get(name) != found.get(name))


def say(text: str) -> None:
    """Print at once, also into a log."""
    print(text, flush=True)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [50, 40, 1][len(given) :]))

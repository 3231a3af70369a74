"""Batches that are interrupted: SIGKILL of all, the parent or a worker, SIGINT and SIGTERM, a full disk, and two at once.

    python benchmarks/batch_kills.py [KILLS] [ROWS] [SEED]     default: 50 kills over 40 rows, seed 1

Each round starts the batch where the last left it and kills it at a random moment: the whole process group, the parent
alone, or one worker alone, in turns. When too little is left to be killed, the output is deleted and it begins again.
After every finished run all files are compared with those of an undisturbed run, byte for byte. A quarter as many batches
are ended by SIGINT and by SIGTERM each, after which no hidden file but the journal may be left. It ends with 1 where
anything differs.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from build_kills import ENDS_WITHIN, small_disk

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "ms-beta-interferon"
TARGETS = ("group", "parent", "worker")
COMMAND = ("batch", f"source/{SAMPLE}.md", "--data", "clinics.csv", "-j", "2", "--quiet")
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1763769600", "PYTHONPATH": str(REPOSITORY / "src")}
BUSY = "another batch is writing"
"""Part of the message by which a second batch is refused."""


def workspace(folder: Path, rows: int) -> Path:
    """A copy of the sample with a table of clinics."""
    shutil.copytree(REPOSITORY / "source", folder / "source")
    lines = "".join(f"c{number:04d},01632 {number:06d},Open on day {number % 7}\n" for number in range(rows))
    (folder / "clinics.csv").write_text(f"id,clinic.phone,clinic.hours\n{lines}")
    return folder


def start(root: Path, *more: str) -> subprocess.Popen[str]:
    """The batch in a process group of its own."""
    command = [sys.executable, "-m", "leaflet", *COMMAND, *more]
    return subprocess.Popen(
        command, cwd=root, env=ENVIRONMENT, start_new_session=True, stderr=subprocess.PIPE, text=True
    )


def finish(root: Path) -> None:
    """Let the batch end by itself, with everything that a print office would ask for."""
    running = start(root, "--combine", "--zip")
    _, said = running.communicate()
    if running.returncode != 0:
        sys.exit(f"a run that nobody disturbed failed: {said}")


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


def strike(running: subprocess.Popen[str], target: str, chance: random.Random) -> bool:
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


def kill(root: Path, expected: dict[str, str], kills: int, length: float, chance: random.Random) -> None:
    """Kill batches, of which an undisturbed one takes ``length`` seconds, and compare what they have made."""
    done: Counter[str] = Counter()
    compared = 0
    while done.total() < kills:
        target = TARGETS[done.total() % len(TARGETS)]
        running = start(root)
        time.sleep(chance.uniform(0.2, length * 0.6))
        hit = running.poll() is None and strike(running, target, chance)
        if not hit or target == "worker":
            running.communicate()
        done[target] += hit
        if hit and done.total() % 20 == 0:
            say(f"{done.total()} of {kills} kills, {compared} finished runs compared")
        if running.returncode == 0 or done.total() == kills:
            finish(root)
            compared += 1
            differing = compare(expected, contents(root / "output"))
            if differing:
                sys.exit(f"after {done.total()} kills these differ: {', '.join(differing)}")
            shutil.rmtree(root / "output")
        if running.returncode is None:
            running.communicate()
    say(f"{done.total()} kills ({dict(done)}): {compared} finished runs, every file and byte equal")


def end(root: Path, expected: dict[str, str], number: signal.Signals, times: int, wait: Callable[[], float]) -> None:
    """End batches by a signal, look at what they leave, and compare once one has finished."""
    done, slowest = 0, 0.0
    while done < times:
        running = start(root)
        time.sleep(wait())
        if running.poll() is not None:
            running.communicate()
            shutil.rmtree(root / "output")
            continue
        done, sent = done + 1, time.monotonic()
        os.killpg(running.pid, number)
        _, said = running.communicate()
        slowest = max(slowest, time.monotonic() - sent)
        hidden = [name for name in contents(root / "output") if Path(name).name.startswith(".")]
        if hidden or "Traceback" in said:
            sys.exit(f"after {number.name} number {done}: {hidden} left over; it said: {said}")
    finish(root)
    if differing := compare(expected, contents(root / "output")):
        sys.exit(f"after {number.name} these differ: {', '.join(differing)}")
    shutil.rmtree(root / "output")
    slow = f", MORE than {ENDS_WITHIN:.0f} s" if slowest > ENDS_WITHIN else ""
    say(f"{number.name}: {done} batches ended within {slowest:.1f} s{slow}, and nothing was left over")


def two_at_once(root: Path, expected: dict[str, str]) -> None:
    """Run two batches over one output at the same time: one is made, the other is made after it or refused."""
    batches = [start(root, "--combine", "--zip") for _ in range(2)]
    said = [batch.communicate()[1] for batch in batches]
    codes = [batch.returncode for batch in batches]
    if 0 not in codes or any(code and BUSY not in text for code, text in zip(codes, said, strict=True)):
        sys.exit(f"two at once ended with {codes}: {said}")
    if differing := compare(expected, contents(root / "output")):
        sys.exit(f"after two at once these differ: {', '.join(differing)}")
    shutil.rmtree(root / "output")
    say(f"two at once ended with {codes}, every file and byte equal")


def on_a_full_disk(root: Path) -> None:
    """Run a batch on a disk on which there is room for none of its files."""
    with small_disk(root / "small") as mounted:
        if not mounted:
            say("full disk: not tried, because no tmpfs can be mounted here")
            return
        running = start(root, "--output", "small")
        _, said = running.communicate()
        if running.returncode == 0 or "Traceback" in said or not re.search("No space left|disk is full", said):
            sys.exit(f"full disk: it ended with {running.returncode}: {said}")
        left = contents(root / "small")
        torn = [name for name in left if Path(name).name.startswith(".") or name.endswith(".pdf")]
        if torn:
            sys.exit(f"full disk: {', '.join(torn)} left over")
    say("full disk: a message, and nothing left over")


def main(kills: int, rows: int, seed: int) -> None:
    """Kill and end batches, and compare."""
    chance = random.Random(seed)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets its commands in the background ignore it
    with tempfile.TemporaryDirectory() as folder:
        straight = workspace(Path(folder) / "straight", rows)
        began = time.monotonic()
        finish(straight)
        length = time.monotonic() - began
        expected = contents(straight / "output")
        say(f"undisturbed: {len(expected)} files in {length:.1f} s, seed {seed}")
        root = workspace(Path(folder) / "killed", rows)
        two_at_once(root, expected)
        on_a_full_disk(root)
        for number in (signal.SIGINT, signal.SIGTERM):
            end(root, expected, number, max(kills // 4, 1), lambda: chance.uniform(0.2, length * 0.6))
        kill(root, expected, kills, length, chance)


def compare(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """The names of files that are missing, too many, or not the same."""
    return sorted(name for name in {**expected, **found} if expected.get(name) != found.get(name))


def say(text: str) -> None:
    """Print at once, also into a log."""
    print(text, flush=True)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [50, 40, 1][len(given) :]))

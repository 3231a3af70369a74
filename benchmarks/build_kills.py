"""Builds that are interrupted: SIGKILL, SIGINT, SIGTERM and SIGHUP, a kill at every fsync and rename, a full disk, and two at once.

    python benchmarks/build_kills.py [KILLS] [SEED]     default: 200 kills at random moments, seed 1

After each kill every file in the output is whole: absent, or byte for byte that of an undisturbed build. After a signal by
which users end programs nothing is left over, and after a finished build nothing is left of the killed ones. strace kills at
single calls; the full disk is a small tmpfs. Where one of them cannot be had, that part is left out and said so. It ends
with 1 where anything differs.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCE = "source/x.md"
TEXT = """---
title: Washing your hands
lang: en-GB
layout: handout-a4
author: {given: Ann, family: Field}
bibliography: a.bib
---

## Why

Germs are on everything that many people touch [@a].

- Wet your hands.
- Use soap.
"""
BOOK = "@book{a, title = {Clean Hands}, author = {Brook, Ben}, year = 2019, publisher = {Hill}}\n"
DISK = "40k"
"""Of the small disk: room for some of the files."""
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1763769600", "PYTHONPATH": str(REPOSITORY / "src")}
CALLS = ("fsync", "rename")
ENDS_WITHIN = 1.0
"""Seconds in which a build ends that its user ends."""


def start(root: Path, *more: str, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start a build in a process group of its own, by the program ``before`` if there is one."""
    command = [*before, sys.executable, "-m", "leaflet", "build", SOURCE, "--quiet", "--force", *more]
    return subprocess.Popen(
        command,
        cwd=root,
        env=ENVIRONMENT,
        start_new_session=True,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def end(build: subprocess.Popen[str], number: signal.Signals) -> float:
    """Send a signal to the group of a build, and return the seconds until it has ended."""
    sent = time.monotonic()
    with suppress(ProcessLookupError):
        os.killpg(build.pid, number)
    build.communicate()
    return time.monotonic() - sent


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file below ``folder``, hidden ones too."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def torn(folder: Path, whole: dict[str, str]) -> list[str]:
    """Return the files with the name of a result whose content is another."""
    return [name for name, found in contents(folder).items() if name in whole and found != whole[name]]


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small disk; False where that is not allowed."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(folder)]
    mounted = shutil.which("mount") is not None and subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def killed(
    root: Path, whole: dict[str, str], kills: int, seconds: float, number: signal.Signals
) -> tuple[list[str], float]:
    """End ``kills`` builds by a signal, in the ``seconds`` that one takes; return what was wrong, and the slowest end."""
    wrong, slowest = [], 0.0
    count = 0
    while count < kills:
        build = start(root)
        time.sleep(random.random() * seconds)
        if build.poll() is not None:  # it was faster
            build.communicate()
            seconds *= 0.9
            continue
        count += 1
        took = end(build, number)
        slowest = max(slowest, took)
        wrong += [f"{number.name} {count}: {name} is torn" for name in torn(root / "output", whole)]
        if number is not signal.SIGKILL:
            left = [name for name in contents(root / "output") if name not in whole]
            wrong += [f"{number.name} {count}: {name} is left over" for name in left]
            wrong += [f"{number.name} {count}: it took {took:.1f} s to end"] if took > ENDS_WITHIN else []
        if count % 10 == 0 or count == kills:
            code = start(root).wait()
            wrong += (
                [f"{number.name} {count}: the next build differs"] if code or contents(root / "output") != whole else []
            )
            shutil.rmtree(root / "output")
    return wrong, slowest


def killed_at_calls(root: Path, whole: dict[str, str], call: str) -> list[str]:
    """Return what was wrong after builds that were killed at the first, the second and each further ``call``."""
    wrong: list[str] = []
    for number in itertools.count(1):
        inject = f"inject={call}:signal=SIGKILL:when={number}"
        build = start(root, before=("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject))
        build.communicate()
        if build.returncode == 0:
            wrong += [f"{call}: the build that nothing killed differs"] * (contents(root / "output") != whole)
            shutil.rmtree(root / "output")
            print(f"{call}: {number - 1} builds ended, {len(wrong)} things wrong", flush=True)
            return wrong
        wrong += [f"{call} {number}: {name} is torn" for name in torn(root / "output", whole)]
    return wrong


def two_at_once(root: Path, whole: dict[str, str]) -> list[str]:
    """Return what was wrong after two builds of one leaflet at the same time."""
    builds = [start(root), start(root)]
    said = [build.communicate()[1] for build in builds]
    wrong = [f"of two at once one said: {text}" for build, text in zip(builds, said, strict=True) if build.returncode]
    return wrong + ["two at once differ from one"] * (contents(root / "output") != whole)


def on_a_full_disk(root: Path) -> list[str]:
    """Return what was wrong on a disk that is too small."""
    with small_disk(root / "small") as mounted:
        if not mounted:
            print("full disk: not tried, because no tmpfs can be mounted here")
            return []
        build = start(root, "--output", "small")
        _, said = build.communicate()
        wrong = [f"full disk: {name} is there" for name in contents(root / "small")]
        wrong += ["full disk: it went well"] * (build.returncode != 1)
        return wrong + [f"full disk: {said}"] * ("No space left" not in said or "Traceback" in said)


def main() -> None:
    """Try everything, and say what was wrong."""
    kills, seed = (int(number) for number in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :]))
    random.seed(seed)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets its commands in the background ignore it
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "source").mkdir()
        (root / SOURCE).write_text(TEXT, encoding="utf-8")
        (root / "source/a.bib").write_text(BOOK, encoding="utf-8")
        (root / "leaflet.toml").touch()
        started = time.monotonic()
        start(root).wait()
        seconds, whole = time.monotonic() - started, contents(root / "output")
        wrong = two_at_once(root, whole)
        for number in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            count = kills if number is signal.SIGKILL else kills // 4
            found, slowest = killed(root, whole, count, seconds, number)
            print(f"{number.name}: {count} builds ended within {slowest:.2f} s, {len(found)} things wrong", flush=True)
            wrong += found
        if shutil.which("strace"):
            shutil.rmtree(root / "output", ignore_errors=True)
            wrong += [line for call in CALLS for line in killed_at_calls(root, whole, call)]
        else:
            print("kills at single calls: not tried, because there is no strace")
        wrong += on_a_full_disk(root)
    print("\n".join(wrong) or f"{len(whole)} files whole after everything")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

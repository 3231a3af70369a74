"""The time from a save to the picture in a real browser, and what it is made of.

    python benchmarks/preview.py [--saves N] [--booklet-saves N] [--hour]

Runs ``leaflet preview`` on a copy of the samples, opens it in the system's Chromium, and saves changed sources. "shown" ends when
the browser has decoded the new picture and put it into the page; "build" is the quick build in its process; "complete" is
when all files are made. ``--hour`` saves 500 times and prints memory and open files of all processes on the way.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copytree, which
from statistics import median

from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).parents[1]
CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
WORDS = "one two three four five six seven eight nine ten".split()
PAUSE = 2.0
"""Seconds between two saves."""


@contextmanager
def preview(folder: Path, source: str) -> Iterator[tuple[str, int, float]]:
    """Run the preview and yield its address, its process, and when the command was given."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "SOURCE_DATE_EPOCH": "1782000000"}
    given = time.monotonic()
    command = [sys.executable, "-m", "leaflet", "preview", source, "--no-open"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.pid, given
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def state(page: Page, name: str) -> str:
    return str(page.evaluate(f"document.documentElement.dataset.{name} ?? ''"))


def wait(page: Page, holds: str) -> float:
    """Wait until an expression holds, and return when it did."""
    while not page.evaluate(holds):
        time.sleep(0.004)
    return time.monotonic()


def complete(page: Page) -> None:
    wait(page, "document.documentElement.dataset.depth === 'full'")
    time.sleep(PAUSE)


def keys(page: Page) -> str:
    return str(
        page.evaluate("JSON.stringify([...document.querySelectorAll('.panels .page')].map(one => one.dataset.key))")
    )


def saves(page: Page, source: Path, count: int) -> tuple[list[float], list[float], list[float]]:
    """Save changed sources and return the seconds until each was shown, was built, and was complete."""
    text = source.read_text(encoding="utf-8")
    last = max(
        re.finditer(r"^[A-Z][^\n|!:{]{60,}$", text, re.MULTILINE), key=lambda found: found.start() < len(text) / 2
    )
    shown, built, whole = [], [], []
    for number in range(count):
        version = int(state(page, "shown"))
        before, words = keys(page), " ".join(WORDS[: 1 + number % len(WORDS)])
        changed = f"{text[: last.start()]}{words.capitalize()}. {text[last.start() :]}"
        started = time.monotonic()
        source.write_text(changed, encoding="utf-8")
        while keys(page) == before:
            time.sleep(0.004)
        shown.append(time.monotonic() - started)
        wait(page, f"document.documentElement.dataset.shown > {version}")
        built.append(float(state(page, "seconds")))
        whole.append(
            wait(
                page,
                f"document.documentElement.dataset.depth === 'full' && document.documentElement.dataset.shown > {version + 1}",
            )
            - started
        )
        time.sleep(PAUSE)
    source.write_text(text, encoding="utf-8")
    time.sleep(PAUSE)
    return shown, built, whole


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            if entry.name.isdecimal() and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found += family(int(entry.name))
    return found


def weights(pid: int) -> str:
    """Return memory and open files of all processes of a preview."""
    parts = []
    for one in family(pid):
        pages = int(Path(f"/proc/{one}/statm").read_text().split()[1])
        parts.append(f"{pages * 4096 / 1e6:.0f} MB {len(list(Path(f'/proc/{one}/fd').iterdir()))} files")
    return "; ".join(parts)


def milliseconds(name: str, times: list[float]) -> str:
    return f"{name} {median(times) * 1000:.0f} ({min(times) * 1000:.0f} to {max(times) * 1000:.0f})"


def booklet(folder: Path) -> str:
    """Write a booklet of sixteen pages, from the longer sample's text said several times."""
    text = (folder / "source" / "reading-a-map.md").read_text(encoding="utf-8")
    head, _, body = text.partition("\n---\n")
    head = re.sub(r"^layout:.*$", "layout: booklet-a5", head, flags=re.MULTILINE)
    body = re.sub(r"\{#[\w-]+([^}]*)\}", r"{\1}", body).replace("{panel=back}", "")
    paragraphs = [part for part in body.split("\n\n") if re.match(r"[A-Z][^\n|!:{\[]{60,}", part)]
    chapters = [f"## Part {number + 1}\n\n" + "\n\n".join(paragraphs) for number in range(9)]
    name = "source/booklet.md"
    (folder / name).write_text(f"{head}\n---\n\n" + "\n\n".join(chapters) + "\n", encoding="utf-8")
    return name


def measure(folder: Path, source: str, count: int, *, hour: bool = False) -> None:
    """Open a source, save it so many times, and print the times."""
    with preview(folder, source) as (address, pid, given), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1500, "height": 950})
        page.goto(address)
        first = wait(page, "document.documentElement.dataset.shown > 0") - given
        complete(page)
        pages = len(page.query_selector_all(".panels .page"))
        path = folder / source
        saves(page, path, 2)
        print(
            f"{path.stem}, {pages} pages: first picture {first * 1000:.0f} ms after the command, with the browser's start"
        )
        if hour:
            for hundred in range(6):
                print(f"  {hundred * 100} saves: {weights(pid)}", flush=True)
                if hundred < 5:
                    saves(page, path, 100)
        else:
            shown, built, whole = saves(page, path, count)
            print(
                f"  ms after a save: {milliseconds('shown', shown)}, of them {milliseconds('build', built)}; {milliseconds('complete', whole)}"
            )
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--saves", type=int, default=15)
    parser.add_argument("--booklet-saves", type=int, default=8)
    parser.add_argument("--hour", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "workspace"
        for kind in ("source", "layouts", "styles"):
            copytree(REPOSITORY / kind, folder / kind)
        measure(folder, "source/ms-beta-interferon.md", given.saves, hour=given.hour)
        if not given.hour and given.booklet_saves:
            measure(folder, booklet(folder), given.booklet_saves)


if __name__ == "__main__":
    main()

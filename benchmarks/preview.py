"""The time from a save to the picture in a real browser, and what it is made of.

    python benchmarks/preview.py [--saves N] [--booklet-saves N] [--hour]

Runs ``leaflet preview`` on a copy of the samples, opens it in the system's Chromium, and saves changed sources. "shown" ends when
the browser has decoded the new picture and put it into the page; "build" is the quick build in its process, "drawn" the time from
the news in the browser to the picture, and "noticed" the rest: the watch over the files and the way between the processes.
"typed" begins with the last key in the editor. "complete" is when all files are made. ``--hour`` saves 500 times and prints
memory and open files of all processes on the way.
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
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, which
from statistics import median

from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).parents[1]
CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
WORDS = "one two three four five six seven eight nine ten".split()
DATA = "document.documentElement.dataset"
PAUSE = 2.0
"""Seconds between two saves."""
SHORT_PAUSE = 0.5
"""Seconds between two of many saves."""


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
    return str(page.evaluate(f"{DATA}.{name} ?? ''"))


def wait(page: Page, holds: str) -> float:
    """Wait until an expression holds, and return when it did."""
    while not page.evaluate(holds):
        time.sleep(0.004)
    return time.monotonic()


def complete(page: Page) -> None:
    wait(page, f"{DATA}.depth === 'full'")
    time.sleep(PAUSE)


def keys(page: Page) -> str:
    return str(
        page.evaluate("JSON.stringify([...document.querySelectorAll('.panels .page')].map(one => one.dataset.key))")
    )


def save(page: Page, source: Path, text: str) -> Saved:
    """Save ``text`` and return what that took."""
    version, before = int(state(page, "shown")), keys(page)
    started = time.monotonic()
    source.write_text(text, encoding="utf-8")
    while keys(page) == before:
        time.sleep(0.004)
    shown = time.monotonic() - started
    wait(page, f"document.documentElement.dataset.shown > {version}")
    built, drawn = float(state(page, "seconds")), drawing(page)
    whole = wait(page, f"{DATA}.depth === 'full' && {DATA}.shown > {version + 1}") - started
    return Saved(shown=shown, built=built, drawn=drawn, complete=whole)


def saves(page: Page, source: Path, count: int) -> list[Saved]:
    """Save changed sources, then the first again, and return what each took."""
    text = source.read_text(encoding="utf-8")
    place = sentence(text)
    taken = []
    for number in range(count):
        words = " ".join(WORDS[: 1 + number % len(WORDS)])
        taken.append(save(page, source, f"{text[:place]}{words.capitalize()}. {text[place:]}"))
        time.sleep(PAUSE)
    source.write_text(text, encoding="utf-8")
    time.sleep(PAUSE)
    return taken


def typing(page: Page, source: Path, count: int) -> list[float]:
    """Type words in the editor and return the seconds from the last key of each to its picture."""
    text = source.read_text(encoding="utf-8")
    line = text[: sentence(text)].count("\n") + 1
    page.click("#write-button")
    page.wait_for_selector(".cm-content")
    page.click(f'.block[data-line="{line}"]')
    page.wait_for_timeout(500)
    page.keyboard.press("End")
    taken = []
    for word in WORDS[:count]:
        version, before = int(state(page, "shown")), keys(page)
        page.keyboard.type(f" {word}")
        started = time.monotonic()
        while keys(page) == before:
            time.sleep(0.004)
        taken.append(time.monotonic() - started)
        wait(page, f"{DATA}.shown > {version + 1}")
        complete(page)
    return taken


def sentence(text: str) -> int:
    """Return where a paragraph begins, the last in the first half of ``text``."""
    return max(
        (found.start() for found in re.finditer(r"^[A-Z][^\n|!:{]{60,}$", text, re.MULTILINE)),
        key=lambda start: (start < len(text) / 2, start),
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Seconds that one save took: until it was shown, of them the build and the drawing, and until all files were made."""

    shown: float
    built: float
    drawn: float
    complete: float


def drawing(page: Page) -> float:
    """Return the seconds from the last news in the browser to its picture."""
    marks = "['received', 'shown'].map(name => performance.getEntriesByName(name).at(-1).startTime)"
    received, shown = page.evaluate(marks)
    return float(shown - received) / 1000


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
    path = folder / source
    with sync_playwright() as driver, preview(folder, source) as (address, pid, given):
        told = time.monotonic() - given
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1500, "height": 950})
        opened = time.monotonic() - given
        page.goto(address)
        first = (
            wait(page, "document.querySelector('.panels img')?.complete && document.querySelector('.panels img').src")
            - given
        )
        shown = wait(page, f"{DATA}.shown > 0") - given
        built, drawn = float(state(page, "seconds")), drawing(page)
        complete(page)
        pages = len(page.query_selector_all(".panels .page"))
        print(f"{path.stem}, {pages} pages", flush=True)
        print(
            f"  first picture {first * 1000:.0f} ms after the command, all {shown * 1000:.0f}: address {told * 1000:.0f}, "
            f"browser open {opened * 1000:.0f}; build {built * 1000:.0f}, drawn {drawn * 1000:.0f}"
        )
        if hour:
            endure(page, path, pid)
        else:
            report(saves(page, path, count))
            print(f"  ms after the last key: {milliseconds('typed', typing(page, path, 8))}")
        browser.close()


def endure(page: Page, path: Path, pid: int) -> None:
    """Save 500 times, wait for all files at each tenth, and print memory and open files on the way."""
    text = path.read_text(encoding="utf-8")
    place, started = sentence(text), time.monotonic()
    saves(page, path, 5)
    for number in range(501):
        if number % 100 == 0:
            complete(page)
            print(f"  {number} saves, {(time.monotonic() - started) / 60:.0f} minutes: {weights(pid)}", flush=True)
        before, words = keys(page), " ".join(WORDS[: 1 + number % len(WORDS)])
        path.write_text(f"{text[:place]}{words.capitalize()}. {text[place:]}", encoding="utf-8")
        while keys(page) == before:
            time.sleep(0.01)
        if number % 10 == 0:
            complete(page)
        time.sleep(SHORT_PAUSE)


def report(taken: list[Saved]) -> None:
    """Print the times of saves; the first is apart, as the process may be colder then."""
    rest = taken[1:]
    noticed = [one.shown - one.built - one.drawn for one in rest]
    parts = [
        milliseconds("shown", [one.shown for one in rest]),
        milliseconds("of them noticed", noticed),
        milliseconds("build", [one.built for one in rest]),
        milliseconds("drawn", [one.drawn for one in rest]),
        milliseconds("complete", [one.complete for one in rest]),
    ]
    print(f"  ms after a save: {', '.join(parts)}; first save shown {taken[0].shown * 1000:.0f}")


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

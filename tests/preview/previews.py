"""Previews that run in a process of their own, and a browser that looks at them."""

from __future__ import annotations

import http.client
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from running import FIXED_DAY, REPOSITORY

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 120.0
"""Seconds that a busy machine may take for a first picture."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHORT = """---
title: Tea
author: Rosa Bell
date: 2025-01-02
lang: en-GB
layout: half-fold-a4
url: https://example.org/tea
---

## Why tea

Tea is warm, and it keeps you awake.

## How to make it

- Boil the water.
- Wait for four minutes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A preview that runs."""

    process: subprocess.Popen[str]
    address: str
    folder: Path

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def token(self) -> str:
        return urlsplit(self.address).path.strip("/")

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        token: str | None = None,
    ) -> tuple[int, bytes, dict[str, str]]:
        """Send one request as it is, and return status, body and headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            connection.putrequest(
                method, f"/{self.token if token is None else token}{path}", skip_host=True, skip_accept_encoding=True
            )
            for name, value in sent.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, bytes]:
        """Send what a page of the preview would send."""
        own = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/json", **headers}
        status, answer, _ = self.ask(path, method="POST", headers=own, body=body)
        return status, answer

    def family(self) -> set[int]:
        """Return the processes of the preview."""
        return {self.process.pid, *descendants(self.process.pid)}


def descendants(pid: int) -> set[int]:
    """Return the processes below one."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with suppress(OSError, IndexError, ValueError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found |= {int(entry.name), *descendants(int(entry.name))}
    return found


def is_alive(pid: int) -> bool:
    """Return whether a process does anything."""
    with suppress(OSError, IndexError):
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(holds: object, seconds: float = 20.0) -> bool:
    """Wait until a function returns true, and return whether it did."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def preview(
    folder: Path, *arguments: str, cache: Path | None = None, ends_with: int = signal.SIGTERM
) -> Iterator[Running]:
    """Run ``leaflet preview`` in ``folder`` and end it afterwards."""
    environment = {**os.environ, **FIXED_DAY, "PYTHONPATH": str(REPOSITORY / "src")}
    environment["LEAFLET_CACHE"] = str(cache or folder.parent / f"{folder.name}-cache")
    process = subprocess.Popen(
        [sys.executable, "-m", "leaflet", "preview", *arguments, "--no-open"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        yield Running(process=process, address=first_line(process).strip(), folder=folder)
    finally:
        if process.poll() is None:
            process.send_signal(ends_with)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()


def first_line(process: subprocess.Popen[str]) -> str:
    """Return the first line that a process prints."""
    assert process.stdout is not None
    assert process.stderr is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        assert selector.select(PATIENCE), "the preview says nothing"
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return line


def workspace(folder: Path, **sources: str) -> Path:
    """Make a workspace with sources by their names."""
    (folder / "source").mkdir(parents=True)
    (folder / "leaflet.toml").write_text("", encoding="utf-8")
    for name, text in (sources or {"tea": SHORT}).items():
        (folder / "source" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder

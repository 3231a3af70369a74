"""A small workspace for batches, and the ways the tests run them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path
from threading import Lock

from pytest import MonkeyPatch  # noqa: PT013

from leaflet.batch.run.worker import Worker
from leaflet.batch.run.worker_process import WorkerProcess
from leaflet.cli import main

SOURCE = """\
---
title: Washing your hands
subtitle: A small habit
author: Rosa Bell
bibliography: hands.bib
layout: handout-a4
cite: {access: none}
fields:
  clinic: {phone: "", name: Riverside clinic}
  region: south
---

## Why it matters

Clean hands stop germs [@bell2020]. Call {{ clinic.name }} on {{ clinic.phone }}.

::: {when="region == 'north'"}
You can park at our door.
:::
"""
GERMAN = SOURCE.replace("title: Washing your hands", "title: Hände waschen\nlang: de")
REFERENCES = """\
@book{bell2020, author={Bell, Rosa}, title={Clean hands}, year={2020}, publisher={Hill Press}}
"""
CLINICS = """\
id,clinic.phone,clinic.name,region
hill,01632 960 001,Hill clinic,north
lake,01632 960 002,Lake clinic,south
sea,01632 960 003,Sea clinic,north
"""


def workspace(folder: Path, *, clinics: str = CLINICS) -> Path:
    """A workspace with one source, its translation and a table of clinics."""
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "hands.md").write_text(SOURCE, encoding="utf-8")
    (folder / "source" / "hands.de.md").write_text(GERMAN, encoding="utf-8")
    (folder / "source" / "hands.bib").write_text(REFERENCES, encoding="utf-8")
    (folder / "clinics.csv").write_text(clinics, encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit code and the output of a command."""

    returncode: int
    stdout: str
    stderr: str


class HereInstead:
    """Does the calls of worker processes in this process, which has loaded everything already."""

    def __init__(self) -> None:
        self.worker = Worker()
        self.worker._is_warm = True
        self.lock = Lock()

    def call(self, method: Callable[..., object], *arguments: object) -> object:
        with self.lock:
            return method(self.worker, *arguments)


HERE = HereInstead()


def batch(folder: Path, *arguments: str, check: bool = True, processes: bool = False) -> Ran:
    """Run ``leaflet batch`` as a user would, but in this process; with ``processes``, its workers are processes."""
    out, err = StringIO(), StringIO()
    code = 0
    with chdir(folder), MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("SOURCE_DATE_EPOCH", "1763769600")
        if not processes:
            patch.setattr(WorkerProcess, "call", lambda _, method, *given: HERE.call(method, *given))
        try:
            main(["batch", *arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    assert not check or code == 0, out.getvalue() + err.getvalue()
    return Ran(code, out.getvalue(), err.getvalue())


COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from leaflet.cli import main; main()"
)
"""The command with Ctrl-C switched on, which a shell switches off for what it runs in the background."""


def started_batch(folder: Path, *arguments: str, events: int) -> subprocess.Popen[str]:
    """Start ``leaflet batch`` in a process group of its own, and return it after so many ``events``."""
    running = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "batch", *arguments, "--json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1763769600"},
    )
    assert running.stdout is not None
    for _ in range(events):
        running.stdout.readline()
    return running


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a batch but the journal, which holds times."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".leaflet-journal")
    }

"""Supervision of the process that does the work: whatever ends it, its user reads a sentence."""

from __future__ import annotations

import faulthandler
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from types import FrameType
from typing import BinaryIO, cast

from msgspec import Struct, field

from leaflet.budget import Budget
from leaflet.errors import Problem
from leaflet.faults import fault_problem, out_of_memory, out_of_time, stage_of, write_details

ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name))
"""Signals by which a user ends a program; they are passed on."""
BROKEN = frozenset(
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGABRT", "SIGTRAP", "SIGBUS", "SIGFPE", "SIGILL")
    if hasattr(signal, name)
)
"""Signals by which code in C ends a process, often because it got no memory."""
INTERRUPTED = 130
"""The exit code that shells expect of a program that Ctrl-C ended."""
PATIENCE = 3.0
"""Seconds after an interruption in which a run may clear up; then it is ended. C code and ``__del__`` swallow exceptions."""
MOST_DETAILS = 200_000
CALL = re.compile(r'^  File "(.+)", line \d+ in', re.MULTILINE)
NO_MEMORY = re.compile(
    r"failed to allocate|out of memory|cannot allocate|bad_alloc|MemoryError|creating thread.*unavailable",
    re.IGNORECASE,
)


def can_supervise() -> bool:
    """Return whether this system can: it needs ``fork``, and no other thread may run yet."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _nameless() -> BinaryIO:
    """Open a file that has no name in any folder."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("leaflet"), "w+b", buffering=0)
    from tempfile import TemporaryFile

    return cast("BinaryIO", TemporaryFile(buffering=0))


class Log(Struct):
    """A file without a name that both processes see: the limits, raw words of libraries, and the last calls."""

    stream: BinaryIO = field(default_factory=_nameless)

    def tell(self, budget: Budget, file: str | None) -> None:
        """Note what the run is about."""
        line = json.dumps({"seconds": budget.seconds, "megabytes": budget.megabytes, "file": file})
        os.write(self.stream.fileno(), f"leaflet {line}\n".encode())

    def text(self) -> str:
        """Return the whole, up to a bound."""
        self.stream.seek(0)
        return self.stream.read(MOST_DETAILS).decode("utf-8", "backslashreplace")


def supervise(work: Callable[[Log], None], report: Callable[[Problem], None]) -> int:
    """Do ``work`` in a process of its own and return its exit code; say what ended it where it could not itself."""
    log = Log()
    reading, writing = os.pipe()
    sys.stdout.flush() if sys.stdout else None
    child = os.fork()
    if child == 0:
        os.close(writing)
        _end_with_parent(reading)
        _redirect(log)
        work(log)
        return 0
    os.close(reading)
    interrupted = Event()
    for number in ENDINGS:
        signal.signal(number, _forwarder(child, interrupted))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return code
    if interrupted.is_set() and code == -signal.SIGTERM:
        report(Problem(message="stopped; nothing was left half written"))
    if interrupted.is_set() or code == -signal.SIGINT:  # it came before or after the part that says so in words
        return INTERRUPTED
    if -code in (*ENDINGS, signal.SIGPIPE):
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    report(_ending(-code, log.text()))
    return 1


def _end_with_parent(reading: int) -> None:
    """End this process by a signal once the other end of a pipe is closed, even inside code in C."""
    with suppress(ImportError, OSError, AttributeError):
        import fcntl

        fcntl.fcntl(reading, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(reading, fcntl.F_GETFL)
        fcntl.fcntl(reading, fcntl.F_SETFL, flags | os.O_ASYNC)


def _redirect(log: Log) -> None:
    """Leave standard error to Python alone: code in C, and what it leaves behind when it breaks, goes to the log."""
    number = log.stream.fileno()
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            shown = os.dup(2)
            os.dup2(number, 2)
            sys.stderr = open(shown, "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1)  # noqa: PTH123, SIM115
    if sys.stdout is not None:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    faulthandler.enable(log.stream, all_threads=False)
    if hasattr(signal, "SIGVTALRM"):
        faulthandler.register(signal.SIGVTALRM, file=log.stream, all_threads=False, chain=True)
    signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal and the supervisor both send one
    raise KeyboardInterrupt


def _forwarder(child: int, interrupted: Event) -> Callable[[int, FrameType | None], None]:
    """Return a handler that sends signals on to ``child``, and ends it where an interruption does not."""

    def forward(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if number == signal.SIGINT and not interrupted.is_set():
            interrupted.set()
            signal.signal(signal.SIGALRM, lambda *_: send(signal.SIGTERM))
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        send(number)

    def send(number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(child, number)

    return forward


def _ending(number: int, text: str) -> Problem:
    """Return why a process was ended by a signal, as far as its log shows."""
    noted = re.match(r"leaflet (\{.*\})\n", text)
    known = json.loads(noted[1]) if noted else {}
    file = known.pop("file", None)
    budget = Budget(**known)
    stage = stage_of(CALL.findall(text))
    if number == getattr(signal, "SIGVTALRM", None):
        return out_of_time(stage, budget, file)
    if number == getattr(signal, "SIGKILL", None) or (number in BROKEN and NO_MEMORY.search(text)):
        return out_of_memory(stage, budget, file)
    name = signal.Signals(number).name
    return fault_problem(f"{stage}: a library ended with {name}", write_details(text), file)

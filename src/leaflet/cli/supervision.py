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
from types import FrameType
from typing import BinaryIO, cast

from msgspec import Struct, field

from leaflet.budget import Budget
from leaflet.errors import Problem
from leaflet.faults import fault_problem, out_of_memory, out_of_time, stage_of, write_details

ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name))
"""Signals by which a user ends a program; they are passed on. Those that are ignored from the start, as by nohup, stay so."""
CLEARING = tuple(number for number in ENDINGS if number != getattr(signal, "SIGQUIT", None))
"""Those among them after which a run clears up."""
BROKEN = frozenset(
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGABRT", "SIGTRAP", "SIGBUS", "SIGFPE", "SIGILL")
    if hasattr(signal, name)
)
"""Signals by which code in C ends a process, often because it got no memory."""
KILL = getattr(signal, "SIGKILL", 9)
INTERRUPTED = 130
"""The exit code that shells expect of a program that Ctrl-C ended."""
PATIENCE = 0.7
"""Seconds in which a run that is to end may clear up; then it is killed. C code and ``__del__`` swallow exceptions."""
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
        try:
            _redirect(log)
            work(log)
        except KeyboardInterrupt:  # before or after the part that says so in words
            return INTERRUPTED
        return 0
    os.close(reading)
    ending = _Ending(child=child)
    for number in ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, ending.pass_on)
    _, status = os.waitpid(child, 0)
    ending.be_done()
    code = os.waitstatus_to_exitcode(status)
    if ending.number and code in (INTERRUPTED, -signal.SIGINT, -ending.number, -KILL):
        if code == -KILL:
            report(Problem(message="stopped; nothing was left half written"))
        return INTERRUPTED if ending.number == signal.SIGINT else _die_by(ending.number)
    if code >= 0:
        return code
    if code == -signal.SIGINT:  # it came before or after the part that says so in words
        return INTERRUPTED
    if -code in (*ENDINGS, signal.SIGPIPE):
        return _die_by(-code)
    report(_ending(-code, log.text()))
    return 1


def _die_by(number: int) -> int:
    """End this process by a signal, as it would end without a process of its own for the work."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number


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
    for ending in CLEARING:
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    for ending in CLEARING:
        signal.signal(ending, signal.SIG_IGN)  # the terminal and the supervisor both send one
    raise KeyboardInterrupt


class _Ending(Struct, kw_only=True):
    """The end of a process that its user ordered: signals are passed on to it, and it is killed where they do not end it."""

    child: int
    number: int = 0
    """The first signal; 0 before there was any."""

    def pass_on(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Send a signal on. It is a handler of signals."""
        if not self.number:
            self.number = number
            signal.signal(signal.SIGALRM, lambda *_: self._send(KILL))
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        self._send(number)

    def be_done(self) -> None:
        """Send nothing more: the process has ended, and its number may be another's."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number in ENDINGS:
            if signal.getsignal(number) == self.pass_on:
                signal.signal(number, signal.SIG_IGN)

    def _send(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.child, number)


def _ending(number: int, text: str) -> Problem:
    """Return why a process was ended by a signal, as far as its log shows."""
    noted = re.match(r"leaflet (\{.*\})\n", text)
    known = json.loads(noted[1]) if noted else {}
    file = known.pop("file", None)
    budget = Budget(**known)
    stage = stage_of(CALL.findall(text))
    if number == getattr(signal, "SIGVTALRM", None):
        return out_of_time(stage, budget, file)
    if number == KILL or (number in BROKEN and NO_MEMORY.search(text)):
        return out_of_memory(stage, budget, file)
    name = signal.Signals(number).name
    return fault_problem(f"{stage}: a library ended with {name}", write_details(text), file)

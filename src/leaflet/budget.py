"""Time and memory that one run may take, and the watch over them in a program that uses leaflet."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

EVERY = 0.2
"""Seconds between two looks at the time and the memory of a build."""
BYTES_A_SECOND = 2_500
"""A document gets a second more for so many bytes of its source: a hundred thousand words take several minutes."""
BYTES_A_MEGABYTE = 300
"""The same for memory."""
PAGE_SIZE = 4096
CHECKS = 1000
"""The turns of an empty loop in which an exception from another thread arrives for sure."""


class Budget(Struct, frozen=True, kw_only=True):
    """The most that one run may take; honest leaflets need a hundredth of the time and a tenth of the memory."""

    seconds: float = 120.0
    """Time of the processor, not of the clock, so that a busy machine is no reason to stop."""
    megabytes: int = 2000

    def for_size(self, size: int) -> Budget:
        """Return the budget for sources of ``size`` bytes."""
        seconds, megabytes = self.seconds + size / BYTES_A_SECOND, self.megabytes + size // BYTES_A_MEGABYTE
        return replace(self, seconds=min(seconds, 6 * 3600), megabytes=min(megabytes, 16_000))


class OutOfTimeError(BaseException):
    """The time of the budget is over. No library that catches ``Exception`` may go on in spite of it."""


class OutOfMemoryError(BaseException):
    """The memory of the budget is used up."""


class Watch(Struct):
    """A thread that ends the work of another thread once its budget is used up.

    It works in any thread of any program: the limits of the operating system would hold for the whole process. Code in C
    ends its call first.
    """

    budget: Budget
    _thread: int = field(default_factory=threading.get_ident)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _has_fired: bool = False

    def look(self) -> None:
        """Look at the time and the memory until the work is done."""
        clock = time.pthread_getcpuclockid(self._thread) if hasattr(time, "pthread_getcpuclockid") else None

        def now() -> float:
            return time.monotonic() if clock is None else time.clock_gettime(clock)

        end, most = now() + self.budget.seconds, resident_bytes() + self.budget.megabytes * 1_000_000
        while not self._over.wait(EVERY):
            kind = OutOfTimeError if now() > end else OutOfMemoryError if resident_bytes() > most else None
            if kind is None or _is_importing(self._thread):
                continue  # half a module would stay behind, for whoever imports it next
            with self._lock:
                if not self._over.is_set():
                    self._has_fired = True
                    _raise_in(self._thread, kind)

    def stop(self) -> None:
        """End the watch in the thread that it watches; what was raised and has not arrived yet arrives here and ends here.

        It cannot be taken back: CPython 3.11 would go on looking for it, and without end where a debugger, a profiler or
        a measure of coverage traces the thread.
        """
        with self._lock:
            self._over.set()
        if self._has_fired:
            with suppress(OutOfTimeError, OutOfMemoryError):
                for _ in range(CHECKS):  # the interpreter looks for exceptions at each turn
                    pass


@contextmanager
def within(budget: Budget) -> Iterator[None]:
    """Watch over the body.

    Raises:
        OutOfTimeError: it takes more time than the budget has.
        OutOfMemoryError: the process grows by more memory than the budget has.
    """
    watch = Watch(budget)
    thread = threading.Thread(target=watch.look, daemon=True, name="leaflet budget")
    thread.start()
    try:
        yield
    finally:
        watch.stop()


def resident_bytes() -> int:
    """Return the memory of this process; 0 where the system does not say."""
    return _bytes_of(1)


def data_bytes() -> int:
    """Return the memory that this process may write to, which a limit on its data counts; 0 as above."""
    return _bytes_of(5)


def _bytes_of(column: int) -> int:
    """Return a number of Linux's table of the memory of this process (proc_pid_statm(5)) in bytes."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[column]) * PAGE_SIZE
    return 0


def _is_importing(thread: int) -> bool:
    """Return whether a thread is in the middle of importing a module."""
    frame = sys._current_frames().get(thread)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _raise_in(thread: int, kind: type[BaseException]) -> None:
    import ctypes  # imported here for a quick start

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(kind))

"""A warm process that runs one function after another for its owner, and whose death costs nothing but the one it was at."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from queue import LifoQueue, SimpleQueue
from typing import Any

CALLS = 1000
"""So many calls, then the process is replaced: what foreign libraries never give back is given back then."""
GROWTH = 200_000_000
"""In bytes, over what the process took after its first call: a leak that is not waited for."""
START = "from leaflet.batch.run.process_pool import serve; serve({megabytes})"


class ProcessDiedError(BrokenExecutor):
    """The process died in the middle of a call. ``signal`` ended it, or 0 where it ended itself."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


@dataclass(slots=True, kw_only=True)
class WorkerProcess:
    """One process, started with its first call and again after its death. One thread at a time may use it."""

    megabytes: int
    """What it may take of memory, where the system can hold it to that."""
    _process: subprocess.Popen[bytes] | None = None
    _calls: int = 0
    _first_memory: int = 0

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What ``function``, which must be importable by its name, gives or raises in the process.

        Raises:
            ProcessDiedError: the process died before it could answer.
        """
        request = pickle.dumps((function, arguments))
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            error, value, memory = pickle.load(process.stdout)  # noqa: S301 - our own process wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            raise ProcessDiedError(max(-self.close(), 0)) from None
        self._retire(memory)
        if error is not None:
            raise error
        return value

    def close(self) -> int:
        """End the process, whatever it is at; the code that it ended with."""
        if self._process is None:
            return 0
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        code = self._process.wait()
        self._process = None
        return code

    def _start(self) -> subprocess.Popen[bytes]:
        # A fresh interpreter, not a fork: Pango and fontconfig do not survive one. -P: nothing is imported from the
        # folder in which the command was given.
        self._calls = self._first_memory = 0
        command = [sys.executable, "-P", "-c", START.format(megabytes=self.megabytes)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _retire(self, memory: int) -> None:
        self._calls += 1
        self._first_memory = self._first_memory or memory
        if self._calls >= CALLS or memory - self._first_memory > GROWTH:
            self.close()


class LocalProcesses(Executor):
    """So many warm processes on this machine, behind the interface of the standard library."""

    def __init__(self, workers: int, *, megabytes: int) -> None:
        self._workers = [WorkerProcess(megabytes=megabytes) for _ in range(workers)]
        self._idle: LifoQueue[WorkerProcess] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        """Call ``function`` in the next process that is free; its death is a :class:`ProcessDiedError`."""
        return self._threads.submit(self._call, function, arguments)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Finish what runs and end the processes."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for worker in self._workers if wait else ():
            worker.close()

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        worker = self._idle.get()
        try:
            return worker.call(function, *arguments)
        finally:
            self._idle.put(worker)


def serve(megabytes: int) -> None:
    """Answer calls from standard input on standard output, until the owner closes it or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's
    gc.disable()  # what the first call loads is no garbage
    _limit_memory(megabytes)
    channel = _Channel()
    threading.Thread(target=channel.listen, daemon=True).start()
    while True:
        function, arguments = channel.requests.get()
        try:
            answer: tuple[Exception | None, Any, int] = (None, function(*arguments), _memory())
        except Exception as error:
            answer = (error, None, _memory())
        channel.answer(answer)
        gc.enable()


@dataclass(slots=True)
class _Channel:
    """The owner's pipes, moved to where nothing that foreign code prints can get between the answers."""

    requests: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    _inbox: int = field(default_factory=lambda: os.dup(0))
    _outbox: int = field(default_factory=lambda: os.dup(1))

    def __post_init__(self) -> None:
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        os.close(nowhere)
        os.dup2(2, 1)

    def listen(self) -> None:
        with open(self._inbox, "rb") as inbox:  # noqa: PTH123 - a descriptor has no path
            while True:
                try:
                    self.requests.put(pickle.load(inbox))  # noqa: S301 - our owner wrote it
                except EOFError:
                    os._exit(0)

    def answer(self, answer: tuple[Any, ...]) -> None:
        rest = memoryview(pickle.dumps(answer))
        while rest:
            rest = rest[os.write(self._outbox, rest) :]


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))


def _memory() -> int:
    """The most memory that this process has had so far, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

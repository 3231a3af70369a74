"""A long-lived worker process that executes pickled calls; if it dies, only the call in progress is lost.

``concurrent.futures`` and pebble were tried in its place. The first loses every call when one process dies. The second
leaves processes behind when the batch is killed, waits for ever for one that ends itself with code 0, and imports the
user's own program again in every process, so that a program without ``if __name__ == "__main__"`` cannot run a batch.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import LifoQueue, SimpleQueue
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct, field

from leaflet.batch.run.check_job import CheckJob
from leaflet.batch.run.job import Job, Outcome
from leaflet.batch.run.worker import Worker
from leaflet.files import held_back

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile

CALLS = 1000
"""The calls after which a process is replaced, for the memory that foreign libraries never give back."""
GROWTH = 200_000_000
"""The growth in bytes since the first call at which a process is replaced, in case of a leak."""
GRACE = 5.0
"""Seconds that a process whose owner is gone may take to write the files that it has begun."""
START = "from leaflet.batch.run.worker_process import serve; serve({megabytes})"

P = ParamSpec("P")
T = TypeVar("T")


class ProcessDiedError(BrokenExecutor):
    """The process died in the middle of a call. ``signal`` ended it, or 0 if it ended itself."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class WorkerProcess(Struct, kw_only=True):
    """One process with a :class:`Worker`, started by its first call and by the first after its death.

    One thread at a time may use it.
    """

    megabytes: int
    """The most memory that it may take, if the system can limit it."""
    _process: subprocess.Popen[bytes] | None = None
    _calls: int = 0
    _first_memory: int = 0
    _is_stopped: bool = False

    def call(self, method: Callable[Concatenate[Worker, P], T], /, *arguments: P.args, **keywords: P.kwargs) -> T:
        """Return what a method of the process's worker returns, or raise what it raises.

        Raises:
            ProcessDiedError: the process died before it could answer.
        """
        request = pickle.dumps((method, arguments, keywords))
        process = self._process = self._process or self._start()
        if self._is_stopped:
            process.terminate()
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
        return cast("T", value)

    def stop(self) -> None:
        """Let another thread's call end at once, and every later one."""
        self._is_stopped = True
        if process := self._process:
            process.terminate()

    def close(self) -> int:
        """End the process, whatever it is doing, and return its exit code."""
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
        # A new interpreter, not a fork: Pango and fontconfig do not survive one. -P: nothing is imported from the
        # folder in which the command was given.
        self._calls = self._first_memory = 0
        command = [sys.executable, "-P", "-c", START.format(megabytes=self.megabytes)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _retire(self, memory: int) -> None:
        self._calls += 1
        self._first_memory = self._first_memory or memory
        if self._calls >= CALLS or memory - self._first_memory > GROWTH:
            self.close()


def ends_at_once(kind: type[BaseException] | None) -> bool:
    """Return whether nobody waits for the jobs that still run, since an interruption or the like ended their batch."""
    return kind is not None and not issubclass(kind, Exception)


class LocalProcesses:
    """The engine of this machine: so many worker processes, each of which serves one job after another."""

    def __init__(self, workers: int, *, megabytes: int) -> None:
        self._workers = [WorkerProcess(megabytes=megabytes) for _ in range(workers)]
        self._idle: LifoQueue[WorkerProcess] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)

    def __enter__(self) -> LocalProcesses:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(at_once=ends_at_once(kind))

    def submit(self, job: Job) -> Future[Outcome]:
        """Do a job in the next free process; its death is a :class:`ProcessDiedError`."""
        return self._threads.submit(self._call, Worker.run, job)

    def check(self, job: CheckJob) -> Future[CheckedFile]:
        """Check a leaflet or a PDF in the next free process; its death is a :class:`ProcessDiedError`."""
        return self._threads.submit(self._call, Worker.check, job)

    def draw(self, pdf: Path, folder: Path, name: str) -> Future[None]:
        """Draw the thumbnail of a PDF in the next free process."""
        return self._threads.submit(self._call, Worker.draw_thumbnail, pdf, folder, name)

    def close(self, *, at_once: bool = False) -> None:
        """Finish running jobs, or end them ``at_once``; cancel all others and end the processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers if at_once else ():
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def _call(self, method: Callable[Concatenate[Worker, P], T], /, *arguments: P.args, **keywords: P.kwargs) -> T:
        process = self._idle.get()
        try:
            return process.call(method, *arguments, **keywords)
        finally:
            self._idle.put(process)


def serve(megabytes: int) -> None:
    """Answer calls from standard input on standard output, until the owner closes it or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's
    gc.disable()  # what the first call loads is no garbage
    _limit_memory(megabytes)
    worker = Worker()
    channel = _Channel()
    with held_back():  # so that signals reach the thread that does the work, which holds them back while it writes
        threading.Thread(target=channel.listen, daemon=True).start()
    while True:
        method, arguments, keywords = channel.requests.get()
        answer: tuple[Exception | None, object, int]
        try:
            answer = (None, method(worker, *arguments, **keywords), _memory())
        except Exception as error:
            answer = (error, None, _memory())
        channel.answer(answer)
        gc.enable()


Request = tuple[Callable[..., object], tuple[object, ...], dict[str, object]]


class _Channel(Struct):
    """The owner's pipes, moved to descriptors that foreign code does not print to."""

    requests: SimpleQueue[Request] = field(default_factory=SimpleQueue)
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
                    _end_from_another_thread()
                except Exception:  # what cannot be read cannot be answered: the owner learns it from the death
                    os._exit(1)

    def answer(self, answer: tuple[Exception | None, object, int]) -> None:
        rest = memoryview(pickle.dumps(answer))
        while rest:
            rest = rest[os.write(self._outbox, rest) :]


def _end_from_another_thread() -> None:
    """End this process, even in the middle of code in C, but not of writing files."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        threading.Event().wait(GRACE)
    os._exit(0)


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))


def _memory() -> int:
    """Return the most memory that this process has had so far, in bytes; 0 if the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

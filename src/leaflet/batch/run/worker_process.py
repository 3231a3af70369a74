"""A long-lived worker process that executes pickled calls; if it dies, only the call in progress is lost.

``concurrent.futures`` and pebble were tried in its place. The first loses every call when one process dies. The second
leaves processes behind when the batch is killed, waits for ever for one that ends itself with code 0, and imports the
user's own program again in every process, so that a program without ``if __name__ == "__main__"`` cannot run a batch. The
server of ``multiprocessing`` that copies processes imports it as well.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import LifoQueue
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct

from leaflet.batch.run.check_job import CheckJob
from leaflet.batch.run.fork_server import ForkServer
from leaflet.batch.run.job import Job, Outcome
from leaflet.batch.run.process_call import CalledProcess, CallResult, ProcessDiedError, end, exchange
from leaflet.batch.run.worker import Worker

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile

CALLS = 1000
"""The calls after which a process is replaced, for the memory that foreign libraries never give back."""
GROWTH = 200_000_000
"""The growth in bytes since the first call at which a process is replaced, in case of a leak."""
START = "from leaflet.batch.run.serve_calls import serve; serve({megabytes})"

P = ParamSpec("P")
T = TypeVar("T")


class WorkerProcess(Struct, kw_only=True):
    """One process with a :class:`Worker`, started by its first call and by the first after its death.

    One thread at a time may use it.
    """

    megabytes: int
    """The most memory that it may take, if the system can limit it."""
    server: ForkServer | None = None
    """The process of which it is to be a copy; without one it starts by itself."""
    _process: CalledProcess | None = None
    _calls: int = 0
    _first_memory: int = 0
    _is_stopped: bool = False

    def call(self, method: Callable[Concatenate[Worker, P], T], /, *arguments: P.args, **keywords: P.kwargs) -> T:
        """Return what a method of the process's worker returns, or raise what it raises.

        Raises:
            ProcessDiedError: the process died before it could answer.
        """
        answer = self._answer(pickle.dumps((method, arguments, keywords)))
        if answer.error is not None:
            raise answer.error
        return cast("T", answer.value)

    def stop(self) -> None:
        """Let another thread's call end at once, and every later one."""
        self._is_stopped = True
        if process := self._process:
            process.terminate()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def _answer(self, request: bytes) -> CallResult:
        if self._process is None:
            first = self.server.first_answer(request) if self.server else None
            if first is not None:
                return first
            self._process = (self.server.start() if self.server else None) or self._start()
            self._calls = self._first_memory = 0
        if self._is_stopped:
            self._process.terminate()
        try:
            answer = exchange(self._process, request)
        except ProcessDiedError:
            self._process = None
            raise
        self._retire(answer.memory)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: nothing is imported from the folder in which the command was given.
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
        several = workers > 1 and ForkServer.is_possible()
        self._server = ForkServer(megabytes=megabytes) if several else None
        self._workers = [WorkerProcess(megabytes=megabytes, server=self._server) for _ in range(workers)]
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
        if at_once:
            self._stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()
        if self._server is not None:
            self._server.close()

    def _stop(self) -> None:
        if self._server is not None:
            self._server.stop()
        for worker in self._workers:
            worker.stop()

    def _call(self, method: Callable[Concatenate[Worker, P], T], /, *arguments: P.args, **keywords: P.kwargs) -> T:
        process = self._idle.get()
        try:
            return process.call(method, *arguments, **keywords)
        finally:
            self._idle.put(process)

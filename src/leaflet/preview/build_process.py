"""A build process as the server sees it: it is started, asked, and started again where it died."""

from __future__ import annotations

import asyncio
import pickle
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from subprocess import Popen
from typing import IO, cast

from msgspec import Struct, field

from leaflet.errors import Problem
from leaflet.faults import fault_problem, out_of_memory, out_of_time
from leaflet.preview.build_request import BuildRequest, Built, Depth
from leaflet.preview.builder_loop import LENGTH
from leaflet.preview.builder_start import start_builder

PATIENCE = 4
"""Seconds by the clock for each second of the processor that a build may take, for machines that are busy."""
WORK = {Depth.QUICK: "laying out the panels", Depth.FULL: "making the files", Depth.CHECKED: "checking the leaflet"}


class BuildProcess(Struct):
    """One process that builds, with the caches that make the next build quick. It serves one request at a time."""

    _process: Popen[bytes] | None = None
    """None until the first request, and after its death."""
    is_patient: bool = False
    """True if other processes go first."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _is_closed: bool = False
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1))
    """For the wait for an answer: pipes can be awaited on some systems only."""

    async def build(self, request: BuildRequest) -> Built:
        """Return what the process makes of ``request``; its death is a problem like any other.

        Whoever no longer waits, such as a tab that was closed, does not end the process: it is warm. What is not begun
        by then is left out.
        """
        abandoned = asyncio.Event()
        work = asyncio.ensure_future(self._build(request, abandoned))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            abandoned.set()
            raise

    async def _build(self, request: BuildRequest, abandoned: asyncio.Event) -> Built:
        async with self._turn:
            if abandoned.is_set() or self._is_closed:
                return Built(depth=request.depth)
            process = self._process = self._process or start_builder(is_patient=self.is_patient)
            answer = asyncio.get_running_loop().run_in_executor(self._thread, _answer, process, request)
            try:
                return await asyncio.wait_for(answer, request.budget.seconds * PATIENCE)
            except TimeoutError:
                await self._end()
                return _failed(request, out_of_time(WORK[request.depth], request.budget, request.source.name))
            except (OSError, EOFError):
                return _failed(request, _reason(request, await self._end()))

    async def close(self) -> None:
        """End the process for good, whatever it is doing."""
        self._is_closed = True
        await self._end()
        self._thread.shutdown(wait=False)

    async def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(ProcessLookupError):
            process.kill()
        code = await asyncio.to_thread(process.wait)
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                stream.close() if stream else None
        return code


def _answer(process: Popen[bytes], request: BuildRequest) -> Built:
    """Return what a process answers.

    Raises:
        OSError: it died before it had read the request.
        EOFError: it died before it had answered.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    message = pickle.dumps(request)
    process.stdin.write(LENGTH.pack(len(message)) + message)
    process.stdin.flush()
    (length,) = LENGTH.unpack(_read(process.stdout, LENGTH.size))
    return cast("Built", pickle.loads(_read(process.stdout, length)))  # noqa: S301 - our own process wrote it


def _read(stream: IO[bytes], length: int) -> bytes:
    found = stream.read(length)
    if len(found) < length:
        raise EOFError
    return found


def _reason(request: BuildRequest, code: int) -> Problem:
    """Return why the process ended in the middle of a build."""
    if code == -signal.SIGKILL:
        return out_of_memory(WORK[request.depth], request.budget, request.source.name)
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return fault_problem(f"{WORK[request.depth]}: a library ended with {name}", None, request.source.name)


def _failed(request: BuildRequest, problem: Problem) -> Built:
    return Built(depth=request.depth, problems=(problem,))

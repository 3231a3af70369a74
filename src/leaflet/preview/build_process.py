"""A build process as the server sees it: it is started, asked, and started again where it died."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import cast

from msgspec import Struct, field

from leaflet.errors import Problem
from leaflet.faults import fault_problem, out_of_memory, out_of_time
from leaflet.preview.build_request import LENGTH, BuildRequest, Built, Depth

START = "from leaflet.preview.proof_builder import serve; serve()"
PATIENCE = 4
"""Seconds by the clock for each second of the processor that a build may take, for machines that are busy."""
WORK = {Depth.QUICK: "laying out the panels", Depth.FULL: "making the files", Depth.CHECKED: "checking the leaflet"}


class BuildProcess(Struct):
    """One process that builds, with the caches that make the next build quick. It serves one request at a time."""

    _process: asyncio.subprocess.Process | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _is_closed: bool = False

    async def start(self) -> asyncio.subprocess.Process:
        """Start the process, unless it runs."""
        if self._process is None:
            # A new interpreter, not a fork: Pango and fontconfig do not survive one.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-c",
                START,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # the terminal's Ctrl-C is not for it
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process

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
            process = await self.start()
            try:
                return await asyncio.wait_for(_answer(process, request), request.budget.seconds * PATIENCE)
            except TimeoutError:
                await self._end()
                return _failed(request, out_of_time(WORK[request.depth], request.budget, request.source.name))
            except (OSError, EOFError, asyncio.IncompleteReadError):
                return _failed(request, _reason(request, await self._end()))

    async def close(self) -> None:
        """End the process for good, whatever it is doing."""
        self._is_closed = True
        await self._end()

    async def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(ProcessLookupError):
            process.kill() if process.returncode is None else None
        return await process.wait()


async def _answer(process: asyncio.subprocess.Process, request: BuildRequest) -> Built:
    assert process.stdin is not None
    assert process.stdout is not None
    message = pickle.dumps(request)
    process.stdin.write(LENGTH.pack(len(message)) + message)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    return cast("Built", pickle.loads(await process.stdout.readexactly(length)))  # noqa: S301 - our own process wrote it


def _reason(request: BuildRequest, code: int) -> Problem:
    """Return why the process ended in the middle of a build."""
    if code == -signal.SIGKILL:
        return out_of_memory(WORK[request.depth], request.budget, request.source.name)
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return fault_problem(f"{WORK[request.depth]}: a library ended with {name}", None, request.source.name)


def _failed(request: BuildRequest, problem: Problem) -> Built:
    return Built(depth=request.depth, problems=(problem,))

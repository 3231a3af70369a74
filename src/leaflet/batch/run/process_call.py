"""A call to another process by its pipes, pickled there and back."""

from __future__ import annotations

import pickle
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from typing import IO, Protocol

from msgspec import Struct


class ProcessDiedError(BrokenExecutor):
    """The process died in the middle of a call. ``signal`` ended it, or 0 if it ended itself."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class CalledProcess(Protocol):
    """A process that answers calls."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """The pipe to it."""

    @property
    def stdout(self) -> IO[bytes] | None:
        """The pipe from it."""

    def terminate(self) -> None:
        """Ask it to end, after the files that it is writing."""

    def wait(self) -> int:
        """Wait for its end and return its exit code; that of one ended by a signal is the signal's number below 0."""


class CallResult(Struct, frozen=True, kw_only=True):
    """The value that a call returned, or the error that it raised."""

    value: object = None
    error: Exception | None = None
    memory: int = 0
    """The most memory that the process has had so far, in bytes; 0 if the system does not say."""


def exchange(process: CalledProcess, request: bytes) -> CallResult:
    """Send a pickled call to ``process`` and return its answer.

    Raises:
        ProcessDiedError: it died before it could answer; it is closed then.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(request)
        process.stdin.flush()
        answer: CallResult = pickle.load(process.stdout)  # noqa: S301 - our own process wrote it
    except (EOFError, OSError, pickle.UnpicklingError):
        raise ProcessDiedError(max(-end(process), 0)) from None
    return answer


def end(process: CalledProcess) -> int:
    """End ``process``, whatever it is doing, by closing its pipes, and return its exit code."""
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    return process.wait()

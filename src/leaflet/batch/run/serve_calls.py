"""The loop of a worker process: it answers calls until its owner closes the pipe or dies."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TypeAlias

from msgspec import Struct, field

from leaflet.batch.run.process_call import CallResult
from leaflet.batch.run.worker import Worker
from leaflet.files import held_back

GRACE = 5.0
"""Seconds that a process whose owner is gone may take to write the files that it has begun."""
Request: TypeAlias = tuple[Callable[..., object], tuple[object, ...], dict[str, object]]


def serve(megabytes: int) -> None:
    """Answer calls from standard input on standard output; this process may take so much memory."""
    begin(megabytes)
    answer_calls(Worker(), Channel())


def begin(megabytes: int) -> None:
    """Make this process one of a batch."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's
    gc.disable()  # what the first call loads is no garbage
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))


def answer_calls(worker: Worker, channel: Channel) -> None:
    """Answer the calls that arrive by ``channel``; the death of the owner ends the process even inside a call."""
    requests: SimpleQueue[Request] = SimpleQueue()
    with held_back():  # so that signals reach the thread that does the work, which holds them back while it writes
        threading.Thread(target=_listen, args=(channel, requests), daemon=True).start()
    while True:
        channel.answer(answer_to(requests.get(), worker))
        gc.enable()


def answer_to(request: Request, worker: Worker) -> CallResult:
    """Do a request and return the result or the error."""
    method, arguments, keywords = request
    try:
        return CallResult(value=method(worker, *arguments, **keywords), memory=_memory())
    except Exception as error:
        return CallResult(error=error, memory=_memory())


class Channel(Struct):
    """The owner's pipes, moved to descriptors that foreign code does not print to."""

    _inbox: IO[bytes] = field(default_factory=lambda: open(os.dup(0), "rb"))  # noqa: PTH123, SIM115
    _outbox: int = field(default_factory=lambda: os.dup(1))

    def __post_init__(self) -> None:
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        os.close(nowhere)
        os.dup2(2, 1)

    def request(self) -> Request:
        """Wait for a request.

        Raises:
            EOFError: the owner has closed the pipe.
            Exception: what was read is no request.
        """
        asked: Request = pickle.load(self._inbox)  # noqa: S301 - our owner wrote it
        return asked

    def answer(self, answer: CallResult) -> None:
        """Send an answer."""
        rest = memoryview(pickle.dumps(answer))
        while rest:
            rest = rest[os.write(self._outbox, rest) :]

    def close(self) -> None:
        """Give the pipes up."""
        self._inbox.close()
        os.close(self._outbox)


def _listen(channel: Channel, requests: SimpleQueue[Request]) -> None:
    while True:
        try:
            requests.put(channel.request())
        except EOFError:
            _end_from_another_thread()
        except Exception:  # what cannot be read cannot be answered: the owner learns it from the death
            os._exit(1)


def _end_from_another_thread() -> None:
    """End this process, even in the middle of code in C, but not of writing files."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        threading.Event().wait(GRACE)
    os._exit(0)


def _memory() -> int:
    """Return the most memory that this process has had so far, in bytes; 0 if the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

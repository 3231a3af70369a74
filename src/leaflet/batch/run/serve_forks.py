"""The loop of a process that does one job, and then divides itself into workers that have done it already.

Nothing may be lost by that: it has no thread but one, and no file open but its pipes. Where a library has started a thread
or holds a file open, it divides itself no more, and workers are started in another way.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import stat
from contextlib import suppress
from pathlib import Path

from leaflet.batch.run.serve_calls import Channel, answer_calls, answer_to, begin
from leaflet.batch.run.worker import Worker

THREADS, FILES = Path("/proc/self/task"), Path("/proc/self/fd")
MESSAGE = 32
"""The most bytes of a message, which is a number, or empty."""


def serve_forks(megabytes: int, control: int) -> None:
    """Answer one call from standard input; then, by the socket ``control``, start workers and tell how they ended.

    A message with the two ends of pipes starts a worker and is answered by its number, or by 0 where that is impossible.
    A message with such a number is answered by the exit code of that worker; empty while it lives.
    """
    begin(megabytes)
    worker, channel = Worker(), Channel()
    with socket.socket(fileno=control) as owner:
        _end_with(owner)
        answer = answer_to(channel.request(), worker)
        _go_on_without(owner)
        gc.collect()
        gc.freeze()
        channel.answer(answer)
        channel.close()
        while True:
            message, pipes, _, _ = socket.recv_fds(owner, MESSAGE, 2)
            if not message:
                return
            if pipes:
                owner.send(str(_worker(worker, owner, pipes) if can_divide() else 0).encode())
            else:
                number, status = os.waitpid(int(message), os.WNOHANG)
                owner.send(str(os.waitstatus_to_exitcode(status)).encode() if number else b"-")
            for pipe in pipes:
                os.close(pipe)


def _worker(worker: Worker, owner: socket.socket, pipes: list[int]) -> int:
    """Divide this process and return the number of the new one, which answers calls by ``pipes`` until it ends."""
    number = os.fork()
    if number:
        return number
    try:
        owner.close()
        for place, pipe in enumerate(pipes):
            os.dup2(pipe, place)
            os.close(pipe)
        gc.enable()
        answer_calls(worker, Channel())
    finally:
        os._exit(1)


def can_divide() -> bool:
    """Return whether this process has one thread, and no file open."""
    if len(list(THREADS.iterdir())) > 1:
        return False
    for number in [int(file.name) for file in FILES.iterdir()]:
        with suppress(OSError):
            if number > 2 and stat.S_ISREG(os.fstat(number).st_mode):
                return False
    return True


def _end_with(owner: socket.socket) -> None:
    """Let the owner's death end this process even inside a call, but not while it writes files."""
    import fcntl

    fcntl.fcntl(owner, fcntl.F_SETSIG, signal.SIGTERM)
    fcntl.fcntl(owner, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(owner, fcntl.F_SETFL, fcntl.fcntl(owner, fcntl.F_GETFL) | os.O_ASYNC)


def _go_on_without(owner: socket.socket) -> None:
    """Let messages of the owner wait until they are read."""
    import fcntl

    fcntl.fcntl(owner, fcntl.F_SETFL, fcntl.fcntl(owner, fcntl.F_GETFL) & ~os.O_ASYNC)

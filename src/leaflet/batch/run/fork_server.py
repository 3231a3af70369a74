"""Workers that are copies of a process which has done the first job: they start in milliseconds, with warm caches.

A worker that starts by itself takes as long as twenty leaflets to import everything and to lay its first one out. Only
Linux can copy processes safely; elsewhere, and where the process cannot be copied, each worker starts by itself.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from time import sleep
from typing import IO

from leaflet.batch.run.process_call import CallResult, end, exchange

START = "from leaflet.batch.run.serve_forks import serve_forks; serve_forks({megabytes}, {control})"
PAUSE = 0.005
"""Seconds between two questions whether a worker has ended."""
MOST_DEATHS = 2
"""The deaths of the process in its first job after which it is not started again."""
UNDECIDED = b"-"


class ForkedProcess:
    """A worker that is a copy of the server's process."""

    def __init__(self, server: ForkServer, number: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.stdin: IO[bytes] | None = stdin
        self.stdout: IO[bytes] | None = stdout
        self._server = server
        self._number = number

    def terminate(self) -> None:
        """Ask it to end, after the files that it is writing."""
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGTERM)

    def wait(self) -> int:
        """Wait for its end and return its exit code."""
        return self._server.exit_code(self._number)


class ForkServer:
    """The process that does the first job and is copied then. Threads may share one object."""

    def __init__(self, *, megabytes: int) -> None:
        self._megabytes = megabytes
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._is_warm = False
        self._deaths = 0
        self._is_stopped = False

    @staticmethod
    def is_possible() -> bool:
        """Return whether this system can copy processes safely."""
        return sys.platform.startswith("linux") and hasattr(socket, "recv_fds")

    def first_answer(self, request: bytes) -> CallResult | None:
        """Answer the first request of all, and be warm then; None for later ones. Others wait meanwhile.

        Raises:
            ProcessDiedError: the process died before it could answer.
        """
        with self._lock:
            if self._is_warm or self._deaths >= MOST_DEATHS:
                return None
            self._begin()
            assert self._process is not None
            self._deaths += 1
            answer = exchange(self._process, request)
            self._deaths, self._is_warm = 0, True
            return answer

    def start(self) -> ForkedProcess | None:
        """Return a new worker; None where none can be copied."""
        theirs_in, stdin = os.pipe()
        stdout, theirs_out = os.pipe()
        try:
            number = int(self._reply(b"0", (theirs_in, theirs_out)) or 0)
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        to, back = open(stdin, "wb"), open(stdout, "rb")  # noqa: PTH123, SIM115 - descriptors have no path
        if number:
            return ForkedProcess(self, number, to, back)
        to.close()
        back.close()
        return None

    def exit_code(self, number: int) -> int:
        """Wait for the end of a worker and return its exit code; 0 where nobody knows it any more."""
        while (reply := self._reply(str(number).encode())) == UNDECIDED:
            sleep(PAUSE)
        return int(reply or 0)

    def stop(self) -> None:
        """Let another thread's first answer end at once; no process is copied any more."""
        self._is_stopped = True
        if process := self._process:
            process.terminate()

    def close(self) -> None:
        """End the process; its copies end by themselves once their pipes are closed."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            end(self._process)

    def _begin(self) -> None:
        self.close()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            start = START.format(megabytes=self._megabytes, control=theirs.fileno())
            # -P: nothing is imported from the folder in which the command was given.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", start],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
            )
        if self._is_stopped:
            self._process.terminate()

    def _reply(self, message: bytes, pipes: tuple[int, ...] = ()) -> bytes:
        """Return the reply of the process to a message; empty where it is dead."""
        with self._lock:
            if self._control is None or not self._is_warm:
                return b""
            try:
                socket.send_fds(self._control, [message], pipes)
                return self._control.recv(32)
            except OSError:
                return b""

"""Workers that are copies of a process which has answered the first call."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from leaflet.batch.run.fork_server import ForkedProcess, ForkServer
from leaflet.batch.run.process_call import ProcessDiedError
from leaflet.batch.run.serve_forks import can_divide
from leaflet.batch.run.worker_process import WorkerProcess

pytestmark = pytest.mark.skipif(not ForkServer.is_possible(), reason="this system cannot copy processes safely")

SET: Callable[..., None] = setattr
GET: Callable[..., object] = getattr
"""Functions whose first argument is the process's worker."""
MARK = "_is_warm"
"""An attribute by which a copy of the worker of the first call is known."""


@pytest.fixture
def server() -> Iterator[ForkServer]:
    """A server whose process has answered its first call, which marked its worker."""
    with closing(ForkServer(megabytes=2000)) as server:
        WorkerProcess(megabytes=2000, server=server).call(SET, MARK, True)
        yield server


def test_the_other_workers_are_copies_of_the_one_that_answered_first(server: ForkServer) -> None:
    workers = [WorkerProcess(megabytes=2000, server=server) for _ in range(2)]
    assert [worker.call(GET, MARK) for worker in workers] == [True, True]
    with pytest.raises(AttributeError):
        workers[0].call(GET, "nothing")
    assert all(isinstance(worker._process, ForkedProcess) for worker in workers)
    for worker in workers:
        worker.close()


def test_the_signal_that_ended_a_copy_is_known_and_the_next_call_starts_another(server: ForkServer) -> None:
    worker = WorkerProcess(megabytes=2000, server=server)
    worker.call(GET, MARK)
    copy = worker._process
    assert isinstance(copy, ForkedProcess)
    os.kill(copy._number, signal.SIGKILL)
    with pytest.raises(ProcessDiedError) as died:
        worker.call(GET, MARK)
    assert died.value.signal == signal.SIGKILL
    assert worker.call(GET, MARK) is True
    worker.close()


def test_without_the_server_workers_start_by_themselves(server: ForkServer) -> None:
    assert server._process is not None
    server._process.kill()
    server._process.wait()
    worker = WorkerProcess(megabytes=2000, server=server)
    assert worker.call(GET, MARK) is False
    worker.close()


def test_a_process_with_an_open_file_is_not_copied(tmp_path: Path) -> None:
    before = can_divide()
    with (tmp_path / "open").open("w"):
        assert not can_divide()
    assert can_divide() is before

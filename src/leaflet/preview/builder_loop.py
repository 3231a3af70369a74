"""The loop of a build process: it listens before it imports what builds, so that it ends with its owner at any time."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from itertools import count
from queue import SimpleQueue
from struct import Struct

LENGTH = Struct(">Q")
"""The length of a message between processes, which comes before it."""
COLLECTED = 10
"""Builds after which objects that hold each other are looked for."""
PATIENT = 5
"""By so much others go before a patient process (``nice``)."""


def serve(*, is_patient: bool) -> None:
    """Answer requests from standard input on standard output, until the owner closes it or ends.

    ``is_patient`` lets other processes go first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's
    if is_patient and hasattr(os, "nice"):
        os.nice(PATIENT)
    requests: SimpleQueue[bytes] = SimpleQueue()
    inbox, outbox = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # foreign code may print
    os.dup2(nowhere, 2)
    os.close(nowhere)
    threading.Thread(target=_listen, args=(inbox, requests), daemon=True).start()
    from leaflet.preview.proof_builder import ProofBuilder

    gc.set_threshold(50_000, 20, 100)
    builder = ProofBuilder()
    for number in count(1):
        answer = pickle.dumps(builder.make(pickle.loads(requests.get())))  # noqa: S301 - our owner wrote it
        _write(outbox, LENGTH.pack(len(answer)) + answer)
        if number % COLLECTED == 0:
            gc.collect()  # now, as nobody waits: by those thresholds 500 builds would take 200 MB more before it is done


def _listen(inbox: int, requests: SimpleQueue[bytes]) -> None:
    """Pass on what the owner sends; end the process with its owner, whatever it is doing."""
    with open(inbox, "rb") as stream:
        while header := stream.read(LENGTH.size):
            requests.put(stream.read(*LENGTH.unpack(header)))
    os._exit(0)


def _write(outbox: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(outbox, rest) :]

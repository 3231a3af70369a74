"""Server that runs leaflet's command line in forks of a process that has loaded everything: ``python warm_process.py``.

It reads a JSON object a line: ``command``, ``folder``, ``out``, ``patience`` and ``environment``; and writes one for each run. Starting Python
and loading its modules would take more time than most hostile inputs do.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from types import FrameType
from typing import Any

LOADED = (
    "leaflet.cli",
    "leaflet.pipeline",
    "leaflet.batch",
    "leaflet.weasy.renderer",
    "leaflet.sheet",
    "leaflet.panels",
)


def serve() -> None:
    """Answer each line of standard input."""
    for name in LOADED:
        importlib.import_module(name)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_run(**json.loads(line))) + "\n")
        sys.stdout.flush()


def _run(command: list[str], folder: str, out: str, patience: float, environment: dict[str, str]) -> dict[str, Any]:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.environ.update(environment)
        _work(command, folder, out)

    def end(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, patience)
    _, status, used = os.wait4(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "took": time.monotonic() - started,
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1000,
    }


def _work(command: list[str], folder: str, out: str) -> None:
    """Run the command line as a process of its own would, and end."""
    code = 1
    try:
        os.setsid()
        os.chdir(folder)
        written = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (written, 1), (written, 2)):
            os.dup2(source, target)
        sys.argv = ["leaflet", *command]
        importlib.import_module("leaflet.cli").main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()

"""Start of a build process. It needs no other module of leaflet, so that the process begins before all else is imported."""

from __future__ import annotations

import os
import subprocess
import sys

START = "from leaflet.preview.builder_loop import serve; serve(is_patient={})"


def start_builder(*, is_patient: bool = False) -> subprocess.Popen[bytes]:
    """Return a new process that builds what it is sent, until its standard input is closed.

    ``is_patient`` lets the other processes go first.
    """
    # A new interpreter, not a fork: Pango and fontconfig do not survive one.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", START.format(is_patient)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # the terminal's Ctrl-C is not for it
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )

"""Git, asked so that nothing runs that a repository's settings name, and nothing is fetched."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

MOST_SECONDS = 10
SAFE = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "log.showSignature=false",
    "gpg.program=false",
    "protocol.allow=never",
)
"""Settings that keep git from running programs that a repository names, and from fetching what it lacks."""


def run_git(arguments: Sequence[str], *, folder: Path, seconds: float = MOST_SECONDS) -> bytes | None:
    """Return what git prints in ``folder``; None where it fails, or there is no git."""
    import subprocess  # imported here, as shutil: whoever only reads a text waits for neither
    from shutil import which

    git = which("git")
    if git is None:
        return None
    options = [part for setting in SAFE for part in ("-c", setting)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = {
        **kept,
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
    try:
        done = subprocess.run(
            [git, "--no-pager", *options, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None

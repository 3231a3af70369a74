"""Day of the last commit of a file, from git's history; nothing that a repository's settings name is run."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path
from shutil import which

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


def last_commit_day(file: Path) -> date | None:
    """Return the day (UTC) of the last commit that changed ``file``; None where there is none, or no git.

    None also where ``SOURCE_DATE_EPOCH`` gives the day of the build, since it is to be that of everything.
    """
    git = which("git")
    if git is None or os.environ.get("SOURCE_DATE_EPOCH"):
        return None
    options = [part for setting in SAFE for part in ("-c", setting)]
    asked = ["log", "-1", "--no-show-signature", "--format=%cd", "--date=format-local:%Y-%m-%d", "--", file.name]
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
            [git, "--no-pager", *options, *asked],
            cwd=file.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
        return date.fromisoformat(done.stdout.decode("ascii").strip()) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None

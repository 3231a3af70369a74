"""Lines of a source that are new since its last version under git."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
SECONDS = 5.0
QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


def changed_lines(path: Path) -> tuple[int, ...] | None:
    """Return the numbers of the lines that differ from the last commit; None where there is no version of before."""
    git = shutil.which("git")
    if git is None:
        return None
    # Nothing that a repository's own settings name may run: no pager, no filter, no program for differences.
    command = [git, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "diff", "--no-ext-diff"]
    command += ["--no-textconv", "--no-color", "--unified=0", "HEAD", "--", path.name]
    try:
        done = subprocess.run(
            command,
            cwd=path.parent,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
            env={**os.environ, **QUIET},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    found: set[int] = set()
    for hunk in HUNK.finditer(done.stdout):
        start, count = int(hunk[1]), int(hunk[2] if hunk[2] is not None else 1)
        found.update(range(start, start + max(count, 1)))
    return tuple(sorted(found))

"""Day of the last commit of a file, from git's history."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from leaflet.files.git_repository import git_repository


def last_commit_day(file: Path) -> date | None:
    """Return the day (UTC) of the last commit that changed ``file``; None where there is none, or no git.

    None also where ``SOURCE_DATE_EPOCH`` gives the day of the build, since it is to be that of everything.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return None
    asked = ["log", "-1", "--no-show-signature", "--format=%cd", "--date=format-local:%Y-%m-%d", "--", file.name]
    with git_repository(file.parent) as repository:
        printed = repository.run(asked) if repository else None
    try:
        return date.fromisoformat((printed or b"").decode("ascii").strip())
    except ValueError:
        return None

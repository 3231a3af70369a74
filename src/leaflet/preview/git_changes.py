"""Lines of a source that are new since its last version under git."""

from __future__ import annotations

import re
from pathlib import Path

from leaflet.files import git_repository

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
SECONDS = 5.0
DIFF = ("diff", "--no-index", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=0", "--")


def changed_lines(path: Path) -> tuple[int, ...] | None:
    """Return the numbers of the lines that differ from the last commit; None where there is no version of before."""
    with git_repository(path.parent) as repository:
        if repository is None:
            return None
        committed = repository.run(["cat-file", "blob", f"HEAD:./{path.name}"], seconds=SECONDS)
        if committed is None:
            return None
        before = repository.scratch("before", committed)
        printed = repository.run([*DIFF, str(before), str(path.resolve())], seconds=SECONDS, is_code=True)
    if printed is None:
        return None
    found: set[int] = set()
    for hunk in HUNK.finditer(printed.decode("utf-8", "replace")):
        start, count = int(hunk[1]), int(hunk[2] if hunk[2] is not None else 1)
        found.update(range(start, start + max(count, 1)))
    return tuple(sorted(found))

"""Builds in several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import leaflet
from running import copy_workspace

DAY = date(2026, 11, 1)


def test_threads_give_the_bytes_that_one_build_after_another_gives(tmp_path: Path) -> None:
    workspace = leaflet.Workspace(copy_workspace(tmp_path / "workspace"))
    jobs = [
        (source, layout)
        for source in ("washing-hands", "ms-in-brief")
        for layout in ("handout-a4", "trifold-a4", "half-fold-a4")
    ] * 2

    def made(job: tuple[str, str]) -> dict[str, bytes]:
        source, layout = job
        return dict(workspace.compose(f"source/{source}.md", layout=layout, today=DAY, allow_overflow=True).files)

    alone = [made(job) for job in jobs]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(made, jobs))
    assert together == alone

"""Watch over the files of a workspace: which of them changed, in small groups, as soon as it is quiet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

from leaflet.files import LEFT_OVER, OUTPUT
from leaflet.model.workspace import Workspace

QUIET = 20
"""Milliseconds without a change after which a group is complete."""
LONGEST = 60
"""Milliseconds after which it is complete in any case."""
SKIPPED = frozenset({"node_modules", "__pycache__"})


async def changed_files(workspace: Workspace, stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
    """Yield the files of the workspace that were written, made, renamed or deleted, until ``stop`` is set."""

    def matters(_: Change, path: str) -> bool:
        try:
            parts = Path(path).relative_to(workspace.root).parts
        except ValueError:
            return True
        hidden = any(part.startswith(".") or part in SKIPPED for part in parts)
        return bool(parts) and not hidden and parts[0] != OUTPUT and not LEFT_OVER.fullmatch(parts[-1])

    folders = [workspace.root]
    folders += [
        folder for folder in workspace.folders("layouts") + workspace.folders("styles") if folder not in folders
    ]
    outside = [folder for folder in folders[1:] if not folder.is_relative_to(workspace.root)]
    watch = awatch(
        workspace.root, *outside, watch_filter=matters, debounce=LONGEST, step=QUIET, stop_event=stop, recursive=True
    )
    async for changes in watch:
        yield frozenset(Path(path) for _, path in changes)

"""Watch over the files of a workspace: which of them changed, in small groups, as soon as it is quiet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import chain
from pathlib import Path

from watchfiles import Change, awatch, watch

from leaflet.files import LEFT_OVER, OUTPUT
from leaflet.model.workspace import Workspace

QUIET = 20
"""Milliseconds without a change after which a group is complete."""
LONGEST = 60
"""Milliseconds after which it is complete in any case."""
IDLE = 200
"""Milliseconds without a change after which a command looks whether it is to go on."""
SKIPPED = frozenset({"node_modules", "__pycache__"})


async def changed_files(workspace: Workspace, stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
    """Yield the files of the workspace that were written, made, renamed or deleted, until ``stop`` is set."""
    watched = awatch(
        *_folders(workspace), watch_filter=_filter(workspace), debounce=LONGEST, step=QUIET, stop_event=stop
    )
    async for changes in watched:
        yield frozenset(Path(path) for _, path in changes)


def wait_for_changes(workspace: Workspace) -> Iterator[frozenset[Path]]:
    """Return the files of the workspace that change from now on, group by group, until Ctrl-C.

    Raises:
        KeyboardInterrupt: the user ended it.
    """
    watched = watch(
        *_folders(workspace),
        watch_filter=_filter(workspace),
        debounce=LONGEST,
        step=QUIET,
        rust_timeout=IDLE,
        yield_on_timeout=True,
    )
    first = next(watched)  # a generator begins to watch at its first step
    return (frozenset(Path(path) for _, path in changes) for changes in chain((first,), watched) if changes)


def _folders(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders to watch: the workspace, and layouts and styles that lie elsewhere."""
    shared = (*workspace.folders("layouts"), *workspace.folders("styles"))
    return workspace.root, *(folder for folder in shared if not folder.is_relative_to(workspace.root))


def _filter(workspace: Workspace) -> Callable[[Change, str], bool]:
    """Return a test for files that leaflets may be made from."""

    def matters(_: Change, path: str) -> bool:
        try:
            parts = Path(path).relative_to(workspace.root).parts
        except ValueError:
            return True
        hidden = any(part.startswith(".") or part in SKIPPED for part in parts)
        return bool(parts) and not hidden and parts[0] != OUTPUT and not LEFT_OVER.fullmatch(parts[-1])

    return matters

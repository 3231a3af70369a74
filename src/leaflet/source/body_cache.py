"""Cache of the trees of bodies: a batch reads one body for each row, and fills in the fields of the row later.

A tree follows from the text, from a few values of the front matter, and from the files that the body names. A body in
which something is wrong is read each time.

Measured by ``benchmarks/batch_scenarios.py``; ``docs/batch.md`` has the gain in each scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from leaflet.errors import Problem
from leaflet.lru_cache import LruCache
from leaflet.model.document import Block
from leaflet.model.workspace import WatchedWorkspace, Workspace

MOST = 8

Body = tuple[tuple[Block, ...], list[Problem]]
ReadBody = Callable[[Workspace, Mapping[str, str]], Body]


@dataclass(slots=True)
class _AskedWords(Mapping[str, str]):
    """Words of the front matter, and which of them a body asked for."""

    words: Mapping[str, str]
    asked: dict[str, str | None] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        self.asked[key] = self.words.get(key)
        return self.words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)


class _CachedBody(Struct, frozen=True, kw_only=True):
    """A tree, and all that it depends on beside its key."""

    blocks: tuple[Block, ...]
    words: Mapping[str, str | None]
    files: Mapping[Path, tuple[int, int, int] | None]

    def is_current(self, words: Mapping[str, str], workspace: Workspace) -> bool:
        """Return whether the body would be the same now; ``workspace`` learns of its files."""
        return all(words.get(key) == value for key, value in self.words.items()) and all(
            workspace.allows(path) and _facts(path) == facts for path, facts in self.files.items()
        )


class BodyCache:
    """The trees of the bodies read last. Threads may share one."""

    def __init__(self) -> None:
        self._bodies: LruCache[Hashable, _CachedBody] = LruCache(MOST)

    def get_or_read(self, key: Hashable, words: Mapping[str, str], workspace: Workspace, read: ReadBody) -> Body:
        """Return the body of ``key``; ``read`` reads it in a workspace, with words of the front matter."""
        known = self._bodies.get(key)
        if known is not None and known.is_current(words, workspace):
            return known.blocks, []
        watched = WatchedWorkspace(root=workspace.root, shipped=workspace.shipped, pictures=workspace.pictures)
        asked = _AskedWords(words)
        blocks, problems = read(watched, asked)
        files = {path: _facts(path) for path in watched.asked if workspace.allows(path)}
        if not problems:
            self._bodies.put(key, _CachedBody(blocks=blocks, words=asked.asked, files=files))
        return blocks, problems


def _facts(path: Path) -> tuple[int, int, int] | None:
    """Return what changes where a file does; None where it is not there."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_size, facts.st_mtime_ns

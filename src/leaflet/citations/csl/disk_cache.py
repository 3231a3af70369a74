"""Cache of parsed styles and locales in the user's cache folder, so that later processes parse none twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import UnionType
from typing import TypeVar, cast

from leaflet.citations.csl.pack import Parsed, pack, unpack
from leaflet.files import UserCache, read_file

T = TypeVar("T", bound=Parsed)
ENCODING, ERRORS = "utf-8", "surrogatepass"

MOST_FILES = 400
"""A workplace uses a few dozen styles."""
LARGEST = 8_000_000
"""In bytes; the largest official style takes a tenth of it."""


class DiskCache:
    """Parsed styles and locales in ``folder``; without one, everything is parsed."""

    def __init__(self, folder: Path | None, *, most_files: int = MOST_FILES) -> None:
        self._files = UserCache(folder, suffix=".json", most_files=most_files, largest=LARGEST)

    def get(self, text: str, name: str, kind: type | UnionType, parse: Callable[[], T]) -> T:
        """Return what ``parse`` makes of ``text``, a value of ``kind`` called ``name``, from the disk if it is there."""
        if self._files.folder is None:
            return parse()
        key = "\0".join((self._parser, name, text))
        found = self._unpacked(key)
        if isinstance(found, kind):
            return cast(T, found)
        made = parse()
        self._files.put(key, pack(made).encode(ENCODING, ERRORS))
        return made

    def _unpacked(self, key: str) -> Parsed | None:
        packed = self._files.get(key)
        try:
            return None if packed is None else unpack(packed.decode(ENCODING, ERRORS))
        except ValueError:
            return None

    @cached_property
    def _parser(self) -> str:
        """Return a digest of the sources of the parser: another parser makes other trees."""
        digest = hashlib.sha256()
        for file in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(read_file(file, inside=(file.parent,)))
        return digest.hexdigest()

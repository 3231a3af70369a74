"""Recorded drawing operators: those of one stacking context on a page, and those of a cached block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pydyf
from msgspec import Struct

from leaflet.weasy.types import Anything, Font, PdfDictionary, Tags, Value


class Recording(Struct, frozen=True, kw_only=True):
    """The operators that a stacking context added to the stream of a page, and what they refer to."""

    items: tuple[Anything, ...]
    first: int
    """The number of its first marked content."""
    tags: Tags
    resources: PdfDictionary
    images: Mapping[str, dict[str, Value]]
    fonts: dict[int, Font]

    @property
    def is_plain(self) -> bool:
        """Return whether nothing in it has a name that belongs to one page."""
        named = any(self.resources[kind] for kind in ("XObject", "Pattern", "Shading"))
        return not named and not self.images and all(key[0] in "aA" for key in self.resources["ExtGState"])


class CachedOperators(Struct, frozen=True, kw_only=True):
    """The operators of a stacking context of a cached block, with the position and state in which it was drawn."""

    look: tuple[object, ...]
    items: tuple[Anything, ...]
    tags: tuple[tuple[int, str, int], ...]
    """Of each marked content its box, by its place in the context, its tag, and its number in the context."""
    states: dict[str, Value]
    fonts: dict[int, Font]

    def from_number(self, first: int) -> Iterable[Anything]:
        """Yield the operators, with marked contents numbered from ``first``."""
        for item in self.items:
            yield pydyf.Dictionary({"MCID": item["MCID"] + first}) if isinstance(item, pydyf.Dictionary) else item

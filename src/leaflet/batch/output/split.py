"""Splitting of a print run or an archive into several files of limited size."""

from __future__ import annotations

import re

from msgspec import Struct

from leaflet.errors import LeafletError, Problem

UNITS = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
WRITTEN = re.compile(r"(?P<number>[1-9]\d{0,8})\s*(?P<unit>[kmg]b)?", re.IGNORECASE)


class Split(Struct, frozen=True, kw_only=True):
    """The most that one file may hold, in variants or in bytes. A single variant is never divided."""

    variants: int | None = None
    size: int | None = None

    def is_full(self, *, variants: int, size: int) -> bool:
        """Return whether this is more than one file may hold."""
        return (self.variants is not None and variants > self.variants) or (self.size is not None and size > self.size)


def parse_split(text: str) -> Split:
    """Return ``100`` as a number of variants, ``50MB`` as a size.

    >>> parse_split("50MB")
    Split(variants=None, size=50000000)

    Raises:
        LeafletError: it is neither.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        hint = "write --split 100 for so many variants in each file, or --split 50MB"
        raise LeafletError(Problem(message=f'"{text}" is no way to split', hint=hint))
    number = int(found["number"])
    if found["unit"]:
        return Split(size=number * UNITS[found["unit"].lower()])
    return Split(variants=number)

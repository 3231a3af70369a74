"""A print run or an archive in several files, none of which is too large for whoever gets it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaflet.errors import LeafletError, Problem

UNITS = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
WRITTEN = re.compile(r"(?P<number>[1-9]\d{0,8})\s*(?P<unit>[kmg]b)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How much one file may hold: so many variants, or so many bytes. One variant more than that is never cut in two."""

    variants: int | None = None
    size: int | None = None

    def is_full(self, *, variants: int, size: int) -> bool:
        """Whether a file that holds this much, with the next variant, holds too much."""
        return (self.variants is not None and variants > self.variants) or (self.size is not None and size > self.size)


def parse_split(text: str) -> Split:
    """``100`` as a number of variants, ``50MB`` as a size.

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

"""The references to a file's pages, made once for each number of pages.

pydyf makes all of them again for each tag, see docs/upstream/page-references.md.

MEASURED
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pydyf

from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Pdf

References: TypeAlias = Callable[[Pdf], tuple[bytes, ...]]


def page_references() -> Replacement:
    """Return the replacement that makes the references once."""
    return Replacement(owner=pydyf.PDF, name="page_references", make=_once)


def _once(make: References) -> References:
    known: dict[int, tuple[bytes, ...]] = {}

    def references(pdf: Pdf) -> tuple[bytes, ...]:
        count = len(pdf.pages["Kids"])
        if count not in known:
            known[count] = make(pdf)
        return known[count]

    return references

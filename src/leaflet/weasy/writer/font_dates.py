"""A fixed date in fonts that fontTools saves, so that the same leaflet has the same bytes on another day.

fontTools takes the date from the clock, or from the environment, which belongs to all threads of a program.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from leaflet.weasy.patch import Replacement

FROM_1904_TO_1970 = 2_082_844_800
"""Seconds; fonts count from 1904."""
VARIABLE = "SOURCE_DATE_EPOCH"


def font_dates() -> Replacement:
    """Return the replacement that dates fonts with 1 January 1970."""
    from fontTools.ttLib.tables import _h_e_a_d as head

    return Replacement(owner=head, name="timestampNow", make=lambda _: lambda: FROM_1904_TO_1970)


@contextmanager
def font_dates_by_environment() -> Iterator[None]:
    """Set the same date where fontTools is another than the one known here, for all threads alike."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before

"""The build's day: the only place that reads the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from leaflet.errors import LeafletError, Problem


def build_day() -> date:
    """Today in UTC, or the day that ``SOURCE_DATE_EPOCH`` names, as reproducible builds want it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise LeafletError(
            Problem(
                message=f'SOURCE_DATE_EPOCH is "{epoch}", which is not a number of seconds',
                hint="set it to seconds since 1970, for example 1700000000, or unset it",
            )
        ) from None

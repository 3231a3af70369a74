"""The day of the build, and the time: the only module that reads the clock."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime

from leaflet.errors import LeafletError, Problem


def build_day() -> date:
    """Return today in UTC, or the day of ``SOURCE_DATE_EPOCH``, the variable of reproducible builds.

    Raises:
        LeafletError: the variable is not a number of seconds.
    """
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


def file_time() -> int:
    """Return the time in nanoseconds, as files have it: to say whether one was changed since."""
    return time.time_ns()

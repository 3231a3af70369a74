"""The list of retractions of Retraction Watch, which Crossref publishes."""

from __future__ import annotations

import csv
import io

from leaflet.bibliography import RETRACTION_COLUMNS
from leaflet.errors import LeafletError, Problem
from leaflet.network.connection import Fetcher

RETRACTIONS = "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
LARGEST = 300_000_000
"""In bytes; the list had 60 MB in 2025."""
SECONDS = 600.0


def fetch_retractions(fetcher: Fetcher, address: str = RETRACTIONS) -> bytes:
    """Return the newest list of retractions.

    Raises:
        UnsafeError: the workspace does not allow the server.
        LeafletError: there is no answer, or it is not such a list.
    """
    data = fetcher.fetch(address, accept="text/csv", largest=LARGEST, seconds=SECONDS).data
    head = next(csv.reader(io.StringIO(data[:5000].decode("utf-8-sig", errors="replace"))), [])
    missing = [name for name in RETRACTION_COLUMNS if name not in head]
    if missing:
        hint = "the file of before is as it was; try again later"
        raise LeafletError(Problem(message=f"{address} is no list of retractions: it lacks {missing[0]}", hint=hint))
    return data

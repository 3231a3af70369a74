"""Choices of a user for a preview, and the signals that end it."""

from __future__ import annotations

import signal
from pathlib import Path

from msgspec import Struct

LOOPBACK = "127.0.0.1"
ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


class PreviewOptions(Struct, frozen=True, kw_only=True):
    """Choices of a user for the server."""

    port: int = 0
    """0 for one that is free."""
    host: str = LOOPBACK
    editor: str = ""
    data: Path | None = None
    """Rows of a batch for the source."""

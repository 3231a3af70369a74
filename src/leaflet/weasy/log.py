"""WeasyPrint's log messages of one thread, collected instead of printed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_records: ContextVar[list[logging.LogRecord] | None] = ContextVar("leaflet_weasyprint_log", default=None)


class _Collector(logging.Filter):
    """Collector of the records of the threads that collect; those of others pass as if ``level`` were the logger's own."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        records = _records.get()
        if records is None:
            return record.levelno >= self._level
        if record.levelno >= logging.WARNING:
            records.append(record)
        return False


@contextmanager
def captured_log() -> Iterator[list[logging.LogRecord]]:
    """Collect the warnings and errors that WeasyPrint logs in this thread; the caller holds WeasyPrint's lock."""
    logger = logging.getLogger("weasyprint")
    level, effective = logger.level, logger.getEffectiveLevel()
    collector = _Collector(effective)
    found: list[logging.LogRecord] = []
    token = _records.set(found)
    logger.addFilter(collector)
    if effective > logging.WARNING:
        logger.setLevel(logging.WARNING)
    try:
        yield found
    finally:
        logger.setLevel(level)
        logger.removeFilter(collector)
        _records.reset(token)

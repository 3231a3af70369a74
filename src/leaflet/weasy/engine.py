"""WeasyPrint, loaded with the bundled fonts only and with its log turned into problems."""

from __future__ import annotations

import ctypes.util
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from leaflet.weasy.fonts import font_file, private_fontconfig


@contextmanager
def _whole_library_names() -> Iterator[None]:
    """While inside, Linux finds a library by its whole name or not at all: guesses start a compiler for each."""
    guess = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = guess


with private_fontconfig():
    try:
        with _whole_library_names():
            import weasyprint
    except OSError:
        import weasyprint
    from weasyprint.text.fonts import FontConfiguration

__all__ = ["BundledFonts", "bundled_fonts", "captured_log", "still_clock", "weasyprint"]

LOGGER = logging.getLogger("weasyprint")


class BundledFonts(FontConfiguration):  # type: ignore[misc]
    """The bundled families; ``own`` turns true when a document adds families of its own."""

    def __init__(self) -> None:
        with private_fontconfig():
            super().__init__()
        self.own = False
        self.faces: dict[int, str] = {}
        """The digest of each face's file, by WeasyPrint's number for the face, which is good in here only."""

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: object) -> None:
        """Add a family that a document brings along; the bundled ones are there already, read from a cache."""
        if all(font_file(str(address)) for _, address in rule_descriptors["src"]):
            return
        self.own = True
        super().add_font_face(rule_descriptors, url_fetcher)


@cache
def _shared() -> BundledFonts:
    return BundledFonts()


def bundled_fonts() -> BundledFonts:
    """One configuration for all documents, because each new one costs time and memory that is never given back.

    A document that brought its own families spoils it for the next, which then gets a fresh one.
    """
    if _shared().own:
        _shared.cache_clear()
    return _shared()


@contextmanager
def still_clock() -> Iterator[None]:
    """While inside, fontTools dates the fonts it cuts down with a fixed time, and not with the time of the build."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _Collector(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def captured_log() -> Iterator[list[logging.LogRecord]]:
    """Collect WeasyPrint's warnings and errors instead of printing them."""
    records: list[logging.LogRecord] = []
    handlers, propagate, level = LOGGER.handlers[:], LOGGER.propagate, LOGGER.level
    LOGGER.handlers, LOGGER.propagate = [_Collector(records)], False
    LOGGER.setLevel(logging.WARNING)
    try:
        yield records
    finally:
        LOGGER.handlers, LOGGER.propagate = handlers, propagate
        LOGGER.setLevel(level)

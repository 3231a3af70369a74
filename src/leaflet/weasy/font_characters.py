"""Characters of the installed fonts, read by HarfBuzz through ctypes, in a sixth of the time that fontTools takes."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from io import BytesIO

from fontTools.ttLib import TTFont

from leaflet.files import read_file
from leaflet.weasy.engine import load_library
from leaflet.weasy.fonts import bundled_files
from leaflet.weasy.harfbuzz_subset import HARFBUZZ, NUMBER, POINTER, READ_ONLY

NO_MORE = 0xFFFFFFFF
"""The character before the first, and behind the last (``HB_SET_VALUE_INVALID``)."""


class CoverageReader:
    """HarfBuzz's functions that list the characters of a font.

    Raises:
        OSError: this machine has no HarfBuzz by its usual names.
        AttributeError: it has one without these functions.
    """

    def __init__(self) -> None:
        self._library = load_library(HARFBUZZ)
        for name, result, arguments in (
            ("hb_blob_create", POINTER, (ctypes.c_char_p, NUMBER, ctypes.c_int, POINTER, POINTER)),
            ("hb_blob_destroy", None, (POINTER,)),
            ("hb_face_create", POINTER, (POINTER, NUMBER)),
            ("hb_face_destroy", None, (POINTER,)),
            ("hb_face_collect_unicodes", None, (POINTER, POINTER)),
            ("hb_set_create", POINTER, ()),
            ("hb_set_destroy", None, (POINTER,)),
            ("hb_set_next_range", ctypes.c_int, (POINTER, ctypes.POINTER(NUMBER), ctypes.POINTER(NUMBER))),
        ):
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments

    def characters(self, data: bytes) -> frozenset[int]:
        """Return the numbers of all characters of the font ``data``."""
        library = self._library
        blob = library.hb_blob_create(data, len(data), READ_ONLY, None, None)
        face, points = library.hb_face_create(blob, 0), library.hb_set_create()
        try:
            library.hb_face_collect_unicodes(face, points)
            found: set[int] = set()
            first, last = NUMBER(NO_MORE), NUMBER(NO_MORE)
            while library.hb_set_next_range(points, ctypes.byref(first), ctypes.byref(last)):
                found.update(range(first.value, last.value + 1))
            return frozenset(found)
        finally:
            library.hb_set_destroy(points)
            library.hb_face_destroy(face)
            library.hb_blob_destroy(blob)


def covered_characters() -> frozenset[int]:
    """Return the numbers of all characters that any installed font has."""
    characters = _reader()
    return frozenset().union(*(characters(read_file(path, inside=None)) for path in bundled_files()))


def _reader() -> Callable[[bytes], frozenset[int]]:
    try:
        return CoverageReader().characters
    except (OSError, AttributeError):
        return slow_characters


def slow_characters(data: bytes) -> frozenset[int]:
    """Return the numbers of all characters of the font ``data``, without HarfBuzz."""
    with TTFont(BytesIO(data), lazy=True) as font:
        return frozenset(font.getBestCmap() or ())

"""HarfBuzz's subsetter through ctypes: a font file with some characters only, in milliseconds."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable

from msgspec import Struct

from leaflet.weasy.engine import load_library

SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
READ_ONLY = 1
NO_HINTING, NOTDEF_OUTLINE = 0x1, 0x40
"""Flags of ``hb_subset_flags_t``."""
POINTER, NUMBER = ctypes.c_void_p, ctypes.c_uint


class Subsetter(Struct, frozen=True, kw_only=True):
    """HarfBuzz's two libraries, with the types of the functions in use."""

    core: ctypes.CDLL
    subset: ctypes.CDLL
    version: str

    def reduced(self, data: bytes, characters: Iterable[int]) -> bytes | None:
        """Return the font ``data`` with ``characters`` only; None where that fails."""
        blob = self.core.hb_blob_create(data, len(data), READ_ONLY, None, None)
        face = self.core.hb_face_create(blob, 0)
        wanted = self.subset.hb_subset_input_create_or_fail()
        try:
            points = self.subset.hb_subset_input_unicode_set(wanted)
            for point in characters:
                self.core.hb_set_add(points, point)
            self.subset.hb_subset_input_set_flags(wanted, NO_HINTING | NOTDEF_OUTLINE)
            made = self.subset.hb_subset_or_fail(face, wanted)
            return self._content(made) if made else None
        finally:
            self.subset.hb_subset_input_destroy(wanted)
            self.core.hb_face_destroy(face)
            self.core.hb_blob_destroy(blob)

    def _content(self, face: int) -> bytes:
        blob = self.core.hb_face_reference_blob(face)
        try:
            length = ctypes.c_uint()
            start = self.core.hb_blob_get_data(blob, ctypes.byref(length))
            return ctypes.string_at(start, length.value)
        finally:
            self.core.hb_blob_destroy(blob)
            self.core.hb_face_destroy(face)


def load_subsetter() -> Subsetter | None:
    """Return HarfBuzz's subsetter; None where this machine has none."""
    try:
        core, subset = load_library(HARFBUZZ), load_library(SUBSET)
        core.hb_version_string.restype = ctypes.c_char_p
        version = bytes(core.hb_version_string()).decode("ascii")
        for library, name, result, arguments in (
            (core, "hb_blob_create", POINTER, (ctypes.c_char_p, NUMBER, ctypes.c_int, POINTER, POINTER)),
            (core, "hb_blob_destroy", None, (POINTER,)),
            (core, "hb_blob_get_data", POINTER, (POINTER, ctypes.POINTER(NUMBER))),
            (core, "hb_face_create", POINTER, (POINTER, NUMBER)),
            (core, "hb_face_destroy", None, (POINTER,)),
            (core, "hb_face_reference_blob", POINTER, (POINTER,)),
            (core, "hb_set_add", None, (POINTER, ctypes.c_uint32)),
            (subset, "hb_subset_input_create_or_fail", POINTER, ()),
            (subset, "hb_subset_input_destroy", None, (POINTER,)),
            (subset, "hb_subset_input_unicode_set", POINTER, (POINTER,)),
            (subset, "hb_subset_input_set_flags", None, (POINTER, NUMBER)),
            (subset, "hb_subset_or_fail", POINTER, (POINTER, POINTER)),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return Subsetter(core=core, subset=subset, version=version)

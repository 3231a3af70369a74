"""Subsets of fonts, made once for each face and set of glyphs.

WeasyPrint 70 subsets a variable font with HarfBuzz, and then makes it static with fontTools. HarfBuzz 6 and later does both
at once; where it cannot, WeasyPrint's own way is taken. Every subset has the printable characters of ASCII, so that the
words of the next leaflet need no other one. A renderer holds its subsets, and the user's cache folder holds them for
later processes.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it a leaflet takes 3.2 times as long.
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable, Hashable, Mapping
from io import BytesIO

from fontTools import version as fonttools_version
from fontTools.ttLib import TTFont

from leaflet.lru_cache import LruCache
from leaflet.weasy.engine import load_library, weasyprint
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, Font
from leaflet.weasy.writer.subset_store import Subset, SubsetStore

from weasyprint.pdf import fonts  # isort: skip
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset  # isort: skip
from weasyprint.text.fonts import get_hb_object_data  # isort: skip

LIBRARIES = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
RETAIN_GLYPH_IDS = 0x2
NOTDEF_OUTLINE = 0x40
VARIATION_TABLES = frozenset({"fvar", "gvar", "avar", "HVAR", "VVAR", "MVAR", "STAT", "cvar"})
PRINTABLE = range(0x20, 0x7F)
ENGINE = 1
"""To be raised when this module makes other bytes of the same font."""

Clean = Callable[[Font, Mapping[int, str], bool], None]


class FontSubsetCache:
    """Subsets of fonts, in memory and in the user's cache folder."""

    def __init__(self, store: SubsetStore) -> None:
        self._store = store
        self._subsets: LruCache[Hashable, Subset] = LruCache(64)
        self._printable: LruCache[Hashable, tuple[int, ...]] = LruCache(32)
        self._engine = (ENGINE, weasyprint.VERSION, fonttools_version, _harfbuzz_version())
        self._pin_axis = _pin_function()

    def subset(self, font: Font, to_unicode: Mapping[int, str], hinting: bool, clean: Clean) -> None:
        """Reduce ``font`` to the glyphs in ``to_unicode`` and the printable characters; ``clean`` is WeasyPrint's way."""
        if not to_unicode:
            font.file_content = get_hb_object_data(font.hb_face)
            clean(font, to_unicode, hinting)
            return
        wanted = {**dict.fromkeys(self._printable_glyphs(font), ""), **to_unicode}
        place = (font.weight, font.style, font.font_size, tuple(sorted(font.variations.items())), bool(font.missing))
        key = (font.digest, font.index, *place, hinting, frozenset(wanted))
        known = self._subsets.get(key)
        if known is None:
            name = repr((self._engine, *key[:-1], sorted(wanted)))
            known = self._subsets.put(key, self._store.get(name) or self._made(font, wanted, hinting, clean, name))
        font.file_content, font.tables = known.content, list(known.tables)

    def _made(self, font: Font, wanted: dict[int, str], hinting: bool, clean: Clean, name: str) -> Subset:
        font.file_content = get_hb_object_data(font.hb_face)
        self._pin_axes(font, wanted)
        clean(font, wanted, hinting)
        assert font.file_content is not None
        made = Subset(content=font.file_content, tables=tuple(font.tables))
        self._store.put(name, made)
        return made

    def _printable_glyphs(self, font: Font) -> tuple[int, ...]:
        """Return the glyphs of the printable characters of ASCII that ``font`` has."""
        key = (font.digest, font.index)
        known = self._printable.get(key)
        if known is not None:
            return known
        stored = self._store.content(
            repr((self._engine, "printable", *key)), lambda: json.dumps(_printable_glyphs(font)).encode()
        )
        return self._printable.put(key, tuple(map(int, json.loads(stored))))

    def _pin_axes(self, font: Font, to_unicode: Mapping[int, str]) -> None:
        """Make ``font`` static, at the place on its axes where it was used, with the used glyphs only."""
        if "fvar" not in font.tables or self._pin_axis is None:
            return
        subset = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
        glyphs = sorted(to_unicode)
        harfbuzz.hb_set_add_sorted_array(
            harfbuzz_subset.hb_subset_input_glyph_set(subset),
            ffi.new(f"hb_codepoint_t[{len(glyphs)}]", glyphs),
            len(glyphs),
        )
        harfbuzz_subset.hb_subset_input_set_flags(subset, RETAIN_GLYPH_IDS | (NOTDEF_OUTLINE if font.missing else 0))
        for name, value in _places(font).items():
            tag = harfbuzz.hb_tag_from_string(name.encode(), -1)
            if not self._pin_axis(_address(subset), _address(font.hb_face), tag, value):
                return
        face = harfbuzz_subset.hb_subset_or_fail(font.hb_face, subset)
        if face:
            font.hb_face = ffi.gc(face, harfbuzz.hb_face_destroy)
            font.tables = [table for table in font.tables if table not in VARIATION_TABLES]


def font_subset(cache: FontSubsetCache) -> Replacement:
    """Return the replacement that takes subsets from ``cache``."""

    def subsetting(clean: Clean) -> Clean:
        return lambda font, to_unicode, hinting: cache.subset(font, to_unicode, hinting, clean)

    return Replacement(owner=fonts.Font, name="clean", make=subsetting)


def _printable_glyphs(font: Font) -> list[int]:
    file = TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)
    names = file.getBestCmap() or {}
    return [file.getGlyphID(names[point]) for point in PRINTABLE if point in names]


def _pin_function() -> Callable[..., int] | None:
    """Return HarfBuzz's function that fixes an axis of a font; None where this machine's HarfBuzz has none."""
    if not harfbuzz_subset or not harfbuzz.hb_version_atleast(6, 0, 0):
        return None
    try:
        function = load_library(LIBRARIES).hb_subset_input_pin_axis_location
    except (OSError, AttributeError):
        return None
    function.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_float)
    function.restype = ctypes.c_int
    return function


def _harfbuzz_version() -> str:
    """Return the version of the library that makes subsets; empty where it cannot be asked."""
    try:
        function = load_library(LIBRARIES).hb_version_string
    except (OSError, AttributeError):
        return ""
    function.restype = ctypes.c_char_p
    return bytes(function()).decode("ascii")


def _address(pointer: Anything) -> int:
    return int(ffi.cast("intptr_t", pointer))


def _places(font: Font) -> dict[str, float]:
    """Return the value on each axis: what Pango chose, else the weight and size in CSS, else the default."""
    in_css = {"wght": font.weight, "opsz": font.font_size}
    assert font.file_content is not None
    axes = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)["fvar"].axes
    return {
        axis.axisTag: min(
            max(font.variations.get(axis.axisTag, in_css.get(axis.axisTag, axis.defaultValue)), axis.minValue),
            axis.maxValue,
        )
        for axis in axes
    }

"""Fonts cut down to the glyphs in use, and variable ones to one weight: once for each face and set of glyphs.

WeasyPrint 70 subsets a variable font with HarfBuzz, but then makes it static with fontTools: a third of the time of a
small leaflet. HarfBuzz from version 6 does both at once. Where it cannot, WeasyPrint's own way is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.lru import Recent
from leaflet.weasy.writer.cid_fonts import numbered_by_glyph

from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset  # isort: skip
from weasyprint.text.fonts import get_hb_object_data  # isort: skip

DECLARATION = """int hb_subset_input_pin_axis_location(
    hb_subset_input_t *input, hb_face_t *face, hb_tag_t axis_tag, float value);"""
RETAIN_GLYPH_IDS = 0x2
NOTDEF_OUTLINE = 0x40
VARIATION_TABLES = frozenset({"fvar", "gvar", "avar", "HVAR", "VVAR", "MVAR", "STAT", "cvar"})
PRINTABLE = range(0x20, 0x7F)
"""Characters that every embedded face has: the words of the next variant then need no other subset."""

_letters: Recent[tuple[int, ...]] = Recent(32)
_cut: Recent[tuple[bytes, list[str]]] = Recent(64)


def digest(content: bytes) -> str:
    """By what a font file is known."""
    return sha256(content).hexdigest()


def cut_down(font: Any, to_unicode: dict[int, str], hinting: bool, clean: Callable[..., None]) -> None:
    """Cut ``font`` (WeasyPrint's) down to its used glyphs and plain letters, by ``clean`` where it was not done yet."""
    if not to_unicode:
        font.file_content = get_hb_object_data(font.hb_face)
        clean(font, to_unicode, hinting)
        return
    wanted = {**dict.fromkeys(_plain_letters(font), ""), **to_unicode}
    place = (font.weight, font.style, font.font_size, tuple(sorted(font.variations.items())), bool(font.missing))
    key = (font.digest, font.index, *place, hinting, frozenset(wanted))
    made = _cut.get(key)
    if made is None:
        font.file_content = get_hb_object_data(font.hb_face)
        pin_axes(font, wanted)
        clean(font, wanted, hinting)
        font.file_content = numbered_by_glyph(font.file_content)
        _cut.keep(key, (font.file_content, font.tables))
    else:
        font.file_content, font.tables = made


def _plain_letters(font: Any) -> tuple[int, ...]:
    """The glyphs of the printable characters of ASCII that ``font`` has."""
    key = (font.digest, font.index)
    known = _letters.get(key)
    if known is not None:
        return known
    file = TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)
    names = file.getBestCmap() or {}
    return _letters.keep(key, tuple(file.getGlyphID(names[point]) for point in PRINTABLE if point in names))


@cache
def can_pin() -> bool:
    """Whether this machine's HarfBuzz can fix the axes of a font."""
    if not harfbuzz_subset or not harfbuzz.hb_version_atleast(6, 0, 0):
        return False
    ffi.cdef(DECLARATION)
    return hasattr(harfbuzz_subset, "hb_subset_input_pin_axis_location")


def pin_axes(font: Any, to_unicode: dict[int, str]) -> None:
    """Make ``font`` (WeasyPrint's) static, at the place on its axes where it was used, with the used glyphs only."""
    if "fvar" not in font.tables or not to_unicode or not can_pin():
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
        if not harfbuzz_subset.hb_subset_input_pin_axis_location(subset, font.hb_face, tag, value):
            return
    face = harfbuzz_subset.hb_subset_or_fail(font.hb_face, subset)
    if face:
        font.hb_face = ffi.gc(face, harfbuzz.hb_face_destroy)
        font.tables = [table for table in font.tables if table not in VARIATION_TABLES]


def _places(font: Any) -> dict[str, float]:
    """The value on each axis: what Pango chose, else the weight and size that were asked for, else the default."""
    asked = {"wght": font.weight, "opsz": font.font_size}
    axes = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)["fvar"].axes
    return {
        axis.axisTag: min(
            max(font.variations.get(axis.axisTag, asked.get(axis.axisTag, axis.defaultValue)), axis.minValue),
            axis.maxValue,
        )
        for axis in axes
    }

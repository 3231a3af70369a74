"""Fonts whose glyphs go by character identifiers (CID-keyed CFF, as Chinese ones do), renumbered by glyph.

A page names glyphs by their index. In such a font a reader takes that number for an identifier, which the font's charset
leads to a glyph (ISO 32000-1, 9.7.4.2); so the charset has to say that both are the same.
"""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont


def numbered_by_glyph(content: bytes) -> bytes:
    """``content`` with a charset in which each identifier is the glyph's index; other fonts come back as they are."""
    font = TTFont(BytesIO(content), lazy=True, recalcTimestamp=False)
    if "CFF " not in font:
        return content
    top = font["CFF "].cff[0]
    if not hasattr(top, "ROS"):
        return content
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    glyphs = top.CharStrings
    glyphs.charStrings = {
        new: glyphs.charStrings[old] for new, old in zip(names, list(top.charset), strict=True) if old in glyphs
    }
    top.charset = names
    font.setGlyphOrder(names)
    made = BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()

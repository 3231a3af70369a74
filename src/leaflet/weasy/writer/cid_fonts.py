"""CID-keyed fonts, as Chinese ones are, renumbered by glyph.

A page names glyphs by their index. In a CID-keyed CFF font a reader takes that number for an identifier, which the font's
charset maps to a glyph (ISO 32000-1, 9.7.4.2); so the charset has to map each number to itself.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from hashlib import sha256
from io import BytesIO

import pydyf
from fontTools import version as fonttools_version
from fontTools.ttLib import TTFont

from leaflet.lru_cache import LruCache
from leaflet.weasy.types import Pdf
from leaflet.weasy.writer.subset_store import SubsetStore

ENGINE = 1
"""To be raised when this module makes other bytes of the same font."""


class CidFonts:
    """Renumbered fonts by the digest of the font before, in memory and in the user's cache folder."""

    def __init__(self, store: SubsetStore) -> None:
        self._store = store
        self._renumbered: LruCache[Hashable, bytes] = LruCache(16)

    def renumber(self, pdf: Pdf) -> None:
        """Renumber the CID-keyed fonts that are embedded in ``pdf``."""
        for part in pdf.objects:
            if isinstance(part, pydyf.Stream) and part.extra.get("Subtype") == "/OpenType":
                (content,) = part.stream
                part.stream = [self._renumbered.get_or_make(sha256(content).digest(), partial(self._stored, content))]

    def _stored(self, content: bytes) -> bytes:
        name = repr(("renumbered", ENGINE, fonttools_version, sha256(content).hexdigest()))
        return self._store.content(name, lambda: numbered_by_glyph(content))


def numbered_by_glyph(content: bytes) -> bytes:
    """Return ``content`` with a charset in which each identifier is the glyph's index; other fonts as they are."""
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

"""Font that may not be in a PDF.

What it finds:
Embedded fonts whose licence bits forbid embedding, or allow pictures of letters only.

Why:
The bits ``fsType`` (OpenType, table OS/2) say what the maker of a font allows. A printer may refuse such a file, and its
author breaks the licence.

Bad:
    fsType 2

Good:
    fsType 0, or 4 or 8

When to ignore it:
Where you have bought a licence for embedding.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont, TTLibError

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_streams import unpacked_size
from leaflet.checks.pdf_subject import PdfSubject, font_descriptor, font_name
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.files import allows_pictures_only, forbids_embedding

LARGEST = 40_000_000


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield the fonts that forbid what was done with them."""
    seen: set[str] = set()
    for font in subject.fonts:
        name = font_name(font)
        bits = _licence(font)
        if bits is None or name in seen:
            continue
        seen.add(name)
        if forbids_embedding(bits):
            yield Hit(message=f'the font "{name}" may not be embedded', hint="use another font", panel=subject.whole)
        elif allows_pictures_only(bits):
            message = f'the font "{name}" may only be embedded as pictures of letters'
            yield Hit(message=message, hint="use another font", panel=subject.whole)


def _licence(font: pikepdf.Object) -> int | None:
    """Return the licence bits of an embedded font; None where it has none, as most subsets."""
    descriptor = font_descriptor(font)
    files = (descriptor.get(f"/FontFile{kind}") for kind in ("2", "3")) if descriptor is not None else ()
    stream = next((file for file in files if isinstance(file, pikepdf.Stream)), None)
    if stream is None or unpacked_size(stream, LARGEST) > LARGEST:
        return None
    try:
        with TTFont(BytesIO(stream.read_bytes()), lazy=True) as opened:
            return int(opened["OS/2"].fsType) if "OS/2" in opened else None
    except (TTLibError, pikepdf.PdfError, ValueError, KeyError, AttributeError, AssertionError, OSError):
        return None  # a bare CFF font, or a damaged one, which L710 and veraPDF speak of


RULE = Rule(code="L812", name="font-licence", area=Area.PDF, packs=packs(Pack.PRESS), check=find, page=__doc__)

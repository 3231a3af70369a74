"""Font that is not in the file, or whose letters have no meaning.

What it finds:
Fonts that are used but not embedded, and fonts without a map to Unicode whose encoding does not give one.

Why:
Matterhorn 31-009 and 31-027 (PDF/UA-1 7.21.4 and 7.21.7); PDF/X-4 and PDF/A forbid it too. Another font would be printed,
and a screen reader could not read the words.

Bad:
    /BaseFont /Arial without /FontFile2

Good:
    /BaseFont /ABCDEF+Arial with /FontFile2 and /ToUnicode

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject, font_descriptor, font_name
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.errors import Severity

KNOWN_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"})


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield fonts that are missing or mute."""
    seen: set[tuple[str, str]] = set()
    for font in subject.fonts:
        name = font_name(font)
        for message, hint in _faults(font):
            if (name, message) not in seen:
                seen.add((name, message))
                yield Hit(message=f'the font "{name}" {message}', hint=hint, panel=subject.whole)


def _faults(font: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if font.get("/Subtype") == "/Type3":
        return
    descriptor = font_descriptor(font)
    embedded = descriptor is not None and any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    if not embedded:
        yield "is not embedded", "embed all fonts when the PDF is made"
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    if "/ToUnicode" not in font and str(base) not in KNOWN_ENCODINGS:
        yield "does not say which letters its glyphs are", "write a ToUnicode map"


RULE = Rule(
    code="L710",
    name="font-embedding",
    area=Area.PDF,
    packs=packs(Pack.BASE),
    severity=Severity.ERROR,
    check=find,
    page=__doc__,
)

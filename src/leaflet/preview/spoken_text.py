"""Reading order of a PDF from its tags: the text as a screen reader comes to it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_DEPTH = 60
HYPHENATED = re.compile(r"[\u00ad\ufffe\x02]\s*| (?=[\u00ad\ufffe\x02])")
"""Characters that divide a word at the end of a line."""
PLAIN = frozenset({"Document", "NonStruct", "Div", "Sect", "Part", "Art", "Span", "StructTreeRoot", "Private"})
"""Tags that say nothing to a listener."""


class Spoken(Struct, frozen=True, kw_only=True):
    """One element as it is read aloud."""

    page: int
    kind: str
    depth: int
    text: str
    alternative: bool = False
    """The text describes a picture."""


def reading_order(pdf: bytes) -> tuple[Spoken, ...]:
    """Return what a screen reader says of a tagged PDF, in its order."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(spoken for number in range(len(document)) for spoken in _of_page(document[number], number))


def _of_page(page: PdfPage, number: int) -> Iterator[Spoken]:
    from pypdfium2 import raw

    texts = _marked_texts(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        for child in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _element(raw.FPDF_StructTree_GetChildAtIndex(tree, child), texts, number, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _element(element: object, texts: dict[int, str], page: int, depth: int) -> Iterator[Spoken]:
    """Yield an element; the text directly in it is one piece, interrupted only by elements that are blocks."""
    from pypdfium2 import raw

    if not element or depth > MOST_DEPTH:
        return
    kind = _string(raw.FPDF_StructElement_GetType, element)
    instead = _string(raw.FPDF_StructElement_GetAltText, element)
    if instead:
        yield Spoken(page=page, kind=kind, depth=depth, text=instead, alternative=True)
        return
    pieces: list[str] = []
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            for spoken in _element(child, texts, page, depth + 1):
                if spoken.kind in PLAIN or spoken.kind in ("Link", "Reference", "Em", "Strong", "Quote", "Code"):
                    pieces.append(spoken.text)
                else:
                    yield from _joined(pieces, page, kind, depth)
                    yield spoken
        else:
            pieces.append(texts.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, place), ""))
    yield from _joined(pieces, page, kind, depth)


def _joined(pieces: list[str], page: int, kind: str, depth: int) -> Iterator[Spoken]:
    text = HYPHENATED.sub("", " ".join(" ".join(pieces).split()))
    pieces.clear()
    if text and not (kind == "Lbl" and not any(map(str.isalnum, text))):
        yield Spoken(page=page, kind=kind, depth=depth, text=text)


def _marked_texts(page: PdfPage) -> dict[int, str]:
    """Return the text of each marked content of a page, by its number."""
    from pypdfium2 import raw

    found: dict[int, list[str]] = {}
    texts = page.get_textpage()
    for place in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        number = raw.FPDFPageObj_GetMarkedContentID(thing)
        if number < 0:  # an artifact, such as a running head; the links of a page have this number too
            continue
        length = raw.FPDFTextObj_GetText(thing, texts, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFTextObj_GetText(thing, texts, buffer, length)
        found.setdefault(number, []).append(_decoded(bytes(buffer)[:length]))
    return {number: "".join(pieces) for number, pieces in found.items()}


def _string(read: Callable[..., int], element: object) -> str:
    length = read(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return _decoded(buffer.raw[:length])


def _decoded(data: bytes) -> str:
    return data.decode("utf-16-le", "ignore").rstrip("\0")

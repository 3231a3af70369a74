"""Places of a page: which rectangle of a panel comes from which line of the source, and which pages look as before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

from leaflet.panels import PanelPdf
from leaflet.pipeline import Proof
from leaflet.preview.build_request import Place, ShownPage

SUBSET = re.compile(r"^/[A-Z]{6}\+")
"""The mark of a subset before the name of a font; it differs with each set of glyphs."""
MOST_DEPTH = 12
"""Objects within objects of a page's resources; deeper ones are fonts' own."""


def shown_pages(proof: Proof) -> tuple[ShownPage, ...]:
    """Return the panels of a proof with their sizes and how full they are."""
    panels, layout = proof.panels, proof.cited.layout
    keys = page_keys(panels.data)
    return tuple(
        ShownPage(
            key=key,
            label=fit.label,
            panel=fit.panel,
            width=measure.width,
            height=measure.height,
            margins=(
                measure.content.top,
                measure.width - measure.content.right,
                measure.height - measure.content.bottom,
                measure.content.left,
            ),
            fill=fit.fill,
            free=fit.free,
            over=fit.over,
        )
        for key, fit, measure in zip(keys, panels.fit.pages, panels.measures, strict=True)
        if layout.panels
    )


def places_on(panels: PanelPdf) -> tuple[Place, ...]:
    """Return where the pieces of all pages come from, in reading order."""
    return tuple(_places(panels))


def _places(panels: PanelPdf) -> Iterator[Place]:
    found = panels.source_map
    assert found is not None
    for page, measure in enumerate(panels.measures):
        for piece in measure.pieces:
            place = found.location(piece.element, piece.text)
            if place is None or place.line is None:
                continue
            area = piece.area
            yield Place(
                page=page,
                x=round(area.left, 2),
                y=round(area.top, 2),
                width=round(area.right - area.left, 2),
                height=round(area.bottom - area.top, 2),
                line=place.line,
                column=place.column or 1,
                block=found.line_of_block(piece.element) or place.line,
            )


def page_keys(pdf: bytes) -> tuple[str, ...]:
    """Return a key for each page, which is the same as long as its content and all that it uses are the same."""
    with pikepdf.open(BytesIO(pdf)) as document:
        known: dict[tuple[int, int], bytes] = {}
        return tuple(_page_key(page, known) for page in document.pages)


def _page_key(page: pikepdf.Page, known: dict[tuple[int, int], bytes]) -> str:
    key = hashlib.sha256()
    contents = page.obj.get("/Contents")
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        if isinstance(stream, pikepdf.Stream):
            key.update(stream.read_bytes())
    key.update(repr([float(number) for number in page.mediabox]).encode())
    key.update(_digest(page.obj.get("/Resources"), known, 0))
    key.update(_annotations(page))
    return key.hexdigest()[:32]


def _annotations(page: pikepdf.Page) -> bytes:
    """Return what the page's annotations say of their looks; links have none."""
    found = page.obj.get("/Annots")
    marks = [entry for entry in found if entry.get("/Subtype") != "/Link"] if isinstance(found, pikepdf.Array) else []
    return repr([str(entry.get("/Rect")) for entry in marks]).encode()


def _digest(value: object, known: dict[tuple[int, int], bytes], depth: int) -> bytes:
    """Return a digest of an object and of all objects below it."""
    if not isinstance(value, pikepdf.Object) or depth > MOST_DEPTH:
        return repr(value).encode()
    if value.is_indirect and value.objgen in known:
        return known[value.objgen]
    digest = hashlib.sha256()
    if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Font":
        # Subsets keep the numbers of glyphs, and the name by which a page uses a font is that of its face and weight.
        digest.update(SUBSET.sub("", str(value.get("/BaseFont"))).encode())
        return digest.digest()
    if value.is_indirect:
        known[value.objgen] = b""  # an object that holds itself
    if isinstance(value, pikepdf.Stream):
        digest.update(value.read_raw_bytes())
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name, entry in sorted(value.items()):
            if name not in ("/Parent", "/P", "/StructParent", "/StructParents"):
                digest.update(name.encode())
                digest.update(_digest(entry, known, depth + 1))
    elif isinstance(value, pikepdf.Array):
        for entry in value:
            digest.update(_digest(entry, known, depth + 1))
    else:
        digest.update(str(value).encode())
    if value.is_indirect:
        known[value.objgen] = digest.digest()
    return digest.digest()

"""Appearances of annotations in print, such as a form field's value, for pages that a sheet repeats."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Matrix, Name, Object, Rectangle, Stream

from leaflet.sheet.form_xobjects import rectangle

HIDDEN, PRINT = 2, 4
"""Flags of an annotation (ISO 32000-1, table 165)."""


def printed_appearances(page: Object) -> Iterator[tuple[Stream, Matrix]]:
    """Yield each appearance that is printed on ``page``, with the matrix from its own space to the page's."""
    for annotation in page.get("/Annots", ()):
        flags = int(annotation.get("/F", 0))
        if flags & HIDDEN or not flags & PRINT or annotation.get("/Subtype") == Name.Popup:
            continue
        shown = annotation.get("/AP", Dictionary()).get("/N")
        if isinstance(shown, Dictionary) and "/AS" in annotation:
            shown = shown.get(str(annotation.AS))
        if isinstance(shown, Stream) and "/BBox" in shown:
            yield shown, _to_rectangle(shown, rectangle(annotation.Rect))


def _to_rectangle(form: Object, target: Rectangle) -> Matrix:
    """Return the matrix that fits the form's box to the rectangle (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    box = Matrix(form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))).transform(rectangle(form.BBox))
    level = target.width / box.width if box.width else 1.0
    upright = target.height / box.height if box.height else 1.0
    return Matrix(level, 0, 0, upright, target.llx - box.llx * level, target.lly - box.lly * upright)

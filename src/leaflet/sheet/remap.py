"""Remapping of everything in a file that names a page, or a place on it, to the sheet that the page lies on now.

ISO 32000-1, 14.7.4.3: content inside a form is tagged by a marked-content reference that names the form as its
stream. The form keeps the page's ``StructParents``, so the parent tree stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf, Stream

from leaflet.sheet.form_xobjects import copied_stream, rectangle

PageNumber: TypeAlias = tuple[int, int]
"""The identity of a page inside the file: its object's number and generation."""

OUTLINES = ("/QuadPoints", "/L", "/Vertices", "/CL")
"""Places of an annotation that are written as pairs of x and y, beside its rectangle."""
PLACES: Mapping[str, tuple[int | None, int | None]] = {
    "/XYZ": (2, 3),
    "/FitH": (None, 2),
    "/FitBH": (None, 2),
    "/FitV": (2, None),
    "/FitBV": (2, None),
}
"""The indices of a destination's left edge and top."""
PAGE_TREE = frozenset({"/Parent", "/Kids"})


class Move(Struct, frozen=True, kw_only=True):
    """The move of one page: the sheet, the form it is now, and the matrix from its space to the sheet's."""

    sheet: Object
    form: Stream
    matrix: Matrix

    def points(self, values: Object) -> Array:
        """Return pairs of x and y, moved to the sheet."""
        numbers = [float(value) for value in values]
        pairs = zip(numbers[::2], numbers[1::2], strict=False)
        return Array([round(value, 3) for pair in pairs for value in self.matrix.transform(pair)])

    def box(self, values: Object) -> Array:
        """Return a rectangle, moved to the sheet."""
        moved = self.matrix.transform(rectangle(values))
        return Array([round(value, 3) for value in (moved.llx, moved.lly, moved.urx, moved.ury)])


Moves: TypeAlias = Mapping[PageNumber, Move]


def move_objects(pdf: Pdf, pages: Sequence[Object], moves: Moves) -> None:
    """Point everything that names one of the old ``pages`` to its sheet, and move what has coordinates.

    Annotations of the page itself go first, because the old page identifies them. Then come all other references.
    """
    for page in pages:
        move = moves.get(page.objgen)
        if move is not None:
            for annotation in page.get("/Annots", ()):
                _move_annotation(pdf, annotation, move)
    done = _move_structure(pdf, moves) | moves.keys()
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Array | Stream) and thing.objgen not in done:
            _move_references(thing, moves)


# ---------------------------------------------------------------- annotations


def _move_annotation(pdf: Pdf, annotation: Object, move: Move) -> None:
    annotation.P = move.sheet
    if "/Rect" in annotation:
        annotation.Rect = move.box(annotation.Rect)
    for key in OUTLINES:
        if key in annotation:
            annotation[key] = move.points(annotation[key])
    if "/InkList" in annotation:
        annotation.InkList = Array([move.points(stroke) for stroke in annotation.InkList])
    matrix = move.matrix
    if matrix.b or matrix.c or matrix.a < 0:
        _turn_appearance(pdf, annotation, matrix)


def _turn_appearance(pdf: Pdf, annotation: Object, matrix: Matrix) -> None:
    """Turn what an annotation shows along with its page; its size follows from the rectangle."""
    scale = abs(matrix.a or matrix.b)
    turn = Matrix(matrix.a / scale, matrix.b / scale, matrix.c / scale, matrix.d / scale, 0, 0)
    shown = annotation.get("/AP")
    if shown is None:
        return
    annotation.AP = Dictionary(
        {
            kind: _turned(pdf, state, turn)
            if isinstance(state, Stream)
            else Dictionary({name: _turned(pdf, one, turn) for name, one in state.items()})
            for kind, state in shown.items()
        }
    )


def _turned(pdf: Pdf, form: Object, turn: Matrix) -> Object:
    copied = copied_stream(pdf, form)
    for key, value in form.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            copied[key] = value
    copied.Matrix = Array((Matrix(form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))) @ turn).as_array())
    return copied


# ---------------------------------------------------------------- the structure tree


def _move_structure(pdf: Pdf, moves: Moves) -> set[PageNumber]:
    """Move all elements of the structure tree, and return their identities in the file."""
    root = pdf.Root.get("/StructTreeRoot")
    waiting: list[Object] = [root] if root is not None else []
    seen: set[PageNumber] = set()
    attributes: set[PageNumber] = set()
    while waiting:
        element = waiting.pop()
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        move = _move_of(element, moves)
        if move is not None:
            _move_box(element, move, attributes)
        kids = element.get("/K")
        if kids is None:
            continue
        if isinstance(kids, Array):
            element.K = Array([_kid(kid, move, moves, waiting) for kid in kids])
        else:
            element.K = _kid(kids, move, moves, waiting)
        if move is not None:
            element.Pg = move.sheet
    return seen


def _move_of(thing: Object, moves: Moves) -> Move | None:
    page = thing.get("/Pg")
    return None if page is None else moves.get(page.objgen)


def _kid(kid: Object, move: Move | None, moves: Moves, waiting: list[Object]) -> Object:
    """Move a kid of an element whose page went by ``move``; elements wait for their turn."""
    if not isinstance(kid, Dictionary):
        return kid if move is None else _content_reference(int(kid), move)
    kind = kid.get("/Type")
    if kind not in (Name.MCR, Name.OBJR):
        waiting.append(kid)
        return kid
    own = _move_of(kid, moves) or move
    if own is not None:
        kid.Pg = own.sheet
        if kind == Name.MCR and "/Stm" not in kid:
            kid.Stm = own.form
    return kid


def _content_reference(number: int, move: Move) -> Dictionary:
    return Dictionary(Type=Name.MCR, Pg=move.sheet, Stm=move.form, MCID=number)


def _move_box(element: Object, move: Move, done: set[PageNumber]) -> None:
    """Move the bounding box among the attributes of a figure or a table."""
    found = element.get("/A")
    for attributes in found if isinstance(found, Array) else (found,):
        if isinstance(attributes, Dictionary) and "/BBox" in attributes:
            if attributes.is_indirect:
                if attributes.objgen in done:
                    continue
                done.add(attributes.objgen)
            attributes.BBox = move.box(attributes.BBox)


# ---------------------------------------------------------------- all other references


def _move_references(thing: Object, moves: Moves) -> None:
    """Change destinations and references in ``thing`` and in everything inside it."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            _move_destination(one, moves)
            waiting.extend(_direct(one))
            continue
        for key, value in one.items():
            if key in PAGE_TREE or not isinstance(value, Dictionary | Array | Stream):
                continue
            if not value.is_indirect:
                waiting.append(value)
            elif value.objgen in moves:
                move = moves[value.objgen]
                if key == "/P" and "/V" in one and "/R" in one:  # a bead of an article thread
                    one.R = move.box(one.R)
                one[key] = move.sheet


def _direct(values: Object) -> Iterator[Object]:
    return (value for value in values if isinstance(value, Dictionary | Array) and not value.is_indirect)


def _move_destination(values: Array, moves: Moves) -> None:
    """Change ``[page /XYZ left top zoom]`` and its relatives (ISO 32000-1, table 151) in place."""
    if not len(values) or not isinstance(values[0], Dictionary):
        return
    move = moves.get(values[0].objgen)
    if move is None:
        return
    values[0] = move.sheet
    kind = str(values[1]) if len(values) > 1 else ""
    if kind == "/FitR" and len(values) == 6:
        for place, value in enumerate(move.box(Array(list(values)[2:])), start=2):
            values[place] = value
        return
    places = PLACES.get(kind, (None, None))
    given = [_coordinate(values, place) for place in places]
    moved = move.matrix.transform((given[0] or 0.0, given[1] or 0.0))
    for index, before, after in zip(places, given, moved, strict=True):
        if index is not None and before is not None:
            values[index] = round(after, 3)


def _coordinate(values: Array, place: int | None) -> float | None:
    """Return the number at ``place``; a null there means unchanged."""
    if place is None or place >= len(values):
        return None
    value = values[place]
    return None if value is None else float(value)

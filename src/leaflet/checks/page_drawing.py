"""Drawing instructions of a PDF page: texts with size and colour, fills, lines and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot
from typing import NamedTuple, TypeAlias

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.checks.pdf_streams import refuse_huge
from leaflet.errors import LeafletError, Problem

INVISIBLE = 3
"""The text rendering mode without fill and stroke (ISO 32000-1, table 106)."""
MOST_FORMS = 30
"""Forms within forms; a file that nests more is not read further down."""
MOST_STREAMS = 20_000
"""Forms that a page draws, each as often as it is drawn."""


class Colour(NamedTuple):
    """A colour as it was given: the name of its space, and its values."""

    space: str
    values: tuple[float, ...]


BLACK = Colour("DeviceGray", (0.0,))
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageRectangle(NamedTuple):
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


class Mark(Struct, frozen=True, kw_only=True):
    """Something that a page draws."""

    kind: str
    """``text``, ``fill``, ``line`` or ``image``."""
    box: PageRectangle
    colour: Colour
    size: float = 0.0
    """Of text its size, of a line its width, in points on the page."""
    content: int | None = None
    """The number of the marked content that it belongs to."""
    is_artifact: bool = False
    pixels: tuple[int, int] = (0, 0)
    overprint: bool = False
    length: int = 0
    """The bytes of text that are shown."""
    is_invisible: bool = False
    """True of text that only search and screen readers find, such as that of a scan."""

    @property
    def is_white(self) -> bool:
        """True if it is as white as paper."""
        full = 0.0 if len(self.colour.values) == 4 or self.colour.space.startswith("Separation") else 1.0
        return bool(self.colour.values) and all(value == full for value in self.colour.values)

    @property
    def is_marked(self) -> bool:
        """True if it is tagged or said to be an artifact."""
        return self.content is not None or self.is_artifact


class PageDrawing(Struct, frozen=True, kw_only=True):
    """All marks of one page, and the resources that they use."""

    marks: tuple[Mark, ...]
    fonts: tuple[pikepdf.Object, ...]
    transparent: bool
    spaces: tuple[pikepdf.Object, ...]


class _State(Struct, frozen=True):
    matrix: Matrix = UNIT
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line_width: float = 1.0
    size: float = 0.0
    overprint: bool = False
    is_invisible: bool = False


class _Reader(Struct, kw_only=True):
    marks: list[Mark] = field(default_factory=list)
    fonts: list[pikepdf.Object] = field(default_factory=list)
    spaces: list[pikepdf.Object] = field(default_factory=list)
    transparent: bool = False
    streams: int = 0

    def read(
        self,
        content: pikepdf.Object,
        resources: pikepdf.Object,
        state: _State,
        tag: tuple[int | None, bool],
        depth: int,
    ) -> None:
        """Follow the instructions of a page or a form.

        Raises:
            LeafletError: forms are drawn in forms so often that they would never come to an end, or the instructions are huge.
        """
        self.streams += 1
        if self.streams > MOST_STREAMS:
            message = f"a page of this PDF draws more than {MOST_STREAMS:,} parts within each other"
            raise LeafletError(
                Problem(message=message, hint="no honest program makes such a page; do not use this file")
            )
        refuse_huge(content)
        walk = _Walk(reader=self, resources=resources, state=state, tags=[tag], depth=depth)
        try:
            instructions = pikepdf.parse_content_stream(content)
        except (pikepdf.PdfError, pikepdf.PdfParsingError):
            return
        for instruction in instructions:
            if isinstance(instruction, pikepdf.ContentStreamInstruction):
                walk.follow(str(instruction.operator), list(instruction.operands))


class _Walk(Struct, kw_only=True):
    """One pass over the instructions of one stream."""

    reader: _Reader
    resources: pikepdf.Object
    state: _State
    tags: list[tuple[int | None, bool]]
    depth: int
    saved: list[_State] = field(default_factory=list)
    text: Matrix = UNIT
    line: Matrix = UNIT
    leading: float = 0.0
    points: list[tuple[float, float]] = field(default_factory=list)

    def follow(self, operator: str, given: Sequence[pikepdf.Object]) -> None:  # noqa: C901 - one case for each operator
        match operator:
            case "q":
                self.saved.append(self.state)
            case "Q":
                self.state = self.saved.pop() if self.saved else self.state
            case "cm" if len(given) == 6:
                self.state = replace(self.state, matrix=_times(_matrix(given), self.state.matrix))
            case "w":
                self.state = replace(self.state, line_width=float(given[0]))
            case "gs":
                self.graphics_state(str(given[0]))
            case "g" | "rg" | "k" | "sc" | "scn" | "cs":
                self.state = replace(self.state, fill=self.colour(operator, given, self.state.fill))
            case "G" | "RG" | "K" | "SC" | "SCN" | "CS":
                self.state = replace(self.state, stroke=self.colour(operator.lower(), given, self.state.stroke))
            case "m" | "l" if len(given) == 2:
                self.points.append((float(given[0]), float(given[1])))
            case "c" if len(given) == 6:
                self.points += [(float(given[index]), float(given[index + 1])) for index in (0, 2, 4)]
            case "v" | "y" if len(given) == 4:
                self.points += [(float(given[index]), float(given[index + 1])) for index in (0, 2)]
            case "re" if len(given) == 4:
                x, y, width, height = (float(value) for value in given)
                self.points += [(x, y), (x + width, y + height)]
            case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n":
                self.paint(operator)
            case "BDC" | "BMC":
                self.tags.append(self.tagged(given))
            case "EMC":
                self.tags = self.tags[:-1] if len(self.tags) > 1 else self.tags
            case "BT":
                self.text = self.line = UNIT
            case "Tf":
                self.font(given)
            case "Tr":
                self.state = replace(self.state, is_invisible=int(given[0]) == INVISIBLE)
            case "Tm" if len(given) == 6:
                self.text = self.line = _matrix(given)
            case "Td" | "TD" if len(given) == 2:
                self.leading = -float(given[1]) if operator == "TD" else self.leading
                self.next_line(float(given[0]), float(given[1]))
            case "TL" if len(given) == 1:
                self.leading = float(given[0])
            case "T*":
                self.next_line(0, -self.leading)
            case "Tj" | "TJ":
                self.show(given)
            case "'" | '"':
                self.next_line(0, -self.leading)
                self.show(given[-1:])
            case "Do":
                self.object(str(given[0]))
            case _:
                pass

    def next_line(self, x: float, y: float) -> None:
        """Begin a line of text that is ``x`` and ``y`` from where the last one began."""
        self.text = self.line = _times((1, 0, 0, 1, x, y), self.line)

    def colour(self, operator: str, given: Sequence[pikepdf.Object], now: Colour) -> Colour:
        if operator == "cs":
            name = str(given[0]).removeprefix("/")
            return Colour(self.space(name), ())
        values = tuple(float(value) for value in given if isinstance(value, int | float) or _is_number(value))
        spaces = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
        return Colour(spaces.get(operator, now.space), values)

    def space(self, name: str) -> str:
        """Return the family of a colour space of the resources; the name itself for a device's."""
        found = _entry(self.resources, "/ColorSpace", f"/{name}")
        if isinstance(found, pikepdf.Array):
            self.reader.spaces.append(found)
            family = str(found[0]).removeprefix("/")
            if family == "ICCBased":
                return f"ICCBased{int(found[1].get('/N', 0))}"
            return f"Separation {str(found[1]).removeprefix('/')}" if family == "Separation" else family
        return name

    def graphics_state(self, name: str) -> None:
        found = _entry(self.resources, "/ExtGState", name)
        if not isinstance(found, pikepdf.Dictionary):
            return
        if float(found.get("/ca", 1)) < 1 or float(found.get("/CA", 1)) < 1 or found.get("/BM", "/Normal") != "/Normal":
            self.reader.transparent = True
        if isinstance(found.get("/SMask"), pikepdf.Dictionary):
            self.reader.transparent = True
        if "/op" in found:
            self.state = replace(self.state, overprint=bool(found["/op"]))

    def tagged(self, given: Sequence[pikepdf.Object]) -> tuple[int | None, bool]:
        content, artifact = self.tags[-1]
        if given and str(given[0]) == "/Artifact":
            return content, True
        properties = given[1] if len(given) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = _entry(self.resources, "/Properties", str(properties))
        if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
            return int(properties["/MCID"]), artifact
        return content, artifact

    def font(self, given: Sequence[pikepdf.Object]) -> None:
        font = _entry(self.resources, "/Font", str(given[0]))
        if isinstance(font, pikepdf.Dictionary):
            self.reader.fonts.append(font)
        self.state = replace(self.state, size=float(given[1]))

    def show(self, given: Iterable[pikepdf.Object]) -> None:
        matrix = _times(self.text, self.state.matrix)
        size = self.state.size * hypot(matrix[2], matrix[3])
        length = sum(_length(value) for value in given)
        if length:
            width = length * self.state.size / 4  # two bytes for a glyph of about half the type's size
            ends = (_apply(matrix, 0, 0), _apply(matrix, width, self.state.size))
            (left, bottom), (right, top) = (map(min, zip(*ends, strict=True)), map(max, zip(*ends, strict=True)))
            self.mark("text", PageRectangle(left, bottom, right, top), self.state.fill, size=abs(size), length=length)

    def paint(self, operator: str) -> None:
        box = self.path_box()
        if box is not None and operator in ("f", "F", "f*", "B", "B*", "b", "b*"):
            self.mark("fill", box, self.state.fill)
        if box is not None and operator in ("S", "s", "B", "B*", "b", "b*"):
            a, b, c, d, *_ = self.state.matrix
            scale = min(hypot(a, b), hypot(c, d))
            self.mark("line", box, self.state.stroke, size=self.state.line_width * scale)
        self.points = []

    def path_box(self) -> PageRectangle | None:
        if not self.points:
            return None
        placed = [_apply(self.state.matrix, x, y) for x, y in self.points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return PageRectangle(min(xs), min(ys), max(xs), max(ys))

    def object(self, name: str) -> None:
        found = _entry(self.resources, "/XObject", name)
        if not isinstance(found, pikepdf.Stream):
            return
        if found.get("/Subtype") == "/Image":
            corners = [_apply(self.state.matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            box = PageRectangle(min(xs), min(ys), max(xs), max(ys))
            pixels = int(found.get("/Width", 0)), int(found.get("/Height", 0))
            self.reader.transparent |= "/SMask" in found
            self.mark("image", box, Colour(_image_space(found), ()), pixels=pixels)
        elif found.get("/Subtype") == "/Form" and self.depth < MOST_FORMS:
            matrix = _matrix(found.Matrix) if "/Matrix" in found else UNIT
            inside = replace(self.state, matrix=_times(matrix, self.state.matrix))
            self.reader.read(found, found.get("/Resources", self.resources), inside, self.tags[-1], self.depth + 1)

    def mark(
        self,
        kind: str,
        box: PageRectangle,
        colour: Colour,
        *,
        size: float = 0.0,
        pixels: tuple[int, int] = (0, 0),
        length: int = 0,
    ) -> None:
        content, artifact = self.tags[-1]
        self.reader.marks.append(
            Mark(
                kind=kind,
                box=box,
                colour=colour,
                size=size,
                content=content,
                is_artifact=artifact,
                pixels=pixels,
                overprint=self.state.overprint,
                length=length,
                is_invisible=self.state.is_invisible,
            )
        )


def read_drawing(page: pikepdf.Page) -> PageDrawing:
    """Return whatever a page draws, also inside its forms."""
    reader = _Reader()
    resources = page.get("/Resources", pikepdf.Dictionary())
    reader.read(page.obj, resources, _State(), (None, False), 0)
    return PageDrawing(
        marks=tuple(reader.marks),
        fonts=tuple(reader.fonts),
        transparent=reader.transparent,
        spaces=tuple(reader.spaces),
    )


def _entry(resources: pikepdf.Object, kind: str, name: str) -> pikepdf.Object | None:
    group = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return group.get(name) if isinstance(group, pikepdf.Dictionary) else None


def _image_space(image: pikepdf.Object) -> str:
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and str(space[0]) == "/Indexed":
        space = space[1]
    if isinstance(space, pikepdf.Array):
        family = str(space[0]).removeprefix("/")
        return f"ICCBased{int(space[1].get('/N', 0))}" if family == "ICCBased" else family
    return str(space).removeprefix("/") if space is not None else "mask"


def _is_number(value: pikepdf.Object) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _length(value: pikepdf.Object) -> int:
    if isinstance(value, pikepdf.String):
        return len(bytes(value))
    if isinstance(value, pikepdf.Array):
        return sum(len(bytes(part)) for part in value if isinstance(part, pikepdf.String))
    return 0


def _matrix(given: Iterable[pikepdf.Object]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in given)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then  # noqa: N806 - the letters of the PDF reference
    return a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

"""Recolouring of the drawing instructions of one page or form, with black text set to overprint.

Ink under black text stays (overprint), so that no white line shows where plates do not meet exactly. That is right for
solid black only: anything else would change its colour with what lies below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace
from pikepdf import Array, Name, Object

from leaflet.output.colour import BLACK, Colour, Ink

OVERPRINT, KNOCKOUT = "/LeafletOverprint", "/LeafletKnockout"
"""Names of graphics states: black text leaves the other inks as they are, or clears them as everything else does."""

Operand: TypeAlias = Any
"""A number, name, string, array or dictionary, as pikepdf gives it."""
Operation: TypeAlias = tuple[Sequence[Operand], bytes]
LAB_SPACES = {"/lab-d50", "/lab-d65"}
"""The spaces in which WeasyPrint writes colours that CSS gives as lab, lch, oklab or oklch."""


class Inks(Protocol):
    """Conversion of colours to inks."""

    def ink(self, colour: Colour) -> Ink:
        """Return the inks for an area."""

    def text_ink(self, colour: Colour) -> Ink:
        """Return the inks for text and lines."""

    def from_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Return the inks for an area of a CIE Lab colour."""

    def limited(self, ink: Ink) -> Ink:
        """Return inks within the limit."""


class Paint(Struct, frozen=True, kw_only=True):
    """One colour as an area is printed in it, and as text is."""

    area: Ink
    text: Ink


class _State(Struct):
    """The part of the graphics state that ``q`` saves and ``Q`` restores."""

    fill: Paint | None = None
    """The colour that the instructions set last."""
    written: tuple[Ink, bool] | None = None
    """The inks that were written last, and whether they overprint."""
    fill_space: str = ""
    stroke_space: str = ""


TEXT = {b"Tj", b"TJ", b"'", b'"'}
AREAS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


class Recolouring(Struct):
    """Rewriter of instructions, which follows the current colour."""

    inks: Inks
    overprints: bool = False
    """True once text was set to overprint, so that the graphics states are needed."""
    _state: _State = field(default_factory=_State)
    _saved: list[_State] = field(default_factory=list)

    def operations(self, given: Sequence[Operation]) -> Iterator[Operation]:
        """Yield ``given`` with every colour in inks; the inks of a fill are written once it is known what is filled."""
        for operands, operator in given:
            if operator in (b"cs", b"CS"):
                yield from self._in_space(str(operands[0]), operator)
            elif (paint := self._paint(operands, operator)) is None:
                yield from self._drawn(operands, operator)
            elif operator.isupper():
                yield _set(paint.text, b"K")
            else:
                self._state.fill = paint

    def _in_space(self, space: str, operator: bytes) -> Iterator[Operation]:
        """Yield the choice of a colour space that is a pattern or an ink of its own, and drop any other."""
        if operator == b"CS":
            self._state.stroke_space = space
        else:
            self._state.fill, self._state.written, self._state.fill_space = None, None, space
        if space not in {"/DeviceRGB", "/DeviceGray", "/DeviceCMYK", *LAB_SPACES}:
            yield [Name(space)], operator

    def _drawn(self, operands: Sequence[Operand], operator: bytes) -> Iterator[Operation]:
        """Yield an instruction that sets no colour, with the colour that it needs before it."""
        if operator == b"q":
            self._saved.append(replace(self._state))
        elif operator == b"Q" and self._saved:
            self._state = self._saved.pop()
        elif operator in TEXT or operator in AREAS:
            yield from self._filled(text=operator in TEXT)
        yield operands, operator

    def _filled(self, *, text: bool) -> Iterator[Operation]:
        if self._state.fill is None:
            return
        ink = self._state.fill.text if text else self._state.fill.area
        before, wanted = self._state.written, (ink, text and ink == BLACK)
        if before is None or before[0] != ink:
            yield _set(ink, b"k")
        if wanted[1] != (before is not None and before[1]):
            self.overprints = True
            yield [Name(OVERPRINT if wanted[1] else KNOCKOUT)], b"gs"
        self._state.written = wanted

    def _paint(self, operands: Sequence[Operand], operator: bytes) -> Paint | None:
        """Return the colour that an instruction sets, or None where it sets none that this module changes."""
        lower = operator.lower()
        space = self._state.stroke_space if operator.isupper() else self._state.fill_space
        if lower in (b"sc", b"scn"):
            lower = {"/DeviceRGB": b"rg", "/DeviceGray": b"g", "/DeviceCMYK": b"k"}.get(space, b"")
            if not lower and space in LAB_SPACES:
                return self._same(self.inks.from_lab(*_numbers(operands)))
        match lower:
            case b"rg":
                red, green, blue = _numbers(operands)
                colour = (red, green, blue)
                return Paint(area=self.inks.ink(colour), text=self.inks.text_ink(colour))
            case b"g":
                return self._same((0.0, 0.0, 0.0, 1 - _numbers(operands)[0]))
            case b"k":
                cyan, magenta, yellow, black = _numbers(operands)
                return self._same(self.inks.limited((cyan, magenta, yellow, black)))
            case _:
                return None

    @staticmethod
    def _same(ink: Ink) -> Paint:
        return Paint(area=ink, text=ink)


def greyed(given: Sequence[Operation]) -> Iterator[Operation]:
    """Return the instructions of a soft mask with every colour as the grey that counts there (ISO 32000-1, 11.5.3)."""
    space = ""
    for operands, operator in given:
        lower = operator.lower()
        if lower == b"cs":
            space = str(operands[0])
            if space not in {"/DeviceRGB", "/DeviceGray"}:
                yield operands, operator
            continue
        kind = {"/DeviceRGB": b"rg", "/DeviceGray": b"g"}.get(space, b"") if lower in (b"sc", b"scn") else lower
        if kind in (b"rg", b"g"):
            values = _numbers(operands)
            grey = values[0] if kind == b"g" else luminosity(values)
            yield [round(grey, 4)], b"G" if operator.isupper() else b"g"
        else:
            yield operands, operator


def luminosity(colour: Sequence[float]) -> float:
    """Return the lightness that a mask takes from a colour (ISO 32000-1, 11.3.5.3)."""
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def convert_function(function: Object, convert: Callable[[Sequence[float]], Sequence[float]]) -> None:
    """Change the colours between which a gradient runs, in place (ISO 32000-1, 7.10.3 and 7.10.4)."""
    if function.FunctionType == 3:
        for part in _entries(function.Functions):
            convert_function(part, convert)
        return
    for end, default in (("/C0", (0.0, 0.0, 0.0)), ("/C1", (1.0, 1.0, 1.0))):
        colour = [float(value) for value in function.get(end, default)]
        function[end] = Array([round(value, 4) for value in convert(colour)])


def _entries(array: Object) -> list[Object]:
    assert isinstance(array, Array)
    return list(array)


def _set(ink: Ink, operator: bytes) -> Operation:
    return [round(share, 4) for share in ink], operator


def _numbers(operands: Sequence[Operand]) -> list[float]:
    return [float(value) for value in operands]

"""What a kept block looks like is put down again, where it stands in the same place and is drawn in the same state.

Only what draws with fonts and plain transparency is remembered: pictures, gradients and masks have names and numbers of
their own in each page, and are drawn each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias

import pydyf

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.patch import replaced

import weasyprint.draw as drawing  # isort: skip
from weasyprint.stacking import StackingContext  # isort: skip

Box: TypeAlias = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a layer put into the stream of a page."""

    items: tuple[Any, ...]
    first: int
    """The number of its first marked content."""
    tags: dict[Box, dict[str, Any]]
    resources: Any
    images: dict[str, dict[str, Any]]
    fonts: dict[int, Any]

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it has a name that belongs to one page."""
        named = any(self.resources[kind] for kind in ("XObject", "Pattern", "Shading"))
        return not named and not self.images and all(key[0] in "aA" for key in self.resources["ExtGState"])


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMarks:
    """The marks of a layer of a kept block, and where it stood when it was drawn."""

    look: tuple[Any, ...]
    items: tuple[Any, ...]
    tags: tuple[tuple[int, str, int], ...]
    """Of each marked content its box, by its place among the layer's, its tag, and its number in the layer."""
    states: dict[str, Any]
    fonts: dict[int, Any]

    def from_number(self, first: int) -> Iterable[Any]:
        """The items, with marked contents numbered from ``first``."""
        for item in self.items:
            yield pydyf.Dictionary({"MCID": item["MCID"] + first}) if isinstance(item, pydyf.Dictionary) else item


def kept_marks() -> AbstractContextManager[None]:
    """While inside, layers of kept blocks that were drawn before are put down as they were."""
    return replaced(drawing, "draw_stacking_context", _or_again)


def _or_again(draw: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def paint(stream: Any, layer: Any) -> None:
        block, place = getattr(layer.box, "kept", (None, 0))
        if block is None or not hasattr(stream, "recorded"):
            draw(stream, layer)
            return
        parts = list(_parts(layer))
        if not all(_is_plain(part, block) for part in parts):
            draw(stream, layer)
            return
        look = stream.state, *map(_place, parts)
        known = block.painted.get(place)
        if known is not None and known.look == look:
            stream.put(known, parts)
            return
        marks = stream.recorded(lambda: draw(stream, layer))
        if marks.is_plain:
            block.painted[place] = _kept(marks, parts, look)

    return paint


def _parts(layer: Any) -> Iterator[Box]:
    """All boxes that are drawn with ``layer``, in an order of our own."""
    yield from _within(layer.box)
    above = layer.negative_z_contexts, layer.float_contexts, layer.zero_z_contexts, layer.positive_z_contexts
    for contexts in above:
        for context in contexts:
            yield from _parts(context)


def _within(box: Box) -> Iterator[Box]:
    if isinstance(box, StackingContext):
        yield from _parts(box)
        return
    yield box
    for child in box.children:
        yield from _within(child)


def _is_plain(box: Box, block: Any) -> bool:
    """Whether ``box`` came with ``block`` and is drawn without pictures."""
    style, background = box.style, box.background
    return (
        getattr(box, "kept", (None,))[0] is block
        and (background is None or not any(layer.image for layer in background.layers))
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
    )


def _place(box: Box) -> tuple[Any, ...]:
    """Where ``box`` stands, and what may differ from one copy to the next."""
    ends = len(box.remove_decoration_sides), getattr(box, "block_ellipsis", None)
    return box.kept[1], box.position_x, box.position_y, box.width, box.height, *ends


def _kept(marks: Marks, parts: list[Box], look: tuple[Any, ...]) -> KeptMarks:
    places = {id(box): place for place, box in enumerate(parts)}
    return KeptMarks(
        look=look,
        items=tuple(_settled(marks.items, marks.first)),
        tags=tuple((places[id(box)], tag["tag"], tag["mcid"] - marks.first) for box, tag in marks.tags.items()),
        states=dict(marks.resources["ExtGState"]),
        fonts=marks.fonts,
    )


def _settled(items: tuple[Any, ...], first: int) -> Iterator[Any]:
    """``items`` in few pieces; the properties of marked contents stay alone, between their tags and operators."""
    begun = 0
    for place, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary):
            yield from _joined(items[begun : place - 1])
            yield items[place - 1]
            yield pydyf.Dictionary({"MCID": item["MCID"] - first})
            yield items[place + 1]
            begun = place + 2
    yield from _joined(items[begun:])


def _joined(items: tuple[Any, ...]) -> tuple[bytes, ...]:
    return (b"\n".join(pydyf._to_bytes(item) for item in items),) if items else ()

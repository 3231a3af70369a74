"""Replay of the recorded drawing operators of a cached block, painted at the same position in the same graphics state.

Only what is drawn with fonts and plain transparency is recorded: pictures, gradients and masks have names and numbers of
their own on each page, and are drawn each time.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it a leaflet takes 1.2 to 1.7 times
as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pydyf

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.paint.recording import CachedOperators, Recording
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, Box, StackingContext

import weasyprint.draw as drawing  # isort: skip
from weasyprint import stacking  # isort: skip

if TYPE_CHECKING:
    from leaflet.weasy.layout.block_cache import CachedBlock
    from leaflet.weasy.paint.recorder import Recorder


def operator_cache() -> Replacement:
    """Return the replacement that replays the stacking contexts of cached blocks that were drawn before."""
    return Replacement(owner=drawing, name="draw_stacking_context", make=_replaying)


def _replaying(draw: Callable[[Anything, StackingContext], None]) -> Callable[[Recorder, StackingContext], None]:
    def paint(stream: Recorder, context: StackingContext) -> None:
        block, place = getattr(context.box, "cached_block", (None, 0))
        if block is None or not hasattr(stream, "record"):
            draw(stream, context)
            return
        parts = list(_parts(context))
        if not all(_is_plain(part, block) for part in parts):
            draw(stream, context)
            return
        look = stream.state, *map(_place, parts)
        known = block.painted.get(place)
        if known is not None and known.look == look:
            stream.replay(known, parts)
            return
        recording = stream.record(lambda: draw(stream, context))
        if recording.is_plain:
            block.painted[place] = _cached(recording, parts, look)

    return paint


def _parts(context: StackingContext) -> Iterator[Box]:
    """Yield all boxes that are drawn with ``context``, always in the same order."""
    yield from _within(context.box)
    above = context.negative_z_contexts, context.float_contexts, context.zero_z_contexts, context.positive_z_contexts
    for contexts in above:
        for inner in contexts:
            yield from _parts(inner)


def _within(box: Anything) -> Iterator[Box]:
    if isinstance(box, stacking.StackingContext):
        yield from _parts(box)
        return
    yield box
    for child in box.children:
        yield from _within(child)


def _is_plain(box: Box, block: CachedBlock) -> bool:
    """Return whether ``box`` was copied with ``block`` and is drawn without pictures."""
    style, background = box.style, box.background
    return (
        getattr(box, "cached_block", (None,))[0] is block
        and (background is None or not any(layer.image for layer in background.layers))
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
    )


def _place(box: Box) -> tuple[object, ...]:
    """Return the position of ``box``, and what may differ from one copy to the next."""
    ends = len(box.remove_decoration_sides), getattr(box, "block_ellipsis", None)
    return box.cached_block[1], box.position_x, box.position_y, box.width, box.height, *ends


def _cached(recording: Recording, parts: list[Box], look: tuple[object, ...]) -> CachedOperators:
    places = {id(box): place for place, box in enumerate(parts)}
    return CachedOperators(
        look=look,
        items=tuple(_joined(recording.items, recording.first)),
        tags=tuple((places[id(box)], tag["tag"], tag["mcid"] - recording.first) for box, tag in recording.tags.items()),
        states=dict(recording.resources["ExtGState"]),
        fonts=recording.fonts,
    )


def _joined(items: tuple[Anything, ...], first: int) -> Iterator[Anything]:
    """Yield ``items`` in few pieces; the properties of marked contents stay apart, between their tags and operators."""
    begun = 0
    for place, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary):
            yield from _as_bytes(items[begun : place - 1])
            yield items[place - 1]
            yield pydyf.Dictionary({"MCID": item["MCID"] - first})
            yield items[place + 1]
            begun = place + 2
    yield from _as_bytes(items[begun:])


def _as_bytes(items: tuple[Anything, ...]) -> tuple[bytes, ...]:
    return (b"\n".join(pydyf._to_bytes(item) for item in items),) if items else ()

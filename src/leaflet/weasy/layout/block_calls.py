"""Calls of the layout of blocks, recorded so that one block can be laid out once more with other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add

from msgspec import Struct

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.layout.block_cache import GEOMETRY, BlockCache, Fingerprinter, page_state
from leaflet.weasy.paint.reading_order import order_block
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, BlockLayout, Box, Element, LayoutContext, Page, SkipStack

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.css.targets import TargetCollector  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip
from weasyprint.formatting_structure.build import create_anonymous_boxes, element_to_box  # isort: skip
from weasyprint.layout.background import layout_box_backgrounds  # isort: skip

FINISHED = frozenset({"margin_top", "margin_bottom"})
"""The properties that a block's surroundings may change once it is laid out: the space around it."""
SIZES = ("width", "min_width", "max_width", "height", "min_height", "max_height")


class BlockCall(Struct, frozen=True, kw_only=True):
    """The layout of one block: what was given, and what came back."""

    before: Box
    """The block before its layout."""
    geometry: tuple[tuple[str, object], ...]
    given: tuple[float, bool, tuple[float, ...]]
    """The space below it, whether the page is empty, and the margins above it."""
    context: tuple[float, int, bool]
    """The end of the page, its number, and whether a break was forced."""
    margins: tuple[float, ...]
    """The margins above it, as its layout leaves them."""
    block: Box
    """The block as it was laid out."""
    then: tuple[dict[str, object], tuple[float, ...]]
    """The next page, and the margins below the block."""
    laid_out: tuple[tuple[str, object], ...]
    """The block's geometry, as its layout leaves it."""


class PlacedBlock(Struct, frozen=True, kw_only=True):
    """A block on a page."""

    call: BlockCall
    page: int
    """The number of its page in the run."""
    moves: tuple[float, ...]
    """The distances by which it was moved down once it was laid out."""


class BlockCalls:
    """The calls of one layout of a run, whose relative addresses start from ``base``."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._calls: dict[int, BlockCall] = {}
        self._context: Anything = None

    def replacement(self) -> Replacement:
        """Return the replacement that records the layout of whole blocks with nothing beside them."""
        return Replacement(owner=blocks, name="block_container_layout", make=self._recording)

    def _recording(self, plain: Callable[..., BlockLayout]) -> Callable[..., BlockLayout]:
        def lay_out(
            context: LayoutContext,
            box: Box,
            bottom_space: float,
            skip_stack: SkipStack,
            page_is_empty: bool,
            absolute_boxes: list[Box],
            fixed_boxes: list[Box],
            adjoining_margins: list[float] | None,
            *rest: object,
            **named: object,
        ) -> BlockLayout:
            arguments = (bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins)
            is_part = skip_stack is not None or any(rest) or any(named.values())
            if is_part or adjoining_margins is None or not _is_alone(context, box):
                return plain(context, box, *arguments, *rest, **named)
            self._context = context
            geometry = _geometry(box)
            given = bottom_space, page_is_empty, tuple(adjoining_margins)
            state = context.page_bottom, context.current_page, context.forced_break
            outside = _outside(context, absolute_boxes, fixed_boxes)
            result = plain(context, box, *arguments, *rest, **named)
            if _is_whole(result) and _outside(context, absolute_boxes, fixed_boxes) == outside:
                block = result[0]
                assert block is not None
                self._calls[id(block)] = BlockCall(
                    before=box,
                    geometry=tuple(geometry.items()),
                    given=given,
                    context=state,
                    margins=tuple(adjoining_margins),
                    block=block,
                    then=_then(result),
                    laid_out=tuple(_geometry(block).items()),
                )
            return result

        return lay_out

    def placed(self, pages: Sequence[Page]) -> Iterator[PlacedBlock]:
        """Yield the blocks on ``pages`` whose layout is recorded, and which nothing unknown has moved."""
        for number, page in enumerate(pages):
            for box, moves in _in_flow(page._page_box, ()):
                call = self._calls.get(id(box))
                if call is not None and _is_where_it_was(call, moves):
                    yield PlacedBlock(call=call, page=number, moves=moves)

    def keep(self, placed: Iterable[PlacedBlock]) -> None:
        """Drop all calls but those of ``placed``."""
        self._calls = {id(one.call.block): one.call for one in placed}

    def again(
        self,
        placed: PlacedBlock,
        page: Box,
        element: Element,
        old: Mapping[Element, Element],
        *,
        is_proof: bool = False,
    ) -> Box | None:
        """Return a block from ``element`` instead of the ``placed`` one; its parts have the styles of those of ``old``.

        None where its outline is another; as a proof, also where its boxes are others.
        """
        context = self._context
        footnotes: list[Box] = []
        made = element_to_box(
            element,
            lambda one, pseudo_type=None: context.style_for(old.get(one, one), pseudo_type),
            context.get_image_from_uri,
            self._base,
            TargetCollector(),
            context.counter_style,
            footnotes,
        )
        if len(made) != 1 or footnotes:
            return None
        box = made[0]
        box.process_whitespace()
        box.process_text_transform()
        box = create_anonymous_boxes(box)
        numbers = Fingerprinter(BlockCache())
        fingerprint = numbers.of_box(box)
        if fingerprint is None or (is_proof and fingerprint != numbers.of_box(placed.call.before)):
            return None
        return self._laid_out(placed, page, box)

    def _laid_out(self, placed: PlacedBlock, page: Box, box: Box) -> Box | None:
        call, context = placed.call, self._context
        for name, value in call.geometry:
            setattr(box, name, value)
        context.page_bottom, context.current_page, context.forced_break = call.context
        context.in_column = False
        context._excluded_shapes_root_boxes, context._excluded_shapes = [page], {page: []}
        space, is_empty, above = call.given
        margins, absolute, fixed = list(above), list[Box](), list[Box]()
        outside = _outside(context, absolute, fixed)
        result = blocks.block_container_layout(
            context, box, space, None, is_empty, absolute, fixed, margins, None, None, False, None
        )
        if not _is_whole(result) or _outside(context, absolute, fixed) != outside or context.excluded_shapes:
            return None
        block: Box | None = result[0]
        assert block is not None
        if (
            _then(result) != call.then
            or tuple(margins) != call.margins
            or tuple(_geometry(block).items()) != call.laid_out
        ):
            return None
        for name in FINISHED:
            setattr(block, name, getattr(call.block, name))
        for move in placed.moves:
            block.translate(dy=move)
        if _outline(block) != _outline(call.block):
            return None
        layout_box_backgrounds(page, block, context.get_image_from_uri)
        order_block(block)
        return block


def _is_alone(context: LayoutContext, box: Box) -> bool:
    """Return whether ``box`` is the block of an element, with no float beside it, and no column around it."""
    return (
        type(box) is boxes.BlockBox
        and box.element is not None
        and box.element_tag == box.element.tag
        and not context.in_column
        and bool(context._excluded_shapes_root_boxes)
        and not context.excluded_shapes
    )


def _is_whole(result: BlockLayout) -> bool:
    block, resume_at, _, _, through, max_lines = result
    return block is not None and resume_at is None and not through and max_lines is None


def _then(result: BlockLayout) -> tuple[dict[str, object], tuple[float, ...]]:
    """Return what the layout of a block says of the blocks after it."""
    return dict(result[2]), tuple(result[3])


def _outside(context: LayoutContext, absolute: list[Box], fixed: list[Box]) -> tuple[object, ...]:
    """Return all that a block may change outside itself."""
    running = sum(map(len, context.running_elements.values()))
    placed = len(absolute), len(fixed), len(context.excluded_shapes)
    return *page_state(context), *placed, running


def _geometry(box: Box) -> dict[str, object]:
    values = box.__dict__
    return {name: values[name] for name in GEOMETRY if name in values}


def _is_where_it_was(call: BlockCall, moves: Sequence[float]) -> bool:
    """Return whether the block of ``call`` is where its layout and ``moves`` put it."""
    now, before = _geometry(call.block), dict(call.laid_out)
    before["position_y"] = reduce(add, moves, before["position_y"])
    return all(name in FINISHED or now.get(name) == value for name, value in before.items())


def _in_flow(box: Box, moves: tuple[float, ...]) -> Iterator[tuple[Box, tuple[float, ...]]]:
    """Yield the blocks in ``box`` whose width and place no words decide, but by heights; each with its ``moves``.

    A flexible column that is a plain block was laid out as in normal flow, and its parts were moved apart.
    """
    for child in box.children:
        is_block = type(child) is boxes.BlockBox and child.is_in_normal_flow()
        if is_block and not (child.is_grid_item or child.is_column) and _has_own_size(child):
            down = getattr(child, "moved_down", None)
            mine = moves if down is None else (down, *moves)
            yield child, mine
            yield from _in_flow(child, mine)


def _has_own_size(box: Box) -> bool:
    """Return whether no size of ``box`` is that of its content, but for its height."""
    return all(isinstance(box.style[name], tuple) or box.style[name] in ("auto", "none") for name in SIZES)


def _outline(box: Box) -> list[object]:
    """Return the places and heights of all blocks and lines in ``box``."""
    found: list[object] = []
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            found.append((child.position_y, child.height, child.baseline))
        else:
            found.append((type(child), tuple(_geometry(child).items()), _outline(child)))
    return found

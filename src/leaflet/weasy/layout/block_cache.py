"""Cache of laid-out blocks, keyed by everything that their layout depends on.

Layout is a function: the result for a block follows from the boxes in it, its position and width, the end of the page, and
the floats beside it. All of these are in the key, to the last digit. Floats and positioned boxes that reach out of a block
are copied with it. Anything else that reaches out of a block (footnotes, running heads, first letters, pictures from
files) is not: such a block is laid out each time.

Measured by ``benchmarks/patches.py`` (six panels, one heading changed): without it a leaflet takes 1.4 times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct, field

from leaflet.lru_cache import LruCache
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.layout.style_cache import CachedStyle, ChangedStyle
from leaflet.weasy.patch import Replacement
from leaflet.weasy.types import Anything, BlockLayout, Box, BoxStyle, Element, LayoutContext, SkipStack

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.css import AnonymousStyle  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip
from weasyprint.layout.absolute import AbsolutePlaceholder  # isort: skip

if TYPE_CHECKING:
    from leaflet.weasy.paint.recording import CachedOperators

MOST_BLOCKS = 256
MOST_FINGERPRINTS = 20_000
"""Beyond so many different boxes and elements the cache is emptied."""
ALWAYS_NEW = frozenset({"html", "body"})
"""Elements that change with each leaflet, so that a look at their boxes is no use."""
SVG = "{http://www.w3.org/2000/svg}svg"
FETCHING = ("}image", "}use", "}feImage", "}style")
GEOMETRY = (
    *("position_x", "position_y", "width", "height", "min_width", "max_width", "min_height", "max_height"),
    *(f"{what}_{side}" for what in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *("is_flex_item", "is_grid_item", "is_column", "clearance", "force_fragmentation"),
)


class CachedBlock(Struct, frozen=True, kw_only=True):
    """A block as it was laid out. Nobody changes these boxes: pages get copies."""

    block: Box
    elements: tuple[Element, ...]
    """Of its tree when it was laid out."""
    next_page: dict[str, Anything]
    margins_before: tuple[float, ...]
    """The margins above it, as its layout leaves them."""
    margins_after: tuple[float, ...]
    shapes: tuple[Box, ...]
    """The floats in it that the blocks after it must avoid."""
    positioned: tuple[Box, ...]
    """Boxes in it that a block around it will put in their places."""
    painted: dict[int, CachedOperators] = field(default_factory=dict)
    """The drawing operators of its parts, by their place in it, once they were painted."""

    def copied(self, element: Element) -> tuple[Box, dict[int, Box]]:
        """Return copies of its boxes for the tree of ``element``, which is equal to the first, each by the first's id."""
        return _copies(self.block, dict(zip(map(id, self.elements), element.iter(), strict=True)), self)


def _copies(
    block: Box, elements: Mapping[int, Element], cached: CachedBlock | None = None
) -> tuple[Box, dict[int, Box]]:
    """Return a copy of ``block``, and all copies in it by the id of their first; each is marked as one of ``cached``."""
    copies: dict[int, Box] = {}
    places = count()

    def copy(box: Box) -> Box:
        made: Box
        if isinstance(box, AbsolutePlaceholder):
            made = AbsolutePlaceholder(copy(box._box))
            object.__setattr__(made, "_layout_done", box._layout_done)
        else:
            made = box.copy()
            if cached is not None:
                made.cached_block = cached, next(places)
            made.element = elements.get(id(box.element), box.element)
            made.remove_decoration_sides = set(box.remove_decoration_sides)
            made.children = [copy(child) for child in box.children]
        copies[id(box)] = made
        return made

    return copy(block), copies


class BlockCache:
    """The blocks of documents that share their CSS; a block is stored when its element comes for the second time."""

    def __init__(self) -> None:
        self._blocks: LruCache[Hashable, CachedBlock] = LruCache(MOST_BLOCKS)
        self._refused: set[object] = set()
        self._elements: dict[int, int] = {}
        """The number of the document in which each element came first."""
        self._document = 0
        self._fingerprints: dict[object, int] = {}

    def clear(self) -> None:
        """Empty the cache."""
        self._blocks.clear()
        self._refused.clear()
        self._elements.clear()
        self._fingerprints.clear()

    def begin(self) -> None:
        """Begin a document; empty the cache where it has grown too large."""
        self._document += 1
        if len(self._fingerprints) > MOST_FINGERPRINTS:
            self.clear()

    def get(self, key: object) -> CachedBlock | None:
        """Return the block of ``key``, or None."""
        return self._blocks.get(key)

    def put(self, key: object, block: CachedBlock) -> CachedBlock:
        """Store ``block`` and return it."""
        return self._blocks.put(key, block)

    def is_known(self, element: int) -> bool:
        """Return whether the element with that fingerprint was in an earlier document."""
        return self._elements.setdefault(element, self._document) < self._document

    def refuse(self, key: object) -> None:
        """Note that the block of ``key`` has an effect outside itself, so that it is never stored."""
        self._refused.add(key)

    def refuses(self, key: object) -> bool:
        """Return whether the block of ``key`` is never stored."""
        return key in self._refused

    def fingerprint(self, value: object) -> int:
        """Return a number for ``value``, the same for equal values."""
        return self._fingerprints.setdefault(value, len(self._fingerprints))


def block_cache(cache: BlockCache) -> Replacement:
    """Return the replacement that takes from ``cache`` the blocks that were laid out before."""
    cache.begin()
    return Replacement(owner=blocks, name="block_container_layout", make=lambda lay_out: _Layout(lay_out, cache))


class _Layout:
    """Layout of a block, by WeasyPrint where the cache does not have it."""

    def __init__(self, lay_out: Callable[..., BlockLayout], cache: BlockCache) -> None:
        self._lay_out = lay_out
        self._cache = cache
        self._fingerprinter = Fingerprinter(cache)
        self._storing = False
        """True while a block around this one is laid out to be stored: blocks inside it are not, but may come from the cache."""

    def __call__(
        self,
        context: LayoutContext,
        box: Box,
        bottom_space: float,
        skip_stack: SkipStack,
        page_is_empty: bool,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        adjoining_margins: list[float] | None,
        *rest: Anything,
        **named: Anything,
    ) -> BlockLayout:
        def lay_out() -> BlockLayout:
            arguments = (bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins)
            return self._lay_out(context, box, *arguments, *rest, **named)

        is_part = skip_stack is not None or any(rest) or any(named.values())
        if is_part or adjoining_margins is None:
            return lay_out()
        fingerprint = self._fingerprinter.of(box) if _is_whole_element(context, box) else None
        if fingerprint is None:
            return lay_out()
        key = (
            fingerprint,
            tuple(box.__dict__.get(name) for name in GEOMETRY),
            (bottom_space, page_is_empty, tuple(adjoining_margins)),
            (context.page_bottom, context.current_page, context.forced_break, context.in_column),
            tuple(map(_shape, context.excluded_shapes)),
        )
        known = self._cache.get(key)
        if known is None:
            if self._storing or self._cache.refuses(key):
                return lay_out()
            before = _Outside(context, absolute_boxes, fixed_boxes)
            self._storing = True
            try:
                result = lay_out()
            finally:
                self._storing = False
            made = before.cached(result, adjoining_margins, box.element)
            if made is None:
                self._cache.refuse(key)
                return result
            before.restore()
            known = self._cache.put(key, made)
        adjoining_margins[:] = known.margins_before
        block, copies = known.copied(box.element)
        context.excluded_shapes += [copies[id(shape)] for shape in known.shapes]
        absolute_boxes += [copies[id(placed)] for placed in known.positioned]
        return block, None, dict(known.next_page), list(known.margins_after), False, None


class _Outside:
    """The state that a block may change outside itself."""

    def __init__(self, context: LayoutContext, absolute_boxes: list[Box], fixed_boxes: list[Box]) -> None:
        self._context = context
        self._absolute = absolute_boxes
        self._fixed = fixed_boxes
        self._floats = len(context.excluded_shapes)
        self._placed = len(absolute_boxes)
        self._rest = self._state()

    def cached(self, result: BlockLayout, margins_before: list[float], element: Element) -> CachedBlock | None:
        """Return the block that was laid out, to be stored; None where it has an effect outside itself."""
        block, resume_at, next_page, margins_after, through, max_lines = result
        is_part = resume_at is not None or max_lines is not None
        if block is None or is_part or through or margins_after is margins_before or self._state() != self._rest:
            return None
        # Copies, for a positioned box stays the same object when its block is laid out again elsewhere.
        block, copies = _copies(block, {})
        reaching = (*self._context.excluded_shapes[self._floats :], *self._absolute[self._placed :])
        if any(id(box) not in copies for box in reaching):
            return None
        return CachedBlock(
            block=block,
            elements=tuple(element.iter()),
            next_page=dict(next_page),
            margins_before=tuple(margins_before),
            margins_after=tuple(margins_after),
            shapes=tuple(copies[id(box)] for box in self._context.excluded_shapes[self._floats :]),
            positioned=tuple(copies[id(box)] for box in self._absolute[self._placed :]),
        )

    def restore(self) -> None:
        """Take the floats and positioned boxes of the block away again."""
        del self._context.excluded_shapes[self._floats :]
        del self._absolute[self._placed :]

    def _state(self) -> tuple[object, ...]:
        return 0 if self._fixed is self._absolute else len(self._fixed), page_state(self._context)


def page_state(context: LayoutContext) -> tuple[object, ...]:
    """Return what a block may change on its page: footnotes, boxes that are broken out of it, the end of the page."""
    footnotes = len(context.footnotes), len(context.current_page_footnotes), len(context.reported_footnotes)
    return *footnotes, len(context.broken_out_of_flow), context.page_bottom


def _is_whole_element(context: LayoutContext, box: Box) -> bool:
    """Return whether ``box`` is the box of an element, in a context whose floats are known."""
    return (
        box.element is not None
        and box.element_tag == box.element.tag
        and box.element_tag not in ALWAYS_NEW
        and type(box.style) is CachedStyle
        and bool(context._excluded_shapes_root_boxes)
    )


def _shape(float_box: Box) -> tuple[object, ...]:
    """Return all of a float that text beside it depends on."""
    position = float_box.position_x, float_box.position_y
    return *position, float_box.margin_width(), float_box.margin_height(), float_box.height, float_box.style["float"]


class Fingerprinter:
    """Numbers for blocks, the same for blocks whose boxes and elements are equal."""

    def __init__(self, cache: BlockCache) -> None:
        self._cache = cache
        self._fingerprint = cache.fingerprint
        self._elements: dict[int, int] = {}
        """The number of each element of the tree that is laid out, which nobody changes meanwhile."""

    def of(self, box: Box) -> int | None:
        """Return the number of ``box`` with its element and all that is inside.

        None where something reaches out of it, and for an element that comes for the first time.
        """
        element = self._element(box.element)
        if not self._cache.is_known(element):
            return None
        inside = self._box(box)
        return None if inside is None else self._fingerprint((inside, element))

    def of_box(self, box: Box) -> int | None:
        """Return the number of ``box`` with all that is inside, but for its elements; None where something reaches out."""
        return self._box(box)

    def _element(self, element: Element) -> int:
        known = self._elements.get(id(element))
        if known is None:
            children = tuple((self._element(child), child.tail) for child in element)
            content = (element.tag, tuple(element.attrib.items()), element.text, children)
            known = self._elements[id(element)] = self._fingerprint(content)
        return known

    def _box(self, box: Box) -> int | None:
        style = _style(box.style)
        if style is None or not _is_simple(box):
            return None
        if isinstance(box, boxes.TextBox):
            spaces = box.leading_collapsible_space, box.trailing_collapsible_space
            return self._fingerprint((box.text, style, spaces, box.element_tag))
        children = []
        for child in box.children:
            number = self._box(child)
            if number is None:
                return None
            children.append(number)
        marks = box.is_flex_item, box.is_grid_item, box.is_table_wrapper, box.bookmark_label
        return self._fingerprint((type(box), box.element_tag, style, marks, tuple(children)))


def _style(style: BoxStyle) -> tuple[object, ...] | None:
    """Return the class of a style, the number of anonymous boxes between, and what was changed for one box, if known."""
    depth = 0
    while type(style) is AnonymousStyle and style is style.parent_style.anonymous_style:
        style, depth = style.parent_style, depth + 1
    if type(style) is CachedStyle:
        return style.style_class.number, depth
    if type(style) is ChangedStyle and style.style_class is not None:
        return style.style_class.number, depth, *style.changes.items()
    return None


def _is_simple(box: Box) -> bool:
    """Return whether a box has no ties to others, and shows nothing that is not in its element."""
    return (
        (box.is_in_normal_flow() or box.is_floated() or box.style["position"] == "absolute")
        and not (box.first_letter_style or box.first_line_style or box.footnote or box.note or box.string_set)
        and not box.missing_link
        and not getattr(box, "column_groups", ())
        and (not isinstance(box, boxes.ReplacedBox) or _is_drawing(box.element))
    )


def _is_drawing(element: Element) -> bool:
    """Return whether a picture is drawn by its element alone, and by nothing that is fetched."""
    return element.tag == SVG and not any(str(part.tag).endswith(FETCHING) for part in element.iter())

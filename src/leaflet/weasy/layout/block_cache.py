"""Blocks that are laid out once: where the next leaflet has the same block in the same place, it gets a copy.

Layout is a function: what WeasyPrint makes of a block follows from the boxes in it, where it stands, how wide it is, and
where the page ends, and which floats are beside it. All of that is the key here, to the last digit. Floats and positioned
boxes that reach out of a block come along with its copy. What else reaches out of it (footnotes, running heads, first
letters, pictures from files) does not: a block that has any of it is laid out each time.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.layout.style_cache import OwnStyle, RememberedStyle
from leaflet.weasy.lru import Recent
from leaflet.weasy.patch import replaced

import weasyprint.layout.block as blocks  # isort: skip
from weasyprint.css import AnonymousStyle  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip
from weasyprint.layout.absolute import AbsolutePlaceholder  # isort: skip

Box: TypeAlias = Any
Element: TypeAlias = Any

MOST_BLOCKS = 48
MOST_SIGNS = 20_000
"""So many different boxes and elements are told apart; then the memory starts afresh."""
ALWAYS_NEW = frozenset({"html", "body"})
"""What changes with each leaflet; no need to look."""
SVG = "{http://www.w3.org/2000/svg}svg"
FETCHING = ("}image", "}use", "}feImage", "}style")
GEOMETRY = (
    *("position_x", "position_y", "width", "height", "min_width", "max_width", "min_height", "max_height"),
    *(f"{what}_{side}" for what in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *("is_flex_item", "is_grid_item", "is_column", "clearance", "force_fragmentation"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBlock:
    """A block as it was laid out. Nobody changes these boxes: pages get copies."""

    block: Box
    elements: tuple[Element, ...]
    """Of its tree when it was laid out."""
    next_page: dict[str, Any]
    margins_before: tuple[float, ...]
    """The margins above it, as its layout leaves them."""
    margins_after: tuple[float, ...]
    shapes: tuple[Box, ...]
    """The floats in it that those after it must avoid."""
    positioned: tuple[Box, ...]
    """Boxes in it that a block around it will put in their places."""
    painted: dict[int, Any] = field(default_factory=dict)
    """How its parts look, by their place in it, once they were painted."""

    def copied(self, element: Element) -> tuple[Box, dict[int, Box]]:
        """Its boxes once more, for the tree of ``element``, which is just like the first, and each by the first's id."""
        there = {id(old): new for old, new in zip(self.elements, element.iter(), strict=True)}
        copies: dict[int, Box] = {}
        places = count()

        def copy(box: Box) -> Box:
            if isinstance(box, AbsolutePlaceholder):
                fresh = AbsolutePlaceholder(copy(box._box))
                object.__setattr__(fresh, "_layout_done", box._layout_done)
            else:
                fresh = box.copy()
                fresh.kept = self, next(places)
                fresh.element = there.get(id(box.element), box.element)
                fresh.remove_decoration_sides = set(box.remove_decoration_sides)
                fresh.children = [copy(child) for child in box.children]
            copies[id(box)] = fresh
            return fresh

        return copy(self.block), copies


class KeptBlocks:
    """The blocks of runs that share their CSS; kept when their element comes for the second time."""

    def __init__(self) -> None:
        self._kept: Recent[KeptBlock] = Recent(MOST_BLOCKS)
        self._refused: set[Any] = set()
        self._elements: dict[int, int] = {}
        """The run in which each element came first."""
        self._run = 0
        self._signs: dict[Any, int] = {}

    def forget(self) -> None:
        """Start afresh."""
        self._kept.clear()
        self._refused.clear()
        self._elements.clear()
        self._signs.clear()

    def begin(self) -> None:
        """Begin a run; start afresh where too much is remembered."""
        self._run += 1
        if len(self._signs) > MOST_SIGNS:
            self.forget()

    def get(self, key: Any) -> KeptBlock | None:
        """The block that was kept under ``key``."""
        return self._kept.get(key)

    def keep(self, key: Any, block: KeptBlock) -> KeptBlock:
        """Keep ``block``."""
        return self._kept.keep(key, block)

    def is_known(self, element: int) -> bool:
        """Whether the element of that number was in an earlier run."""
        return self._elements.setdefault(element, self._run) < self._run

    def refuse(self, key: Any) -> None:
        """Say that what has this ``key`` cannot be had without the rest."""
        self._refused.add(key)

    def refuses(self, key: Any) -> bool:
        """Whether that was said."""
        return key in self._refused

    def sign(self, what: Any) -> int:
        """A number for ``what``, the same for what is equal."""
        return self._signs.setdefault(what, len(self._signs))


def kept_blocks(memory: KeptBlocks) -> AbstractContextManager[None]:
    """While inside, WeasyPrint takes from ``memory`` the blocks that it laid out before."""
    memory.begin()
    return replaced(blocks, "block_container_layout", lambda lay_out: _Layout(lay_out, memory))


class _Layout:
    """WeasyPrint's layout of a block, asked only where the memory has no answer."""

    def __init__(self, lay_out: Callable[..., Any], memory: KeptBlocks) -> None:
        self._lay_out = lay_out
        self._memory = memory
        self._signer = _Signer(memory)
        self._keeping = False
        """Whether a block around the one in question is being laid out to be kept."""

    def __call__(
        self,
        context: Any,
        box: Box,
        bottom_space: float,
        skip_stack: Any,
        page_is_empty: bool,
        absolute_boxes: list[Box],
        fixed_boxes: list[Box],
        adjoining_margins: list[float] | None,
        *rest: Any,
        **named: Any,
    ) -> Any:
        def lay_out() -> Any:
            arguments = (bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins)
            return self._lay_out(context, box, *arguments, *rest, **named)

        is_part = skip_stack is not None or any(rest) or any(named.values())
        if self._keeping or is_part or adjoining_margins is None:
            return lay_out()
        sign = self._signer.sign_of(box) if _is_alone(context, box) else None
        if sign is None:
            return lay_out()
        key = (
            sign,
            tuple(box.__dict__.get(name) for name in GEOMETRY),
            (bottom_space, page_is_empty, tuple(adjoining_margins)),
            (context.page_bottom, context.current_page, context.forced_break, context.in_column),
            tuple(map(_shape, context.excluded_shapes)),
        )
        known = self._memory.get(key)
        if known is None:
            if self._memory.refuses(key):
                return lay_out()
            before = _Outside(context, absolute_boxes, fixed_boxes)
            self._keeping = True
            try:
                result = lay_out()
            finally:
                self._keeping = False
            made = before.kept(result, adjoining_margins, box.element)
            if made is None:
                self._memory.refuse(key)
                return result
            before.take_back()
            known = self._memory.keep(key, made)
        adjoining_margins[:] = known.margins_before
        block, copies = known.copied(box.element)
        context.excluded_shapes += [copies[id(shape)] for shape in known.shapes]
        absolute_boxes += [copies[id(placed)] for placed in known.positioned]
        return block, None, dict(known.next_page), list(known.margins_after), False, None


class _Outside:
    """What a block may change outside itself."""

    def __init__(self, context: Any, absolute_boxes: list[Box], fixed_boxes: list[Box]) -> None:
        self._context = context
        self._absolute = absolute_boxes
        self._fixed = fixed_boxes
        self._floats = len(context.excluded_shapes)
        self._placed = len(absolute_boxes)
        self._rest = self._state()

    def kept(self, result: Any, margins_before: list[float], element: Element) -> KeptBlock | None:
        """The block that was laid out, with all that it brings along; None where it cannot be had without the rest."""
        block, resume_at, next_page, margins_after, through, max_lines = result
        whole = block is not None and resume_at is None and max_lines is None
        if not whole or through or margins_after is margins_before or self._state() != self._rest:
            return None
        made = KeptBlock(
            block=block,
            elements=tuple(element.iter()),
            next_page=dict(next_page),
            margins_before=tuple(margins_before),
            margins_after=tuple(margins_after),
            shapes=tuple(self._context.excluded_shapes[self._floats :]),
            positioned=tuple(self._absolute[self._placed :]),
        )
        _, copies = made.copied(element)
        return made if all(id(box) in copies for box in (*made.shapes, *made.positioned)) else None

    def take_back(self) -> None:
        """Leave nothing of the block outside."""
        del self._context.excluded_shapes[self._floats :]
        del self._absolute[self._placed :]

    def _state(self) -> tuple[Any, ...]:
        context = self._context
        footnotes = len(context.footnotes), len(context.current_page_footnotes), len(context.reported_footnotes)
        fixed = 0 if self._fixed is self._absolute else len(self._fixed)
        return fixed, footnotes, len(context.broken_out_of_flow), context.page_bottom


def _is_alone(context: Any, box: Box) -> bool:
    """Whether ``box`` is the box of an element in a context whose floats are known."""
    return (
        box.element is not None
        and box.element_tag == box.element.tag
        and box.element_tag not in ALWAYS_NEW
        and type(box.style) is RememberedStyle
        and bool(context._excluded_shapes_root_boxes)
    )


def _shape(float_box: Box) -> tuple[Any, ...]:
    """What those beside a float see of it."""
    position = float_box.position_x, float_box.position_y
    return *position, float_box.margin_width(), float_box.margin_height(), float_box.height, float_box.style["float"]


class _Signer:
    """Tells blocks apart by all that their layout follows from."""

    def __init__(self, memory: KeptBlocks) -> None:
        self._memory = memory
        self._sign = memory.sign
        self._elements: dict[int, int] = {}
        """The number of each element of the tree that is laid out, which nobody changes meanwhile."""

    def sign_of(self, box: Box) -> int | None:
        """The number of ``box`` with its element and all that is inside; None where something reaches out of it.

        None, too, for an element that comes for the first time: its boxes need not be looked at.
        """
        element = self._element(box.element)
        if not self._memory.is_known(element):
            return None
        inside = self._box(box)
        return None if inside is None else self._sign((inside, element))

    def _element(self, element: Element) -> int:
        known = self._elements.get(id(element))
        if known is None:
            children = tuple((self._element(child), child.tail) for child in element)
            seen = (element.tag, tuple(element.attrib.items()), element.text, children)
            known = self._elements[id(element)] = self._sign(seen)
        return known

    def _box(self, box: Box) -> int | None:
        style = _style(box.style)
        if style is None or not _is_simple(box):
            return None
        if isinstance(box, boxes.TextBox):
            spaces = box.leading_collapsible_space, box.trailing_collapsible_space
            return self._sign((box.text, style, spaces, box.element_tag))
        children = []
        for child in box.children:
            number = self._box(child)
            if number is None:
                return None
            children.append(number)
        marks = box.is_flex_item, box.is_grid_item, box.is_table_wrapper, box.bookmark_label
        return self._sign((type(box), box.element_tag, style, marks, tuple(children)))


def _style(style: Any) -> tuple[Any, ...] | None:
    """The kind of a style, how many nameless boxes are between, and what was changed for one box, if that is known."""
    depth = 0
    while type(style) is AnonymousStyle and style is style.parent_style.anonymous_style:
        style, depth = style.parent_style, depth + 1
    if type(style) is RememberedStyle:
        return style.kind.number, depth
    if type(style) is OwnStyle and style.kind is not None:
        return style.kind.number, depth, *style.changes.items()
    return None


def _is_simple(box: Box) -> bool:
    """Whether a box has no ties to others, and what it shows is in its element."""
    return (
        (box.is_in_normal_flow() or box.is_floated() or box.style["position"] == "absolute")
        and not (box.first_letter_style or box.first_line_style or box.footnote or box.note or box.string_set)
        and not box.missing_link
        and not getattr(box, "column_groups", ())
        and (not isinstance(box, boxes.ReplacedBox) or _is_drawing(box.element))
    )


def _is_drawing(element: Element) -> bool:
    """Whether a picture is drawn by its element alone, and by nothing that is fetched."""
    return element.tag == SVG and not any(str(part.tag).endswith(FETCHING) for part in element.iter())

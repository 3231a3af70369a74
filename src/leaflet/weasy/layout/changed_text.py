"""Change of the words of a run that is laid out, where its lines keep their number and their places.

Where words change in a block whose lines stay as high and as many, nothing else moves: breaks between pages and the places
of all other blocks follow from heights alone. Such a block is laid out by itself, with all that its layout was given in the
run around it, and takes the old one's place. It is used only where its outline is the old one's, to the last digit, and
where the same way makes the old block again from its old words. All else is laid out as a whole.

Measured by ``benchmarks/batch_scenarios.py``: without it a row with words in running text takes
three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy, deepcopy
from html import unescape
from typing import TypeAlias

from msgspec import Struct, field

from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.layout.block_calls import BlockCalls, PlacedBlock
from leaflet.weasy.types import Box, Element, Page

from weasyprint.document import Page as WeasyPage  # isort: skip
from weasyprint.layout.absolute import AbsolutePlaceholder  # isort: skip

MOST_BLOCKS = 12
"""With more blocks than these that changed, a run is laid out as a whole."""
TAGS = re.compile(r"(<[^>]*>)")
LINK = re.compile(r"""(<a\s(?:[^>]*\s)?href=")([^">]*)("[^>]*>)""")
START_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)")
IMPLIED = "tbody"
"""An element that a parser adds where HTML has none."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that a parser of HTML may change."""
UNFIT = re.compile(r"string-set|target-text|ellipsis")
"""CSS that shows words of one place at another, or by which painting changes a box, so that it cannot be painted twice."""

Tokens: TypeAlias = Sequence[str]
"""Texts and tags of HTML by turns; the first and the last are texts."""


def tokens_of(html: str) -> Tokens:
    """Return the texts and tags of ``html`` by turns."""
    return TAGS.split(html)


def allows_changes(css: Sequence[str]) -> bool:
    """Return whether with ``css`` the words of one block show in that block alone, and boxes can be painted twice."""
    return not any(map(UNFIT.search, css))


class ChangedRun(Struct, frozen=True, kw_only=True):
    """A run in which some blocks were replaced."""

    root: Element
    pages: Mapping[int, Page]
    """The pages that changed, by their number in the run."""


class _Changes(Struct, kw_only=True):
    """The differences of a tree from another."""

    texts: dict[int, str] = field(default_factory=dict)
    """By the number of the token."""
    addresses: dict[int, str] = field(default_factory=dict)
    """The addresses of links, by the number of the element."""


class _Place(Struct, frozen=True, kw_only=True):
    """A text in a tree: that of an element, or the one after it."""

    element: int
    """The number of the element in the tree."""
    is_tail: bool


class ChangeableRun(Struct, kw_only=True):
    """A run that is laid out, with all that is needed to change words in it."""

    tokens: Tokens
    root: Element
    pages: Sequence[Page]
    calls: BlockCalls
    blocks: Mapping[int, PlacedBlock]
    """By the number of an element."""
    elements: Sequence[Element]
    parents: Mapping[Element, Element]
    places: Mapping[int, _Place]
    """By the number of a token, where its text is in the tree."""
    links: Mapping[int, int]
    """By the number of a token, the element that is a link; empty where CSS looks at where links lead."""
    proved: dict[int, bool] = field(default_factory=dict)
    """For each block that was tried, whether its old words make it again."""

    @classmethod
    def of(
        cls, html: str, root: Element, pages: Sequence[Page], calls: BlockCalls, *, sees_addresses: bool
    ) -> ChangeableRun | None:
        """Return the run of ``html``, or None where its texts are not found in its tree."""
        tokens = tokens_of(html)
        elements = list(root.iter())
        numbers = {element: number for number, element in enumerate(elements)}
        places = _places(tokens, root, numbers)
        if places is None:
            return None
        blocks = tuple(calls.placed(pages))
        calls.keep(blocks)
        return cls(
            tokens=tokens,
            root=root,
            pages=pages,
            calls=calls,
            blocks={numbers[one.call.block.element]: one for one in blocks},
            elements=elements,
            parents={child: parent for parent in elements for child in parent},
            places=places,
            links={} if sees_addresses else _links(tokens, root, numbers),
        )

    def changed(self, tokens: Tokens) -> ChangedRun | None:
        """Return the run with the texts of ``tokens``; None where more than words in a few blocks would change."""
        changes = self._changes(tokens)
        if changes is None:
            return None
        blocks = self._blocks_of(changes)
        if blocks is None or len(blocks) > MOST_BLOCKS:
            return None
        elements: dict[Element, Element] = {}
        boxes: dict[int, Box] = {}
        for number in blocks:
            made = self._replaced(number, changes)
            if made is None:
                return None
            block, element = made
            old = self.elements[number]
            boxes[id(self.blocks[number].call.block)] = block
            elements |= zip(old.iter(), element.iter(), strict=True)
        for number in blocks:
            self._renew_around(self.elements[number], elements)
        changed = {
            number: WeasyPage(_swapped(page._page_box, boxes, elements))
            for number, page in enumerate(self.pages)
            if any(self.blocks[block].page == number for block in blocks) or _shows(page._page_box, elements)
        }
        return ChangedRun(root=elements.get(self.root, self.root), pages=changed)

    def _changes(self, tokens: Tokens) -> _Changes | None:
        """Return the texts and addresses that differ; None where anything else does."""
        if len(tokens) != len(self.tokens):
            return None
        found = _Changes()
        for number, (old, new) in enumerate(zip(self.tokens, tokens, strict=True)):
            if old == new:
                continue
            if number % 2:
                address = _other_address(old, new)
                if address is None or number not in self.links:
                    return None
                found.addresses[self.links[number]] = address
                continue
            text = unescape(new)
            if number not in self.places or not _is_plain(new) or text.isspace() != unescape(old).isspace():
                return None
            found.texts[number] = text
        return found

    def _blocks_of(self, changes: _Changes) -> list[int] | None:
        """Return the blocks that hold all ``changes``, none inside another; None where one is in no block."""
        numbers = {element: number for number, element in enumerate(self.elements)}
        found: set[int] = set()
        for place in (*map(self.places.__getitem__, changes.texts), *map(_of_element, changes.addresses)):
            element: Element | None = self.elements[place.element]
            if place.is_tail:
                element = self.parents.get(element)
            while element is not None and numbers[element] not in self.blocks:
                element = self.parents.get(element)
            if element is None:
                return None
            found.add(numbers[element])
        return sorted(number for number in found if not any(self._is_inside(number, other) for other in found))

    def _is_inside(self, number: int, other: int) -> bool:
        element = self.parents.get(self.elements[number])
        while element is not None and element is not self.elements[other]:
            element = self.parents.get(element)
        return element is not None

    def _replaced(self, number: int, changes: _Changes) -> tuple[Box, Element] | None:
        """Return the block of an element with its changes, and its element; None where its outline is another."""
        placed = self.blocks[number]
        if number not in self.proved:
            again = self._laid_out(placed, deepcopy(self.elements[number]), is_proof=True)
            self.proved[number] = again is not None
        if not self.proved[number]:
            return None
        element = deepcopy(self.elements[number])
        inside = list(element.iter())
        for changed, address in changes.addresses.items():
            if 0 <= changed - number < len(inside):
                inside[changed - number].set("href", address)
        for token, text in changes.texts.items():
            place = self.places[token]
            offset = place.element - number
            if not 0 <= offset < len(inside) or (place.is_tail and offset == 0):
                continue
            if place.is_tail:
                inside[offset].tail = text
            else:
                inside[offset].text = text
        block = self._laid_out(placed, element)
        return None if block is None else (block, element)

    def _laid_out(self, placed: PlacedBlock, element: Element, *, is_proof: bool = False) -> Box | None:
        old = dict(zip(element.iter(), placed.call.block.element.iter(), strict=True))
        return self.calls.again(placed, self.pages[placed.page]._page_box, element, old, is_proof=is_proof)

    def _renew_around(self, old: Element, elements: dict[Element, Element]) -> None:
        """Make new elements around one that is new, up to the root; the others stay in both trees."""
        parent = self.parents.get(old)
        while parent is not None:
            made = elements.get(parent)
            if made is None:
                made = elements[parent] = copy(parent)
            for place, child in enumerate(parent):
                if child in elements:
                    made[place] = elements[child]
            parent = self.parents.get(parent)


def _places(tokens: Tokens, root: Element, numbers: Mapping[Element, int]) -> dict[int, _Place] | None:
    """Return where each text is in the tree; None where the tree has other texts."""
    body = root.find("body")
    if body is None:
        return None
    found: dict[int, _Place] = {}
    texts = ((number, tokens[number]) for number in range(0, len(tokens), 2) if tokens[number])
    for place, text in _texts(body, numbers):
        number, token = next(texts, (-1, ""))
        if unescape(token) != text:
            return None
        found[number] = place
    return None if next(texts, None) else found


def _texts(element: Element, numbers: Mapping[Element, int]) -> Iterator[tuple[_Place, str]]:
    """Yield all texts in ``element`` in the order of reading."""
    if element.text:
        yield _Place(element=numbers[element], is_tail=False), element.text
    for child in element:
        yield from _texts(child, numbers)
        if child.tail:
            yield _Place(element=numbers[child], is_tail=True), child.tail


def _of_element(number: int) -> _Place:
    return _Place(element=number, is_tail=False)


def _links(tokens: Tokens, root: Element, numbers: Mapping[Element, int]) -> dict[int, int]:
    """Return the element of each start tag that is a link; nothing where the tree has other elements than the HTML."""
    elements = (element for body in root.iter("body") for element in body.iter() if element is not body)
    found: dict[int, int] = {}
    for number in range(1, len(tokens), 2):
        start = START_TAG.match(tokens[number])
        if start is None:
            continue
        name, element = start[1].lower(), next(elements, None)
        if element is not None and element.tag == IMPLIED and name != IMPLIED:
            element = next(elements, None)
        if element is None or str(element.tag).rpartition("}")[2].lower() != name:
            return {}
        if element.tag == "a":
            found[number] = numbers[element]
    return {} if next(elements, None) is not None else found


def _other_address(old: str, new: str) -> str | None:
    """Return where the link ``new`` leads, if it differs from ``old`` by that alone and leads out of the page."""
    one, other = LINK.fullmatch(old), LINK.fullmatch(new)
    if one is None or other is None or one.group(1, 3) != other.group(1, 3):
        return None
    leads_inside = one[2].startswith("#") or other[2].startswith("#")
    return None if leads_inside or not _is_plain(other[2]) else unescape(other[2])


def _is_plain(text: str) -> bool:
    """Return whether a parser of HTML reads ``text`` as it is, but for references to characters."""
    return bool(text) and ">" not in text and not CONTROLS.search(text)


def _shows(box: Box, elements: Mapping[Element, Element]) -> bool:
    """Return whether text or a picture in ``box`` belongs to one of ``elements``."""
    box = getattr(box, "_box", box)
    if hasattr(box, "text") or hasattr(box, "replacement"):
        return box.element in elements
    return any(_shows(child, elements) for child in box.all_children())


def _swapped(box: Box, boxes: Mapping[int, Box], elements: Mapping[Element, Element]) -> Box:
    """Return ``box`` with other boxes in place of some; what has no part in that is the same box."""
    if id(box) in boxes:
        return boxes[id(box)]
    made: Box
    held: Box | None = getattr(box, "_box", None)
    if held is not None:
        inner = _swapped(held, boxes, elements)
        if inner is held:
            return box
        made = AbsolutePlaceholder(inner)
        object.__setattr__(made, "_layout_done", getattr(box, "_layout_done", False))
        return made
    children = [_swapped(child, boxes, elements) for child in box.children]
    element = elements.get(box.element, box.element) if box.element is not None else None
    if element is box.element and all(one is other for one, other in zip(children, box.children, strict=True)):
        return box
    made = box.copy()
    made.element = element
    made.children = children
    return made

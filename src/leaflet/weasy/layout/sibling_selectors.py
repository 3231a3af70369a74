"""Selectors that look at the elements beside one, such as ``p:has(+ ul)`` and ``h2 ~ p``, one element after the other.

For each element that the first is tried on, cssselect2 0.10 wraps all children of its parent, compares each with the
element, and makes a list of those after it, of which ``+`` needs one: a text of 20,000 paragraphs takes hours. For the
second it makes a list of all elements before each, by a function that calls itself for each of them. Here the elements are
looked at one by one, and ``+`` ends with the first.

Without it the time grows with the square of the number of paragraphs, and a thousand of them are too many for ``~``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from cssselect2 import compiler, parser
from cssselect2.tree import ElementWrapper

from leaflet.weasy.patch import Replacement

ALL = "list(el.iter_next_siblings())[:1]))"
FIRST = "next(([el] for el in el.iter_next_siblings()), ())))"
"""The end of the source of a test by ``+``: as cssselect2 writes it, and the same for one element."""


class _Relative(Protocol):
    combinator: str


class _Has(Protocol):
    selector_list: list[_Relative]


class _Element(Protocol):
    index: int
    etree_siblings: list[object]
    parent: _Element | None
    previous: _Element | None
    in_html_document: bool

    def __init__(
        self,
        etree_element: object,
        parent: _Element | None,
        index: int,
        previous: _Element | None,
        in_html_document: bool,
    ) -> None: ...


def sibling_selectors() -> tuple[Replacement, ...]:
    """Return the replacements with which selectors look at the elements beside one."""
    return (
        Replacement(owner=compiler, name="_compile_node", make=_compiling),
        Replacement(owner=ElementWrapper, name="iter_next_siblings", make=_looking_on),
        Replacement(owner=ElementWrapper, name="previous_siblings", make=_looking_back),
    )


def _compiling(plain: Callable[[object], str]) -> Callable[[object], str]:
    def compiled(selector: object) -> str:
        if not isinstance(selector, parser.RelationalSelector):
            return plain(selector)
        found: _Has = selector
        return " or ".join(filter(None, map(one, found.selector_list)))

    def one(relative: _Relative) -> str:
        source = plain(parser.RelationalSelector([relative]))
        return source.removesuffix(ALL) + FIRST if relative.combinator == "+" and source.endswith(ALL) else source

    return compiled


def _looking_on(plain: object) -> Callable[[_Element], Iterator[_Element]]:  # noqa: ARG001 - nothing of it is used
    def siblings(element: _Element) -> Iterator[_Element]:
        previous = element
        for index in range(element.index + 1, len(element.etree_siblings)):
            previous = type(element)(
                element.etree_siblings[index],
                parent=element.parent,
                index=index,
                previous=previous,
                in_html_document=element.in_html_document,
            )
            yield previous

    return siblings


def _looking_back(plain: object) -> Callable[[_Element], Iterator[_Element]]:  # noqa: ARG001 - nothing of it is used
    def siblings(element: _Element) -> Iterator[_Element]:
        previous = element.previous
        while previous is not None:
            yield previous
            previous = previous.previous

    return siblings

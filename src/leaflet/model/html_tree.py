"""HTML as a tree of frozen elements, for formats that are made from the web page's content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

HtmlNode: TypeAlias = "HtmlElement | str"


class HtmlElement(Struct, frozen=True, kw_only=True):
    """An element of HTML, of SVG in an ``svg`` element, or of MathML in a ``math`` element."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[HtmlNode, ...] = ()

    def get(self, key: str) -> str | None:
        """Return the value of an attribute, or None."""
        return next((value for name, value in self.attributes if name == key), None)

    @property
    def classes(self) -> tuple[str, ...]:
        """The words of the attribute ``class``."""
        return tuple((self.get("class") or "").split())

    @property
    def text(self) -> str:
        """All text inside, as it is written."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def elements(self) -> Iterator[HtmlElement]:
        """Yield this element and all elements inside it, in the order of the document."""
        yield self
        for child in self.children:
            if not isinstance(child, str):
                yield from child.elements()


def rewritten(element: HtmlElement, change: Callable[[HtmlElement], tuple[HtmlNode, ...]]) -> tuple[HtmlNode, ...]:
    """Return what ``change`` makes of an element whose content it has already changed."""
    inner = tuple(
        node
        for child in element.children
        for node in ((child,) if isinstance(child, str) else rewritten(child, change))
    )
    return change(HtmlElement(name=element.name, attributes=element.attributes, children=inner))

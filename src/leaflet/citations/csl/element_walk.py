"""Walking the elements of a style, to learn what it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leaflet.citations.csl.tree import Choose, Element, Group, Names, TextMacro


def walk(elements: tuple[Element, ...]) -> Iterator[Element]:
    """Yield every element below ``elements``, without entering macros."""
    for element in elements:
        yield element
        match element:
            case Group():
                yield from walk(element.children)
            case Names():
                yield from walk(element.substitute)
            case Choose():
                for branch in element.branches:
                    yield from walk(branch.children)
            case _:
                pass


def walk_through(elements: tuple[Element, ...], macros: Mapping[str, tuple[Element, ...]]) -> Iterator[Element]:
    """Yield every element below ``elements``, entering each macro once."""
    seen: set[str] = set()
    waiting = [elements]
    while waiting:
        for element in walk(waiting.pop()):
            yield element
            if isinstance(element, TextMacro) and element.name not in seen:
                seen.add(element.name)
                waiting.append(macros.get(element.name, ()))

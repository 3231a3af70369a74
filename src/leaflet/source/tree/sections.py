"""Headings to nested sections, and an identifier for each that no other place has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from leaflet.errors import Location
from leaflet.model.document import Attributes, Block, Inline, Section
from leaflet.model.walk import plain_text
from leaflet.source.tree.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading before it is known what stands under it."""

    level: int
    children: tuple[Inline, ...]
    attributes: Attributes
    location: Location


def nest(nodes: Iterable[Block | Heading]) -> tuple[Block, ...]:
    """Blocks with each heading grown into the section of all that stands under it."""
    top: list[Block] = []
    open_sections: list[tuple[Heading, list[Block]]] = []

    def close(level: int) -> None:
        while open_sections and open_sections[-1][0].level >= level:
            heading, blocks = open_sections.pop()
            section = Section(
                level=heading.level,
                heading=heading.children,
                blocks=tuple(blocks),
                attributes=heading.attributes,
                location=heading.location,
            )
            (open_sections[-1][1] if open_sections else top).append(section)

    for node in nodes:
        if isinstance(node, Heading):
            close(node.level)
            open_sections.append((node, []))
        else:
            (open_sections[-1][1] if open_sections else top).append(node)
    close(0)
    return tuple(top)


def slug(text: str) -> str:
    """A place's name made from its heading.

    >>> slug("What is MS?")
    'what-is-ms'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain.replace("'", "").replace("’", "")).strip("-_") or "section"


@dataclass(slots=True)
class Identifiers:
    """Every place's name, given by the author or made from a heading; each only once."""

    taken: set[str] = field(default_factory=set)

    def gather(self, tokens: Sequence[Token], context: Context) -> None:
        """Take the names that the author gave; one that is given twice is refused."""
        for token in tokens:
            self._take(token, context, token)
            for child in token.children or ():
                self._take(child, context, token)

    def _take(self, token: Token, context: Context, block: Token) -> None:
        attributes = token.meta.get("attributes")
        name = attributes.id if isinstance(attributes, Attributes) else None
        if name is None:
            return
        if name in self.taken:
            context.refuse(f'two places are called "#{name}"', context.at(block), "give one of them another #id")
        self.taken.add(name)

    def named(self, heading: Heading) -> Heading:
        """``heading`` with a name: its own, or the first free one that its words make."""
        if heading.attributes.id is not None:
            return heading
        base = slug(plain_text(heading.children))
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return replace(heading, attributes=replace(heading.attributes, id=name))

"""Nesting of headings to sections, and an identifier for each that no other place has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.document import Attributes, Block, Inline, Section
from leaflet.model.walk import plain_text
from leaflet.source.raw_html import without_name
from leaflet.source.syntax.attributes import parse_attributes
from leaflet.source.tree.cells import cell_of
from leaflet.source.tree.cells import name_of as cell_name
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.directives import name_of as directive_name
from leaflet.source.tree.foreign import formula_label


class Heading(Struct, frozen=True, kw_only=True):
    """A heading before the content below it is known."""

    level: int
    children: tuple[Inline, ...]
    attributes: Attributes
    location: Location


def nest(nodes: Iterable[Block | Heading]) -> tuple[Block, ...]:
    """Return blocks with each heading grown into the section of all blocks below it."""
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
    """Return a place's name made from its heading.

    >>> slug("What is MS?")
    'what-is-ms'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain.replace("'", "").replace("’", "")).strip("-_") or "section"


def _name_of(token: Token) -> str | None:
    """Return the name that an author gave to a token: in braces, as an option of a cell, or as LaTeX's label."""
    attributes = token.meta.get("attributes")
    if isinstance(attributes, Attributes) and attributes.id is not None:
        return attributes.id
    match token.type:
        case "html_inline":
            return without_name(token.content)[0]
        case "directive_open":
            return directive_name(token.meta["directive"])
        case "math_block" | "math_block_label" | "amsmath":
            return token.meta.get("name") or formula_label(token.content)
        case "fence":
            cell = cell_of(token.info, token.content)
            if cell is not None:
                return cell_name(cell)
            parsed = parse_attributes(token.info.strip())
            return parsed[0].id if parsed else None
        case "html_block":
            named = re.search(r"<(?:figure|table|div|img)[^>]*\sid=[\"']([\w:.-]+)[\"']", token.content)
            return named[1] if named and named[1] != "refs" else None
        case _:
            return None


class Identifiers(Struct):
    """The names of all places, given by the author or made from a heading; each only once."""

    taken: set[str] = field(default_factory=set)

    def gather(self, tokens: Sequence[Token], context: TreeContext) -> None:
        """Take the names that the author gave; one that is given twice is refused."""
        for token in tokens:
            self._take(token, context, token)
            for child in token.children or ():
                self._take(child, context, token)
                for inner in child.children or ():
                    self._take(inner, context, token)

    def _take(self, token: Token, context: TreeContext, block: Token) -> None:
        name = _name_of(token)
        if name is None:
            return
        if name in self.taken and token.type != "attributes":
            hint = "give one of them another #id; links lead to the first"
            context.warn(f'two places are called "#{name}"', context.at(block), hint)
        self.taken.add(name)

    def named(self, heading: Heading) -> Heading:
        """Return ``heading`` with a name: its own, or the first free one that its words make."""
        if heading.attributes.id is not None:
            return heading
        base = slug(plain_text(heading.children))
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return replace(heading, attributes=replace(heading.attributes, id=name))

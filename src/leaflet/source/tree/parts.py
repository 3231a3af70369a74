"""A fenced div, read: its heading, its body, and the single paragraphs that its list items must be."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.model.document import Attributes, Block, Inline, ListItem, Paragraph, SoftBreak, Text
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.sections import Heading, nest


class Parts(Struct, frozen=True, kw_only=True):
    """A fenced div, read: its content and its attributes."""

    nodes: tuple[Block | Heading, ...]
    attributes: Attributes
    location: Location
    context: TreeContext

    @property
    def heading(self) -> tuple[Inline, ...]:
        """The heading at the top of the div; empty where it begins with something else."""
        return self.nodes[0].children if self.nodes and isinstance(self.nodes[0], Heading) else ()

    @property
    def body(self) -> tuple[Block, ...]:
        """Return all blocks below the heading."""
        return nest(self.nodes[1:] if self.nodes and isinstance(self.nodes[0], Heading) else self.nodes)

    def refuse(self, message: str, hint: str) -> None:
        """Add an error at the place of this div."""
        self.context.refuse(message, self.location, hint)


def one_paragraph(item: ListItem, parts: Parts, what: str) -> tuple[Inline, ...]:
    """Return the text of a list item; one that holds more is refused."""
    if not item.blocks:
        return ()
    first = item.blocks[0]
    if isinstance(first, Paragraph) and len(item.blocks) == 1:
        return first.children
    parts.context.refuse(f"{what} holds one paragraph", item.location, "write it in one paragraph, without lists in it")
    return ()


def trimmed(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return ``children`` without the space that separated them from the text before."""
    if children and isinstance(children[0], SoftBreak):
        return trimmed(children[1:])
    if children and isinstance(children[0], Text):
        first = from_first_word(children[0])
        return (first, *children[1:]) if first.text else trimmed(children[1:])
    return children


def from_first_word(text: Text) -> Text:
    """Return ``text`` without the space before it, at the place of its first word."""
    words, place = text.text.lstrip(), text.location
    if place is not None and place.column is not None:
        place = replace(place, column=place.column + len(text.text) - len(words))
    return replace(text, text=words, location=place)

"""Blocks of raw HTML that hold pictures: read into the tree, because pictures are files to be checked."""

from __future__ import annotations

import re

from lxml import html as lxml_html
from lxml.etree import ParserError, _Element

from leaflet.errors import Location
from leaflet.files import Invalid
from leaflet.model.document import (
    Attributes,
    Block,
    Code,
    Deleted,
    Division,
    Emphasis,
    Figure,
    HardBreak,
    Image,
    Inline,
    Link,
    Paragraph,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from leaflet.model.walk import plain_text
from leaflet.source.links import LeadsNowhere, check_link
from leaflet.source.raw_html import GONE_WITH_CONTENT
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.foreign import html_picture
from leaflet.source.tree.html_tables import html_table

HOLDS_PICTURE = re.compile(r"<img[\s/>]|<figure[\s>]", re.IGNORECASE)
PARTS = frozenset(
    "div p center figure section article aside header footer main nav details table thead tbody tfoot tr td th ul ol li "
    "picture body dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre".split()
)
"""Elements whose words are separate from others."""


def picture_blocks(text: str, place: Location, context: TreeContext) -> list[Block] | None:
    """Return the blocks of HTML with pictures in it; None where it holds none."""
    if not HOLDS_PICTURE.search(text) or re.search(r"<table[\s>]", text, re.IGNORECASE):
        return None
    try:
        root = lxml_html.fragment_fromstring(text, create_parent="div")
    except (ParserError, ValueError, RecursionError):
        return None
    return _Reader(place, context).blocks(root)


def table_blocks(text: str, place: Location, context: TreeContext) -> list[Block] | None:
    """Return the table that a block of HTML is; None where it is another block, or has cells over several columns."""
    found = html_table(text, place, _Reader(place, context).within)
    return None if found is None else [found]


class _Reader:
    """Converter of elements to blocks: words in a row become paragraphs, and their containers go."""

    def __init__(self, place: Location, context: TreeContext) -> None:
        self.place = place
        self.context = context

    def blocks(self, parent: _Element) -> list[Block]:
        """Return the blocks of an element's content."""
        made: list[Block] = []
        line: list[Inline] = []

        def end_line() -> None:
            if any(not isinstance(node, Text) or node.text.strip() for node in line):
                made.append(self.paragraph(tuple(line)))
            line.clear()

        line += _text(parent.text)
        for child in parent:
            name = child.tag.lower() if isinstance(child.tag, str) else ""
            if name == "figure":
                end_line()
                made += self.figure(child)
            elif name in PARTS:
                end_line()
                made += self.blocks(child)
            else:
                line += self.inlines(child, name)
            line += _text(child.tail)
        end_line()
        return made

    def paragraph(self, line: tuple[Inline, ...]) -> Block:
        pictures = [node for node in line if not isinstance(node, Text) or node.text.strip()]
        if len(pictures) == 1 and isinstance(pictures[0], Image):
            return Figure(images=(pictures[0],), caption=(), location=self.place)
        return Paragraph(children=line, location=self.place)

    def figure(self, element: _Element) -> list[Block]:
        """Return a figure with its caption; one without pictures keeps its blocks."""
        captions = list(element.iter("figcaption", "caption"))
        caption = tuple(node for child in captions for node in self.within(child))
        for child in captions:
            parent = child.getparent()
            if parent is not None:
                parent.remove(child)
        blocks = self.blocks(element)
        images = tuple(image for block in blocks for image in _images(block))
        attributes = Attributes(id=element.get("id") or None)
        if not images or plain_text(blocks).strip():
            return [Division(blocks=(*blocks, Paragraph(children=caption)), attributes=attributes, location=self.place)]
        return [Figure(images=images, caption=caption, attributes=attributes, location=self.place)]

    def within(self, element: _Element) -> list[Inline]:
        """Return everything within an element as one line."""
        parts = _text(element.text)
        for child in element:
            name = child.tag.lower() if isinstance(child.tag, str) else ""
            parts += self.inlines(child, name)
            parts += _text(child.tail)
        return parts

    def inlines(self, element: _Element, name: str) -> list[Inline]:
        if not name or name in GONE_WITH_CONTENT:
            if name:
                hint = "take it out; leaflet prints only harmless HTML"
                self.context.tally(f"<{name}> is not allowed in a source, so it was taken out", hint, "", self.place)
            return []
        if name == "img":
            image = html_picture(
                lxml_html.tostring(element, encoding="unicode", with_tail=False), self.place, self.context
            )
            return [image] if image else []
        if name == "br":
            return [HardBreak()]
        children = tuple(self.within(element))
        match name:
            case "b" | "strong":
                return [Strong(children=children)]
            case "i" | "em":
                return [Emphasis(children=children)]
            case "del" | "s" | "strike":
                return [Deleted(children=children)]
            case "sub":
                return [Subscript(children=children)]
            case "sup":
                return [Superscript(children=children)]
            case "code" | "kbd":
                return [Code(text="".join(element.itertext()))]
            case "a":
                return self.link(element, children)
            case _:
                return list(children)

    def link(self, element: _Element, children: tuple[Inline, ...]) -> list[Inline]:
        address = element.get("href")
        if address is None:
            return [Span(children=children, attributes=Attributes(id=element.get("id") or element.get("name") or None))]
        try:
            target = check_link(address, {})
        except LeadsNowhere as error:
            if any(not isinstance(child, Image) for child in children):
                self.context.tally(error.message, error.hint, error.address, self.place)
            return list(children)
        except Invalid as error:
            self.context.warn(error.message, self.place, error.hint)
            return list(children)
        if target.startswith("#"):
            self.context.links.append((target[1:], self.place))
        return [Link(target=target, children=children, location=self.place)]


def _images(block: Block) -> tuple[Image, ...]:
    match block:
        case Figure():
            return block.images
        case Paragraph():
            return tuple(image for child in block.children for image in _within(child))
        case _:
            return ()


def _within(node: Inline) -> tuple[Image, ...]:
    if isinstance(node, Image):
        return (node,)
    return tuple(image for child in node.children for image in _within(child)) if isinstance(node, Link) else ()


def _text(text: str | None) -> list[Inline]:
    return [Text(text=re.sub(r"\s+", " ", text))] if text else []

"""The text of a leaflet as a list of blocks without markup, for plain text and braille."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from leaflet.model.html_tree import HtmlElement, HtmlNode
from leaflet.model.reading_text import ReadingText
from leaflet.writers.list_markers import marker_of


class BlockKind(StrEnum):
    """The kind of a block, which decides its indent and the space around it."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


class ReadingBlock(Struct, frozen=True, kw_only=True):
    """A heading, a paragraph, an item of a list or a row of a table, as plain text."""

    kind: BlockKind
    text: str
    level: int = 0
    """Of a heading, from 2; of an item, the number of lists around its own."""
    marker: str = ""
    """The number or sign of an item."""
    new: bool = False
    """True for the first of a list's items or of a table's rows."""


BLOCKS = frozenset(
    "address article aside blockquote center details div dl fieldset figure figcaption footer form header hr main nav ol "
    "p pre section summary table ul dt dd li caption h1 h2 h3 h4 h5 h6".split()
)
UNREAD = frozenset("script style template wbr".split())
BACK_LINK, NOTE_MARK = "doc-backlink", "doc-noteref"
INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
ENDED = ":.?!;"
BLANK = "____"
"""A line to write on."""


def reading_blocks(text: ReadingText) -> tuple[ReadingBlock, ...]:
    """Return the blocks of ``text`` in reading order."""
    return tuple(_Reader().inside(text.content))


class _Reader(Struct, kw_only=True):
    """The state on the way through a tree: the depth in lists, and words that the next block begins with."""

    depth: int = -1
    marker: str = ""
    term: str = ""
    opened: bool = False
    """True until the first item of a list is written."""

    def inside(self, element: HtmlElement) -> Iterator[ReadingBlock]:
        """Yield the blocks in an element; words between them are blocks too."""
        run: list[HtmlNode] = []
        for child in element.children:
            if isinstance(child, HtmlElement) and _holds_blocks(child):
                yield from self.paragraph(run)
                run = []
                yield from self.block(child)
            else:
                run.append(child)
        yield from self.paragraph(run)

    def paragraph(self, nodes: list[HtmlNode]) -> Iterator[ReadingBlock]:
        """Yield a run of words as a block, unless it is empty."""
        words = plain_words(nodes)
        if words:
            yield self.made(words)

    def made(self, words: str) -> ReadingBlock:
        """Return a paragraph, or the first paragraph of an item, with the words that come before it."""
        if self.term:
            words, self.term = f"{self.term}{'' if self.term[-1] in ENDED else ':'} {words}", ""
        if self.depth < 0:
            return ReadingBlock(kind=BlockKind.TEXT, text=words)
        block = ReadingBlock(
            kind=BlockKind.ITEM, text=words, level=self.depth, marker=self.marker, new=self.opened and self.depth == 0
        )
        self.marker, self.opened = "", False
        return block

    def block(self, element: HtmlElement) -> Iterator[ReadingBlock]:
        """Yield the blocks of an element that is one, or holds some."""
        match element.name:
            case "h1":
                yield ReadingBlock(kind=BlockKind.TITLE, text=plain_words(element.children), level=1)
            case "h2" | "h3" | "h4" | "h5" | "h6":
                yield ReadingBlock(
                    kind=BlockKind.HEADING, text=plain_words(element.children), level=int(element.name[1])
                )
            case "ul" | "ol":
                yield from self.items(element)
            case "dt":
                self.term = plain_words(element.children)
            case "table":
                yield from _rows(element)
            case "pre":
                yield ReadingBlock(kind=BlockKind.CODE, text=element.text.rstrip("\n"))
            case "p" if "write" in element.classes:
                words = plain_words(element.children)
                yield self.made(f"{words}{'' if words[-1:] in ENDED else ':'} {BLANK}" if words else BLANK)
            case _:
                yield from self.inside(element)

    def items(self, element: HtmlElement) -> Iterator[ReadingBlock]:
        """Yield the items of a list, each with its number or sign."""
        depth, marker, term = self.depth, self.marker, self.term
        self.depth, self.term = self.depth + 1, ""
        self.opened = self.depth == 0
        number = int(start) if (start := element.get("start") or "").lstrip("-").isdigit() else 1
        for item in element.children:
            if not isinstance(item, HtmlElement) or item.name != "li":
                continue
            given = item.get("value") or ""
            number = int(given) if given.lstrip("-").isdigit() else number
            self.marker = marker_of(element, item, number)
            yield from self.inside(item)
            number += 1
        self.depth, self.marker, self.term, self.opened = depth, marker, term, False


def _holds_blocks(element: HtmlElement) -> bool:
    return any(inner.name in BLOCKS for inner in element.elements())


def _rows(table: HtmlElement) -> Iterator[ReadingBlock]:
    """Yield a table's caption and its rows; the head of a row is followed by a colon."""
    first = True
    for element in table.elements():
        if element.name == "caption":
            yield ReadingBlock(kind=BlockKind.TEXT, text=plain_words(element.children))
        elif element.name == "tr":
            cells = [child for child in element.children if isinstance(child, HtmlElement)]
            words = [plain_words(cell.children) for cell in cells]
            has_head = len(cells) > 1 and cells[0].name == "th" and words[0]
            told = [word for word in (words[1:] if has_head else words) if word]
            row = f"{words[0]}: {'; '.join(told)}" if has_head else "; ".join(told)
            if row:
                yield ReadingBlock(kind=BlockKind.ROW, text=row, new=first)
                first = False


def plain_words(nodes: tuple[HtmlNode, ...] | list[HtmlNode]) -> str:
    """Return the words of ``nodes`` in lines: one, or several where lines were broken."""
    text = INVISIBLE.sub("", "".join(map(_words, nodes))).replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in text.split("\v"))
    return "\n".join(line for line in lines if line)


def _words(node: HtmlNode) -> str:
    """Return the words of a node; a broken line is a vertical tab."""
    if isinstance(node, str):
        return node
    inner = "".join(map(_words, node.children))
    match node.name:
        case _ if node.name in UNREAD or node.get("role") == BACK_LINK:
            return ""
        case "br":
            return "\v"
        case "img":
            return f" [{alt}] " if (alt := (node.get("alt") or "").strip()) else ""
        case "svg":
            titles = (child.text for child in node.elements() if child.name == "title")
            return f" [{title}] " if (title := next(titles, "").strip()) else ""
        case "math":
            return f" {tex} " if (tex := node.get("alttext")) else inner
        case "sup":
            return _raised(node, inner)
        case "sub":
            return _moved(inner, LOWERED)
        case _ if node.name in BLOCKS:
            return f"\v{inner}\v"
        case _:
            return inner


def _raised(node: HtmlElement, inner: str) -> str:
    is_mark = any(element.get("role") == NOTE_MARK for element in node.elements())
    links = any(element.name == "a" for element in node.elements())
    return f" [{inner.strip()}]" if is_mark or links else _moved(inner, RAISED)


def _moved(text: str, letters: dict[int, int]) -> str:
    """Return raised or lowered letters where Unicode has them all, else the letters on the line."""
    return text.translate(letters) if all(ord(char) in letters for char in text) else text

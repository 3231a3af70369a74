"""The blocks of a footnote within a line of text, where HTML allows no blocks: spans that are set like them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from leaflet.model.document import (
    Block,
    CodeBlock,
    DefinitionList,
    Inline,
    List,
    ListKind,
    Paragraph,
    Table,
)
from leaflet.model.walk import children

Write = Callable[[tuple[Inline, ...]], Markup]


def note_lines(blocks: Iterable[Block], write: Write) -> Iterator[Markup]:
    """Return the parts of a note; ``write`` makes HTML of inlines."""
    for node in blocks:
        match node:
            case Paragraph():
                yield write(node.children)
            case CodeBlock():
                yield Markup('<code class="note-code">{}</code>').format(node.text.rstrip("\n"))
            case List():
                yield _list(node, write)
            case Table():
                rows = [row for row in (node.head, *node.rows) if any(cell.children or cell.blocks for cell in row)]
                lines = (
                    Markup(" | ").join(
                        write(cell.children) + Markup(" ").join(note_lines(cell.blocks, write)) for cell in row
                    )
                    for row in rows
                )
                yield Markup().join(Markup('<span class="note-item">{}</span>').format(line) for line in lines)
            case DefinitionList():
                for item in node.items:
                    parts = (part for description in item.descriptions for part in note_lines(description, write))
                    yield Markup('<span class="note-item">{}: {}</span>').format(
                        write(item.term), Markup(" ").join(parts)
                    )
            case _:
                yield from note_lines(tuple(child for child in children(node) if isinstance(child, Block)), write)


def _list(node: List, write: Write) -> Markup:
    items = []
    for place, item in enumerate(node.items):
        mark = f"{node.start + place}. " if node.kind is ListKind.ORDERED else "• "
        inner = Markup(" ").join(note_lines(item.blocks, write))
        items.append(Markup('<span class="note-item">{}{}</span>').format(mark, inner))
    return Markup().join(items)

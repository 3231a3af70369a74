"""Changes to the citations of a document, wherever they are in its tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import TypeAlias, assert_never

from msgspec.structs import replace

from leaflet.model.document import (
    AtAGlance,
    Block,
    Callout,
    Cell,
    Chart,
    CitationReference,
    Code,
    CodeBlock,
    ContactBlock,
    CrossReference,
    DefinitionList,
    Deleted,
    Division,
    Document,
    Emphasis,
    EventBlock,
    FieldReference,
    Figure,
    Footnote,
    HardBreak,
    Icon,
    IconArray,
    Image,
    Inline,
    Link,
    List,
    MailingPanel,
    Math,
    Paragraph,
    Quote,
    ReferenceList,
    SafeHtml,
    SafeInlineHtml,
    Section,
    SoftBreak,
    Span,
    Statistic,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
    Timeline,
    WriteIn,
)

Change: TypeAlias = Callable[[CitationReference], CitationReference]


def number_citations(document: Document) -> Document:
    """Return ``document`` with its citations numbered from 0, in reading order."""
    numbers = count()
    return change_citations(document, lambda reference: replace(reference, number=next(numbers)))


def change_citations(document: Document, change: Change) -> Document:
    """Return ``document`` with each citation replaced by what ``change`` returns for it, in reading order."""
    return replace(document, blocks=_blocks(document.blocks, change))


def _blocks(nodes: Iterable[Block], change: Change) -> tuple[Block, ...]:
    return tuple(_block(node, change) for node in nodes)


def _inlines(nodes: Iterable[Inline], change: Change) -> tuple[Inline, ...]:
    return tuple(_inline(node, change) for node in nodes)


def _inline(node: Inline, change: Change) -> Inline:
    match node:
        case CitationReference():
            changed = change(node)
            nested = tuple(_nested(inner, change) for inner in node.nested)
            return replace(changed, nested=nested) if nested else changed
        case Emphasis() | Strong() | Deleted() | Superscript() | Subscript() | Link() | Span():
            return replace(node, children=_inlines(node.children, change))
        case Footnote():
            return replace(node, blocks=_blocks(node.blocks, change))
        case Text() | SoftBreak() | HardBreak() | Code() | Image() | Icon() | FieldReference() | SafeInlineHtml():
            return node
        case Math() | CrossReference():
            return node
        case _:
            assert_never(node)


def _nested(node: CitationReference, change: Change) -> CitationReference:
    """Return a citation within the words of another one, changed."""
    changed = change(node)
    inner = tuple(_nested(further, change) for further in node.nested)
    return replace(changed, nested=inner) if inner else changed


def _block(node: Block, change: Change) -> Block:
    match node:
        case Paragraph() | Statistic():
            return replace(node, children=_inlines(node.children, change))
        case Section() | Callout() | ReferenceList():
            heading = _inlines(node.heading, change)
            return replace(node, heading=heading, blocks=_blocks(node.blocks, change))
        case AtAGlance():
            heading = _inlines(node.heading, change)
            facts = tuple(replace(fact, children=_inlines(fact.children, change)) for fact in node.facts)
            return replace(node, heading=heading, facts=facts, blocks=_blocks(node.blocks, change))
        case Division() | Quote() | MailingPanel():
            return replace(node, blocks=_blocks(node.blocks, change))
        case List():
            return replace(node, items=tuple(replace(item, blocks=_blocks(item.blocks, change)) for item in node.items))
        case DefinitionList():
            return _definitions(node, change)
        case Table():
            caption, head = _inlines(node.caption, change), _cells(node.head, change)
            return replace(node, caption=caption, head=head, rows=tuple(_cells(row, change) for row in node.rows))
        case Figure():
            return replace(node, caption=_inlines(node.caption, change))
        case Timeline():
            return _timeline(node, change)
        case IconArray():
            halves = tuple(_inlines(half, change) for half in node.halves)
            return replace(node, blocks=_blocks(node.blocks, change), halves=halves)
        case Chart():
            return replace(node, heading=_inlines(node.heading, change), caption=_inlines(node.caption, change))
        case WriteIn():
            heading = _inlines(node.heading, change)
            return replace(node, heading=heading, lines=tuple(_inlines(line, change) for line in node.lines))
        case CodeBlock() | ThematicBreak() | ContactBlock() | EventBlock() | SafeHtml():
            return node
        case _:
            assert_never(node)


def _cells(cells: Iterable[Cell], change: Change) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, children=_inlines(cell.children, change), blocks=_blocks(cell.blocks, change)) for cell in cells
    )


def _definitions(node: DefinitionList, change: Change) -> DefinitionList:
    items = []
    for item in node.items:
        term = _inlines(item.term, change)
        items.append(replace(item, term=term, descriptions=tuple(_blocks(part, change) for part in item.descriptions)))
    return replace(node, items=tuple(items))


def _timeline(node: Timeline, change: Change) -> Timeline:
    steps = []
    for step in node.steps:
        when = _inlines(step.when, change)
        steps.append(replace(step, when=when, children=_inlines(step.children, change)))
    return replace(node, steps=tuple(steps))

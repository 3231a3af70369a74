"""Traversal of a document in reading order, so that every stage meets the same things in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from leaflet.model.document import (
    AtAGlance,
    Block,
    Callout,
    Chart,
    CitationReference,
    Code,
    CodeBlock,
    ContactBlock,
    CrossReference,
    Definition,
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

Node = Block | Inline
"""A node of a document's tree."""
LEAVES = frozenset({Text, SoftBreak, HardBreak, Code, Image, Icon, FieldReference, Math})
"""The nodes that are frequent and hold no others, so that ``walk`` need not ask for their children."""


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield ``nodes`` and everything in them, each before its children, in reading order.

    Headings come before what they head, a table's caption before its head and its rows, a figure's pictures before
    their caption, and a footnote's text at the place of its mark.
    """
    pending = list(nodes)[::-1]
    while pending:
        node = pending.pop()
        yield node
        if type(node) not in LEAVES:
            pending.extend(reversed(children(node)))


def children(node: Node) -> tuple[Node, ...]:  # noqa: C901 - one case for each node
    """Return the nodes directly in ``node``, in reading order."""
    match node:  # the most frequent first
        case Text() | SoftBreak():
            return ()
        case Paragraph() | Statistic() | Link() | Span():
            return node.children
        case Emphasis() | Strong() | Deleted() | Superscript() | Subscript():
            return node.children
        case CitationReference():
            return node.nested
        case HardBreak() | Code() | Image() | Icon() | FieldReference() | Math():
            return ()
        case CrossReference():
            return node.words
        case Section() | Callout() | ReferenceList():
            return (*node.heading, *node.blocks)
        case AtAGlance():
            return (*node.heading, *(child for fact in node.facts for child in fact.children), *node.blocks)
        case Division() | Quote() | Footnote() | MailingPanel():
            return node.blocks
        case List():
            return tuple(block for item in node.items for block in item.blocks)
        case DefinitionList():
            return tuple(child for item in node.items for child in _definition(item))
        case Table():
            cells = (*node.head, *(cell for row in node.rows for cell in row))
            return (*node.caption, *(child for cell in cells for child in (*cell.children, *cell.blocks)))
        case Figure():
            return (*node.images, *node.caption)
        case Timeline():
            return tuple(child for step in node.steps for child in (*step.when, *step.children))
        case IconArray():
            return (*node.blocks, *(child for half in node.halves for child in half))
        case Chart():
            return (*node.heading, *node.caption)
        case WriteIn():
            return (*node.heading, *(child for line in node.lines for child in line))
        case CodeBlock() | ThematicBreak() | ContactBlock() | EventBlock() | SafeHtml() | SafeInlineHtml():
            return ()
        case _:
            assert_never(node)


def _definition(item: Definition) -> tuple[Node, ...]:
    return (*item.term, *(block for description in item.descriptions for block in description))


def all_nodes(document: Document) -> tuple[Node, ...]:
    """Return all nodes of ``document`` in reading order; it is walked once, for many stages look for something in it."""
    if not document.walked:
        document.walked.append(tuple(walk(document.blocks)))
    return document.walked[0]


def clusters(document: Document) -> tuple[CitationReference, ...]:
    """Return every place where something is cited, in reading order."""
    return tuple(node for node in all_nodes(document) if isinstance(node, CitationReference))


def field_references(document: Document) -> tuple[FieldReference, ...]:
    """Return every field that is not resolved yet, in reading order."""
    return tuple(node for node in all_nodes(document) if isinstance(node, FieldReference))


def sections(document: Document) -> tuple[Section, ...]:
    """Return every section, outer ones before those inside them."""
    return tuple(node for node in all_nodes(document) if isinstance(node, Section))


def plain_text(nodes: Iterable[Node]) -> str:
    """Return the words of ``nodes`` without their markup: for identifiers, outlines and counting. Notes are left out."""
    return "".join(node.text if type(node) is Text else _words(node) for node in nodes)


def _words(node: Node) -> str:
    match node:
        case Text() | Code():
            return node.text
        case SoftBreak() | HardBreak():
            return " "
        case Math():
            return node.tex
        case Footnote():
            return ""
        case _:
            return plain_text(children(node))

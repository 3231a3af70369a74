"""The body of a document as HTML: one function for each kind of block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup

from leaflet.html.inlines import Scribe, attributes, image, inlines
from leaflet.html.page_parts import contact_lines
from leaflet.html.reference_list import ANNOTATED, reference_entries
from leaflet.html.source_places import first_place
from leaflet.model.document import (
    Alignment,
    AtAGlance,
    Block,
    Callout,
    Cell,
    CodeBlock,
    ContactBlock,
    DefinitionList,
    Division,
    Figure,
    Inline,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Quote,
    ReferenceList,
    Rule,
    SafeHtml,
    Section,
    Statistic,
    Table,
    Timeline,
    WriteIn,
)
from leaflet.model.reference_lists import listed_in
from leaflet.model.walk import plain_text

TOP = 2
"""The level of the document's own headings; the title alone is level 1."""
DEEPEST = 6
SHORT_LIST = 5
"""Lists of so few items are kept whole."""


def blocks(nodes: Iterable[Block], scribe: Scribe, *, level: int = TOP) -> Markup:
    """All of ``nodes``; ``level`` is the one that a heading among them gets, whatever number the source gave it."""
    return Markup("\n").join(_block(node, scribe, min(level, DEEPEST)) for node in nodes)


def _block(node: Block, scribe: Scribe, level: int) -> Markup:  # noqa: C901 - one case for each block
    match node:
        case Paragraph():
            return _paragraph(node, scribe)
        case Section():
            return _section(node, scribe, level)
        case List():
            return _list(node, scribe, level)
        case DefinitionList():
            return _definitions(node, scribe, level)
        case Quote():
            return Markup("<blockquote{}>{}</blockquote>").format(
                attributes(node.attributes), blocks(node.blocks, scribe, level=level)
            )
        case CodeBlock():
            return Markup("<pre{}><code>{}</code></pre>").format(attributes(node.attributes), node.text)
        case Rule():
            return Markup('<div class="ornament" role="separator"></div>')
        case Table():
            return _table(node, scribe)
        case Figure():
            return _figure(node, scribe)
        case Division():
            return Markup("<div{}>{}</div>").format(
                attributes(node.attributes, source=scribe.source(node.location)),
                blocks(node.blocks, scribe, level=level),
            )
        case Callout():
            return _callout(node, scribe, level)
        case AtAGlance():
            return at_a_glance(node, scribe, level=level)
        case Statistic():
            return _statistic(node, scribe)
        case Timeline():
            return _timeline(node, scribe)
        case WriteIn():
            return write_in(node, scribe, level=level)
        case ContactBlock():
            lines = contact_lines(scribe.document.metadata.contact)
            return Markup("<div{}>{}</div>").format(
                attributes(node.attributes, "contact-inline", source=scribe.source(node.location)), lines
            )
        case ReferenceList():
            return _references(node, scribe, level)
        case SafeHtml():
            return Markup(node.html)  # noqa: S704 - the source stage has put it through its allow-list
        case _:
            assert_never(node)


def _paragraph(node: Paragraph, scribe: Scribe) -> Markup:
    source = scribe.source(first_place(node.children) or node.location)
    return Markup("<p{}>{}</p>").format(attributes(node.attributes, source=source), inlines(node.children, scribe))


def _text(tag: str, children: tuple[Inline, ...], scribe: Scribe) -> Markup:
    """An element without attributes of its own that holds running text."""
    return Markup("<{0}{1}>{2}</{0}>").format(tag, scribe.source_of(children), inlines(children, scribe))


def _heading(children: tuple[Inline, ...], scribe: Scribe, level: int) -> Markup:
    return _text(f"h{level}", children, scribe) if children else Markup()


def _section(node: Section, scribe: Scribe, level: int) -> Markup:
    return section(node, scribe, blocks(node.blocks, scribe, level=level + 1), level=level)


def section(node: Section, scribe: Scribe, inner: Markup, *classes: str, level: int = TOP) -> Markup:
    """A section with its heading and ``inner``, what it holds."""
    return Markup("<section{}>{}\n{}</section>").format(
        attributes(node.attributes, "sec", f"sec-{level}", *classes, source=scribe.source(node.location)),
        _heading(node.heading, scribe, level),
        inner,
    )


def _list(node: List, scribe: Scribe, level: int) -> Markup:
    tag = "ol" if node.kind is ListKind.ORDERED else "ul"
    start = Markup(' start="{}"').format(node.start) if tag == "ol" and node.start != 1 else Markup()
    items = Markup("\n").join(_item(item, node.tight, scribe, level) for item in node.items)
    short, loose = len(node.items) <= SHORT_LIST, not node.tight
    spacing = [name for name, applies in (("short", short), ("loose", loose)) if applies]
    return Markup("<{0}{1}{2}>{3}</{0}>").format(
        tag, attributes(node.attributes, *spacing, source=scribe.source(node.location)), start, items
    )


def _item(item: ListItem, tight: bool, scribe: Scribe, level: int) -> Markup:
    inner = Markup("\n").join(
        inlines(block.children, scribe)
        if tight and isinstance(block, Paragraph)
        else blocks((block,), scribe, level=level)
        for block in item.blocks
    )
    first = item.blocks[0] if tight and item.blocks else None
    place = first_place((first,)) if isinstance(first, Paragraph) else None
    source = scribe.source(place or item.location)
    return Markup("<li{}>{}</li>").format(attributes(item.attributes, source=source), inner)


def _definitions(node: DefinitionList, scribe: Scribe, level: int) -> Markup:
    entries = Markup("\n").join(
        _text("dt", item.term, scribe)
        + Markup().join(
            Markup("<dd>{}</dd>").format(blocks(description, scribe, level=level)) for description in item.descriptions
        )
        for item in node.items
    )
    return Markup("<dl{}>{}</dl>").format(attributes(node.attributes), entries)


def _table(node: Table, scribe: Scribe) -> Markup:
    caption = _text("caption", node.caption, scribe) if node.caption else Markup()
    head = Markup()
    if any(cell.children for cell in node.head):
        cells = (_cell(cell, align, scribe, "col") for cell, align in zip(node.head, node.alignments, strict=True))
        head = Markup("<thead><tr>{}</tr></thead>").format(Markup().join(cells))
    row_heads = node.row_heads or "compare" in node.attributes.classes
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(
            Markup().join(
                _cell(cell, align, scribe, "row" if place == 0 and row_heads else None)
                for place, (cell, align) in enumerate(zip(row, node.alignments, strict=True))
            )
        )
        for row in node.rows
    )
    if head and least_width(node) > scribe.measure:
        return _records(node, scribe)
    kind = "narrow" if len(node.alignments) <= 2 else "wide" if len(node.alignments) > 4 else "medium"
    table = Markup("<table{}>{}{}<tbody>{}</tbody></table>").format(
        attributes(node.attributes, "grid", kind, source=scribe.source(node.location)), caption, head, rows
    )
    return Markup('<div class="captioned">{}</div>').format(table) if caption else table


def _records(node: Table, scribe: Scribe) -> Markup:
    """A table that is too wide for its page: for each row what its first cell names, and the other cells below it."""
    names = [inlines(cell.children, scribe) for cell in node.head]
    records = []
    for row in node.rows:
        lines = Markup().join(
            Markup("<div><dt>{}</dt><dd{}>{}</dd></div>").format(
                name, scribe.source_of(cell.children), inlines(cell.children, scribe)
            )
            for name, cell in zip(names[1:], row[1:], strict=False)
            if cell.children
        )
        records.append(
            Markup('<div class="record"><p class="record-name"{}>{}</p><dl>{}</dl></div>').format(
                scribe.source_of(row[0].children), inlines(row[0].children, scribe), lines
            )
        )
    caption = _text("p", node.caption, scribe) if node.caption else Markup()
    return Markup('<div{}><div class="records-caption">{}</div>{}</div>').format(
        attributes(node.attributes, "records", source=scribe.source(node.location)), caption, Markup("\n").join(records)
    )


CELL_PADDING = 3
"""In characters: the space between two columns of a table."""
DIVIDED = 15
"""Longer words are divided in tables."""


def least_width(table: Table) -> int:
    """How many characters the longest words of all columns take, with the space between them."""
    rows = (table.head, *table.rows)
    words = [
        [word for row in rows if place < len(row) for word in plain_text(row[place].children).split()]
        for place in range(len(table.alignments))
    ]
    longest = [max((min(len(word), DIVIDED) for word in column), default=0) for column in words]
    return sum(longest) + CELL_PADDING * (len(longest) - 1)


def _cell(cell: Cell, align: Alignment, scribe: Scribe, scope: str | None) -> Markup:
    classes = (f"to-{align}",) if align in {Alignment.CENTRE, Alignment.RIGHT} else ()
    inner = inlines(cell.children, scribe)
    given = attributes(cell.attributes, *classes, source=scribe.source_of(cell.children))
    if scope is None:
        return Markup("<td{}>{}</td>").format(given, inner)
    return Markup('<th scope="{}"{}>{}</th>').format(scope, given, inner)


def _figure(node: Figure, scribe: Scribe) -> Markup:
    pictures = Markup().join(image(picture, scribe) for picture in node.images)
    caption = _text("figcaption", node.caption, scribe) if node.caption else Markup()
    many = ("several",) if len(node.images) > 1 else ()
    return Markup('<figure{}><div class="pictures">{}</div>{}</figure>').format(
        attributes(node.attributes, *many, source=scribe.source(node.location)), pictures, caption
    )


def _callout(node: Callout, scribe: Scribe, level: int) -> Markup:
    heading = _heading(node.heading, scribe, level) or Markup('<p class="callout-kind">{}</p>').format(
        scribe.labels[node.kind.value]
    )
    return Markup('<aside{}>{}<div class="callout-body">{}</div></aside>').format(
        attributes(node.attributes, "callout", f"callout-{node.kind}", source=scribe.source(node.location)),
        heading,
        blocks(node.blocks, scribe, level=level + 1),
    )


def at_a_glance(node: AtAGlance, scribe: Scribe, *, level: int = TOP) -> Markup:
    """The point of the leaflet in a few facts, each with its icon."""
    facts = Markup("\n").join(
        Markup('<li class="i-{}"{}>{}</li>').format(
            scribe.use_icon(fact.icon), scribe.source_of(fact.children), inlines(fact.children, scribe)
        )
        for fact in node.facts
    )
    title = inlines(node.heading, scribe) or scribe.labels["at-a-glance"]
    source = scribe.source_of(node.heading)
    size = ("many",) if len(node.facts) > 5 else ()
    return Markup('<section{}><h{} class="glance-title"{}>{}</h{}><ul class="facts">{}</ul>{}</section>').format(
        attributes(node.attributes, "glance", *size, source=scribe.source(node.location), id="at-a-glance"),
        level,
        source,
        title,
        level,
        facts,
        blocks(node.blocks, scribe, level=level + 1),
    )


def _statistic(node: Statistic, scribe: Scribe) -> Markup:
    long = ("long",) if len(node.number) > 5 else ()
    return Markup('<p{}><span class="stat-n">{}</span> <span class="stat-t"{}>{}</span></p>').format(
        attributes(node.attributes, "stat", *long, source=scribe.source(node.location)),
        node.number,
        scribe.source_of(node.children),
        inlines(node.children, scribe),
    )


def _timeline(node: Timeline, scribe: Scribe) -> Markup:
    written = [(inlines(step.when, scribe), inlines(step.children, scribe)) for step in node.steps]
    steps = Markup().join(
        Markup("<li{}><strong{}>{}</strong> {}</li>").format(
            scribe.source_of(step.children), scribe.source_of(step.when, step.children), when, words
        )
        for step, (when, words) in zip(node.steps, written, strict=True)
    )
    letters = sum(len(words.striptags()) for _, words in written) / max(len(node.steps), 1)
    shape = "across" if len(node.steps) <= 3 and letters <= 40 else "down"
    return Markup("<ol{}>{}</ol>").format(
        attributes(node.attributes, "timeline", shape, source=scribe.source(node.location)), steps
    )


def write_in(node: WriteIn, scribe: Scribe, *, level: int = TOP) -> Markup:
    """Labelled lines to write on."""
    lines = Markup().join(
        Markup('<p class="write"{}>{}</p>').format(scribe.source_of(line), inlines(line, scribe)) for line in node.lines
    )
    heading = _heading(node.heading, scribe, level)
    return Markup('<section{}>{}<div class="lines">{}</div></section>').format(
        attributes(node.attributes, "notes", source=scribe.source(node.location)), heading, lines
    )


def _references(node: ReferenceList, scribe: Scribe, level: int) -> Markup:
    """A list of references with its heading; nothing where it holds none."""
    entries = listed_in(node, scribe.document, scribe.citations.references)
    if not entries:
        return Markup()
    return Markup("<section{}>{}{}{}</section>").format(
        attributes(node.attributes, "refs", source=scribe.source(node.location)),
        _heading(node.heading, scribe, level),
        blocks(node.blocks, scribe, level=level + 1),
        reference_entries(entries, scribe, annotated=ANNOTATED in node.attributes.classes),
    )

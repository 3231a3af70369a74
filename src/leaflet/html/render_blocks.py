"""The body of a document as HTML: one function for each kind of block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from markupsafe import Markup

from leaflet.html.page_parts import contact_lines
from leaflet.html.reference_list import ANNOTATED, reference_entries
from leaflet.html.render_inlines import HtmlContext, attributes, image, inlines
from leaflet.html.source_places import first_place
from leaflet.html.tables import cell_content, columns, fitting_widths
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
    Numbering,
    Paragraph,
    Quote,
    ReferenceList,
    SafeHtml,
    Section,
    Statistic,
    Table,
    ThematicBreak,
    Timeline,
    WriteIn,
)
from leaflet.model.reference_lists import listed_in
from leaflet.model.walk import plain_text

TOP = 2
"""The level of the document's own headings; the title alone is level 1."""
DEEPEST = 6
WIDE = 1.15
"""How much wider than of average letters a word may be, as a share."""
TIGHT = 0.7
"""From this share of the page's width that the longest words of a table need, words in it are divided."""
SHORT_LIST = 5
"""Lists of so few items are never divided."""


def blocks(nodes: Iterable[Block], context: HtmlContext, *, level: int = TOP) -> Markup:
    """Return ``nodes`` as HTML; ``level`` is that of a heading among them, whatever number the source gave it."""
    return Markup("\n").join(_block(node, context, min(level, DEEPEST)) for node in nodes)


def _block(node: Block, context: HtmlContext, level: int) -> Markup:  # noqa: C901 - one case for each block
    match node:
        case Paragraph():
            return _paragraph(node, context)
        case Section():
            return _section(node, context, level)
        case List():
            return _list(node, context, level)
        case DefinitionList():
            return _definitions(node, context, level)
        case Quote():
            return Markup("<blockquote{}>{}</blockquote>").format(
                attributes(node.attributes), blocks(node.blocks, context, level=level)
            )
        case CodeBlock():
            return Markup("<pre{}><code>{}</code></pre>").format(attributes(node.attributes), node.text)
        case ThematicBreak():
            return Markup('<div class="ornament" role="separator"></div>')
        case Table():
            return _table(node, context)
        case Figure():
            return _figure(node, context)
        case Division():
            return Markup("<div{}>{}</div>").format(
                attributes(node.attributes, source=context.source(node.location)),
                blocks(node.blocks, context, level=level),
            )
        case Callout():
            return _callout(node, context, level)
        case AtAGlance():
            return at_a_glance(node, context, level=level)
        case Statistic():
            return _statistic(node, context)
        case Timeline():
            return _timeline(node, context)
        case WriteIn():
            return write_in(node, context, level=level)
        case ContactBlock():
            lines = contact_lines(context.document.metadata.contact)
            return Markup("<div{}>{}</div>").format(
                attributes(node.attributes, "contact-inline", source=context.source(node.location)), lines
            )
        case ReferenceList():
            return _references(node, context, level)
        case SafeHtml():
            return Markup(node.html)  # noqa: S704 - the source stage has put it through its allow-list
        case _:
            assert_never(node)


def _paragraph(node: Paragraph, context: HtmlContext) -> Markup:
    source = context.source(first_place(node.children) or node.location)
    return Markup("<p{}>{}</p>").format(attributes(node.attributes, source=source), inlines(node.children, context))


def _text(tag: str, children: tuple[Inline, ...], context: HtmlContext) -> Markup:
    """Return an element without attributes of its own that holds running text."""
    return Markup("<{0}{1}>{2}</{0}>").format(tag, context.source_of(children), inlines(children, context))


def _heading(children: tuple[Inline, ...], context: HtmlContext, level: int) -> Markup:
    return _text(f"h{level}", children, context) if children else Markup()


def _section(node: Section, context: HtmlContext, level: int) -> Markup:
    return section(node, context, blocks(node.blocks, context, level=level + 1), level=level)


def section(node: Section, context: HtmlContext, inner: Markup, *classes: str, level: int = TOP) -> Markup:
    """Return a section with its heading and ``inner``, the HTML of its content."""
    return Markup("<section{}>{}\n{}</section>").format(
        attributes(node.attributes, "sec", f"sec-{level}", *classes, source=context.source(node.location)),
        _heading(node.heading, context, level),
        inner,
    )


def _list(node: List, context: HtmlContext, level: int) -> Markup:
    tag = "ol" if node.kind is ListKind.ORDERED else "ul"
    start = Markup(' start="{}"').format(node.start) if tag == "ol" and node.start != 1 else Markup()
    if node.numbering is not Numbering.DECIMAL:
        start += Markup(' type="{}"').format(node.numbering)
    items = Markup("\n").join(_item(item, node.tight, context, level) for item in node.items)
    short, loose = len(node.items) <= SHORT_LIST, not node.tight
    spacing = [name for name, applies in (("short", short), ("loose", loose)) if applies]
    return Markup("<{0}{1}{2}>{3}</{0}>").format(
        tag, attributes(node.attributes, *spacing, source=context.source(node.location)), start, items
    )


def _item(item: ListItem, tight: bool, context: HtmlContext, level: int) -> Markup:
    inner = Markup("\n").join(
        inlines(block.children, context)
        if tight and isinstance(block, Paragraph)
        else blocks((block,), context, level=level)
        for block in item.blocks
    )
    first = item.blocks[0] if tight and item.blocks else None
    place = first_place((first,)) if isinstance(first, Paragraph) else None
    source = context.source(place or item.location)
    return Markup("<li{}>{}</li>").format(attributes(item.attributes, source=source), inner)


def _definitions(node: DefinitionList, context: HtmlContext, level: int) -> Markup:
    entries = Markup("\n").join(
        _text("dt", item.term, context)
        + Markup().join(
            Markup("<dd>{}</dd>").format(blocks(description, context, level=level)) for description in item.descriptions
        )
        for item in node.items
    )
    return Markup("<dl{}>{}</dl>").format(attributes(node.attributes), entries)


def _table(node: Table, context: HtmlContext) -> Markup:
    caption = _text("caption", node.caption, context) if node.caption else Markup()
    head = Markup()
    if any(cell.children for cell in node.head):
        cells = (_cell(cell, align, context, "col") for cell, align in zip(node.head, node.alignments, strict=True))
        head = Markup("<thead><tr>{}</tr></thead>").format(Markup().join(cells))
    row_heads = node.row_heads or "compare" in node.attributes.classes
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(
            Markup().join(
                _cell(cell, align, context, "row" if place == 0 and row_heads else None)
                for place, (cell, align) in enumerate(zip(row, node.alignments, strict=True))
            )
        )
        for row in node.rows
    )
    least = least_width(node)
    if head and least * WIDE > context.measure:
        return _records(node, context)
    tight = ("tight",) if least > context.measure * TIGHT else ()
    kind = "narrow" if len(node.alignments) <= 2 else "wide" if len(node.alignments) > 4 else "medium"
    table = Markup("<table{}>{}{}<tbody>{}</tbody></table>").format(
        attributes(node.attributes, "grid", kind, *tight, source=context.source(node.location)),
        caption + columns(node, fitting_widths(node, _widest_words(node), context.measure) if tight else ()),
        head,
        rows,
    )
    return Markup('<div class="captioned">{}</div>').format(table) if caption else table


def _records(node: Table, context: HtmlContext) -> Markup:
    """Return a table that is too wide for its page as records: each row's first cell, and the other cells below it."""
    names = [inlines(cell.children, context) for cell in node.head]
    records = []
    for row in node.rows:
        lines = Markup().join(
            Markup("<div><dt>{}</dt><dd{}>{}</dd></div>").format(
                name, context.source_of(cell.children), inlines(cell.children, context)
            )
            for name, cell in zip(names[1:], row[1:], strict=False)
            if cell.children
        )
        records.append(
            Markup('<div class="record"><p class="record-name"{}>{}</p><dl>{}</dl></div>').format(
                context.source_of(row[0].children), inlines(row[0].children, context), lines
            )
        )
    caption = _text("p", node.caption, context) if node.caption else Markup()
    return Markup('<div{}><div class="records-caption">{}</div>{}</div>').format(
        attributes(node.attributes, "records", source=context.source(node.location)),
        caption,
        Markup("\n").join(records),
    )


CELL_PADDING = 3
"""In characters: the space between two columns of a table."""
DIVIDED = 15
"""Longer words are divided in tables."""


def least_width(table: Table) -> int:
    """Return the number of characters of the longest words of all columns, with the space between them."""
    return sum(_longest_words(table)) - CELL_PADDING


def _widest_words(table: Table) -> list[float]:
    """Return the widths of the longest words with a little to spare, for letters are of many widths."""
    return [(word - CELL_PADDING) * WIDE + 1 for word in _longest_words(table)]


def _longest_words(table: Table) -> list[int]:
    """Return for each column the number of characters of its longest word, with the space beside it."""
    rows = (table.head, *table.rows)
    words = [
        [word for row in rows if place < len(row) for word in plain_text(row[place].children).split()]
        for place in range(len(table.alignments))
    ]
    return [max((min(len(word), DIVIDED) for word in column), default=0) + CELL_PADDING for column in words]


def _cell(cell: Cell, align: Alignment, context: HtmlContext, scope: str | None) -> Markup:
    classes = (f"to-{align}",) if align in {Alignment.CENTRE, Alignment.RIGHT} else ()
    inner = cell_content(inlines(cell.children, context), cell.blocks, lambda nodes: blocks(nodes, context))
    given = attributes(cell.attributes, *classes, source=context.source_of(cell.children))
    if scope is None:
        return Markup("<td{}>{}</td>").format(given, inner)
    return Markup('<th scope="{}"{}>{}</th>').format(scope, given, inner)


def _figure(node: Figure, context: HtmlContext) -> Markup:
    shares = _shares(node, context)
    pictures = Markup().join(
        image(picture, context, share=share) for picture, share in zip(node.images, shares, strict=True)
    )
    caption = _text("figcaption", node.caption, context) if node.caption else Markup()
    many = ("several",) if len(node.images) > 1 else ()
    return Markup('<figure{}><div class="pictures">{}</div>{}</figure>').format(
        attributes(node.attributes, *many, source=context.source(node.location)), pictures, caption
    )


GAP = 0.03
"""The space between pictures beside each other, as a part of the width."""


def _shares(node: Figure, context: HtmlContext) -> Sequence[float | None]:
    """Return the part of the width that each of several pictures has, so that all are equally high."""
    ratios = [context.ratio_of(picture) for picture in node.images]
    if len(ratios) < 2 or not all(ratios):
        return [None] * len(ratios)
    known = [ratio for ratio in ratios if ratio]
    return [ratio / sum(known) * (1 - GAP * (len(known) - 1)) for ratio in known]


def _callout(node: Callout, context: HtmlContext, level: int) -> Markup:
    heading = _heading(node.heading, context, level) or Markup('<p class="callout-kind">{}</p>').format(
        context.labels[node.kind.value]
    )
    return Markup('<aside{}>{}<div class="callout-body">{}</div></aside>').format(
        attributes(node.attributes, "callout", f"callout-{node.kind}", source=context.source(node.location)),
        heading,
        blocks(node.blocks, context, level=level + 1),
    )


def at_a_glance(node: AtAGlance, context: HtmlContext, *, level: int = TOP) -> Markup:
    """Return the point of the leaflet in a few facts, each with its icon."""
    facts = Markup("\n").join(
        Markup('<li class="i-{}"{}>{}</li>').format(
            context.use_icon(fact.icon), context.source_of(fact.children), inlines(fact.children, context)
        )
        for fact in node.facts
    )
    title = inlines(node.heading, context) or context.labels["at-a-glance"]
    source = context.source_of(node.heading)
    size = ("many",) if len(node.facts) > 5 else ()
    return Markup('<section{}><h{} class="glance-title"{}>{}</h{}><ul class="facts">{}</ul>{}</section>').format(
        attributes(node.attributes, "glance", *size, source=context.source(node.location), id="at-a-glance"),
        level,
        source,
        title,
        level,
        facts,
        blocks(node.blocks, context, level=level + 1),
    )


def _statistic(node: Statistic, context: HtmlContext) -> Markup:
    long = ("long",) if len(node.number) > 5 else ()
    return Markup('<p{}><span class="stat-n">{}</span> <span class="stat-t"{}>{}</span></p>').format(
        attributes(node.attributes, "stat", *long, source=context.source(node.location)),
        node.number,
        context.source_of(node.children),
        inlines(node.children, context),
    )


def _timeline(node: Timeline, context: HtmlContext) -> Markup:
    written = [(inlines(step.when, context), inlines(step.children, context)) for step in node.steps]
    steps = Markup().join(
        Markup("<li{}><strong{}>{}</strong> {}</li>").format(
            context.source_of(step.children), context.source_of(step.when, step.children), when, words
        )
        for step, (when, words) in zip(node.steps, written, strict=True)
    )
    letters = sum(len(words.striptags()) for _, words in written) / max(len(node.steps), 1)
    shape = "across" if len(node.steps) <= 3 and letters <= 40 else "down"
    return Markup("<ol{}>{}</ol>").format(
        attributes(node.attributes, "timeline", shape, source=context.source(node.location)), steps
    )


def write_in(node: WriteIn, context: HtmlContext, *, level: int = TOP) -> Markup:
    """Return labelled lines to write on."""
    lines = Markup().join(
        Markup('<p class="write"{}>{}</p>').format(context.source_of(line), inlines(line, context))
        for line in node.lines
    )
    heading = _heading(node.heading, context, level)
    return Markup('<section{}>{}<div class="lines">{}</div></section>').format(
        attributes(node.attributes, "notes", source=context.source(node.location)), heading, lines
    )


def _references(node: ReferenceList, context: HtmlContext, level: int) -> Markup:
    """Return a list of references with its heading; nothing where it holds none."""
    entries = listed_in(node, context.document, context.citations.references)
    if not entries:
        return Markup()
    return Markup("<section{}>{}{}{}</section>").format(
        attributes(node.attributes, "refs", source=context.source(node.location)),
        _heading(node.heading, context, level),
        blocks(node.blocks, context, level=level + 1),
        reference_entries(entries, context, annotated=ANNOTATED in node.attributes.classes),
    )

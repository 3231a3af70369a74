"""Tables as HTML: with their heads and widths, or as records where they are too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from markupsafe import Markup

from leaflet.html.render_inlines import HtmlContext, Medium, attributes, inlines, text_element
from leaflet.html.tables import (
    MOST_ROWS,
    TIGHT_PADDING,
    WIDE,
    answer,
    columns,
    fitting_widths,
    least_width,
    turned_height,
    whole_columns,
    widest_words,
)
from leaflet.model.document import Alignment, Block, Cell, Table

WriteBlocks: TypeAlias = Callable[[tuple[Block, ...], HtmlContext], Markup]
TIGHT = 0.7
"""From this share of the page's width that the longest words of a table need, words in it are divided."""
SPACE = Markup("\u2003")
"""Between cells that are read one after the other."""


def table(node: Table, context: HtmlContext, write: WriteBlocks) -> Markup:
    """Return a table, or records below each other where it is too wide for its page; ``write`` is for blocks in cells."""
    caption = text_element("caption", node.caption, context) if node.caption else Markup()
    head = Markup()
    if any(cell.children for cell in node.head):
        cells = [
            _cell(cell, align, context, write, "col") for cell, align in zip(node.head, node.alignments, strict=True)
        ]
        if "turned" in node.attributes.classes:
            style = Markup(' style="height:{}em"').format(turned_height(node))
            cells[1:] = [_turned(cell, context, style) for cell in node.head[1:]]
        head = Markup("<thead><tr>{}</tr></thead>").format(Markup().join(cells))
    row_heads = node.row_heads or "compare" in node.attributes.classes
    whole = whole_columns(node, context.measure) if context.medium is Medium.PRINT else frozenset[int]()
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(
            Markup().join(
                _cell(
                    cell,
                    align,
                    context,
                    write,
                    "row" if place == 0 and row_heads else None,
                    answer(cell, node, context.labels),
                    is_whole=place in whole,
                )
                for place, (cell, align) in enumerate(zip(row, node.alignments, strict=True))
                if cell.rows
            )
        )
        for row in node.rows
    )
    has_space = least_width(node, TIGHT_PADDING) * WIDE <= context.measure
    if head and not has_space:
        return _records(node, context)
    tight = ("tight",) if has_space and context.measure * TIGHT < least_width(node) else ()
    long = ("long",) if len(node.rows) > MOST_ROWS else ()
    own = node.widths or context.common_widths.get(id(node), ())
    widths = fitting_widths(node, widest_words(node), context.measure) if tight and not own else own
    kind = "narrow" if len(node.alignments) <= 2 else "wide" if len(node.alignments) > 4 else "medium"
    made = Markup("<table{}>{}{}<tbody>{}</tbody></table>").format(
        attributes(node.attributes, "grid", kind, *tight, *long, source=context.source(node.location)),
        caption + columns(widths),
        head,
        rows,
    )
    return Markup('<div class="captioned">{}</div>').format(made) if caption else made


def _records(node: Table, context: HtmlContext) -> Markup:
    """Return a table that is too wide for its page as records: each row's first cell, and the other cells below it.

    Cells below an empty head are read with those below the head before it; before the first one they follow the name.
    """
    records = Markup("\n").join(_record(node, row, context) for row in node.rows)
    caption = text_element("p", node.caption, context) if node.caption else Markup()
    return Markup('<div{}><div class="records-caption">{}</div>{}</div>').format(
        attributes(node.attributes, "records", source=context.source(node.location)),
        caption,
        records,
    )


def _record(node: Table, row: tuple[Cell, ...], context: HtmlContext) -> Markup:
    """Return one row of a table that is too wide for its page."""
    unnamed: list[Markup] = []
    named: list[tuple[Markup, list[Markup]]] = []
    for head, cell in zip(node.head[1:], row[1:], strict=False):
        if name := inlines(head.children, context).strip():
            named.append((name, []))
        if cell.children:
            words = Markup("<span{}>{}</span>").format(
                context.source_of(cell.children), inlines(cell.children, context)
            )
            (named[-1][1] if named else unnamed).append(words)
    lines = Markup().join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, SPACE.join(words)) for name, words in named if words
    )
    beside = Markup('<p class="record-cells">{}</p>').format(SPACE.join(unnamed)) if unnamed else Markup()
    return Markup('<div class="record"><p class="record-name"{}>{}</p>{}{}</div>').format(
        context.source_of(row[0].children),
        inlines(row[0].children, context),
        beside,
        Markup("<dl>{}</dl>").format(lines) if lines else "",
    )


def _turned(cell: Cell, context: HtmlContext, style: Markup) -> Markup:
    """Return the head of a column that is read upwards."""
    return Markup('<th scope="col"{}{}><span class="upwards">{}</span></th>').format(
        attributes(cell.attributes, source=context.source_of(cell.children)), style, inlines(cell.children, context)
    )


def _cell(
    cell: Cell,
    align: Alignment,
    context: HtmlContext,
    write: WriteBlocks,
    scope: str | None,
    answered: str | None = None,
    *,
    is_whole: bool = False,
) -> Markup:
    placed = (f"to-{align}",) if align in {Alignment.CENTRE, Alignment.RIGHT} else ()
    classes = (*placed, *((answered,) if answered else ()), *(("unbroken",) if is_whole else ()))
    inner = write(cell.blocks, context) if cell.blocks else inlines(cell.children, context)
    given = attributes(cell.attributes, *classes, source=context.source_of(cell.children))
    if cell.rows > 1:
        given += Markup(' rowspan="{}"').format(cell.rows)
    if scope is None:
        return Markup("<td{}>{}</td>").format(given, inner)
    return Markup('<th scope="{}"{}>{}</th>').format("rowgroup" if cell.rows > 1 else scope, given, inner)

"""The body of a document as HTML: one function for each kind of block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import assert_never

from markupsafe import Markup

from leaflet.html.code_blocks import code_block
from leaflet.html.event_facts import event_facts
from leaflet.html.framed_blocks import FRAMES, mailing_panel
from leaflet.html.graphics import chart, icon_array
from leaflet.html.page_parts import contact_lines
from leaflet.html.reference_list import ANNOTATED, reference_entries
from leaflet.html.render_inlines import HtmlContext, Medium, attributes, image, inlines, text_element
from leaflet.html.render_tables import table
from leaflet.html.running_head import running_head
from leaflet.html.source_places import first_place
from leaflet.html.tear_strips import strips_html, strips_of
from leaflet.model.document import (
    AtAGlance,
    Block,
    Callout,
    Chart,
    CodeBlock,
    ContactBlock,
    DefinitionList,
    Division,
    EventBlock,
    Figure,
    HardBreak,
    IconArray,
    Inline,
    List,
    ListItem,
    ListKind,
    MailingPanel,
    Numbering,
    Paragraph,
    Quote,
    ReferenceList,
    SafeHtml,
    Section,
    Statistic,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Timeline,
    WriteIn,
)
from leaflet.model.reference_lists import listed_in

TOP = 2
"""The level of the document's own headings; the title alone is level 1."""
DEEPEST = 6
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
            return code_block(node, has_colours=context.document.metadata.code_colours)
        case ThematicBreak():
            return Markup('<div class="ornament" role="separator"></div>')
        case Table():
            return table(node, context, blocks)
        case Figure():
            return _figure(node, context)
        case Division():
            return _division(node, context, level)
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
            lines = contact_lines(context.document.metadata.contact, context.document.metadata.rich)
            return Markup("<div{}>{}</div>").format(
                attributes(node.attributes, "contact-inline", source=context.source(node.location)), lines
            )
        case ReferenceList():
            return _references(node, context, level)
        case IconArray():
            return icon_array(node, context, blocks(node.blocks, context, level=level))
        case Chart():
            return chart(node, context)
        case EventBlock():
            return event_facts(node.attributes, context, source=context.source(node.location))
        case MailingPanel():
            return mailing_panel(node, context, blocks(node.blocks, context, level=level))
        case SafeHtml():
            raw = Markup(node.html)  # noqa: S704 - the source stage has put it through its allow-list
            return Markup('<div class="raw-table">{}</div>').format(raw) if "<table" in raw else raw
        case _:
            assert_never(node)


def _division(node: Division, context: HtmlContext, level: int) -> Markup:
    for name, frame in FRAMES.items():
        if name in node.attributes.classes:
            rest = (block for block in node.blocks if not isinstance(block, Figure))
            figures = [block for block in node.blocks if isinstance(block, Figure)]
            return frame(
                attributes(node.attributes, source=context.source(node.location)),
                [image(picture, context) for figure in figures for picture in figure.images],
                blocks(rest, context, level=level),
            )
    if context.strips is not None and strips_of(node):
        opening = attributes(node.attributes, source=context.source(node.location))
        return strips_html(node, context.strips, blocks(node.blocks, context, level=level), opening)
    tag = "aside" if "sidebar" in node.attributes.classes else "div"
    return Markup("<{0}{1}>{2}</{0}>").format(
        tag,
        attributes(node.attributes, source=context.source(node.location)),
        blocks(node.blocks, context, level=level),
    )


def _paragraph(node: Paragraph, context: HtmlContext) -> Markup:
    source = context.source(first_place(node.children) or node.location)
    classes = ("leading",) if context.medium is Medium.PRINT and _is_leading(node) else ()
    given = attributes(node.attributes, *classes, source=source)
    stanzas = _stanzas(node) if context.medium is Medium.PRINT else ()
    if len(stanzas) > 1:
        parts = (Markup('<span class="stanza">{}</span>').format(inlines(stanza, context)) for stanza in stanzas)
        return Markup("<p{}>{}</p>").format(given, Markup().join(parts))
    return Markup("<p{}>{}</p>").format(given, inlines(node.children, context))


def _stanzas(node: Paragraph) -> tuple[tuple[Inline, ...], ...]:
    """Return the stanzas of a line block, which empty lines divide; nothing for other paragraphs."""
    if "line-block" not in node.attributes.classes:
        return ()
    found: list[tuple[Inline, ...]] = [()]
    for is_break, line in groupby(node.children, lambda part: isinstance(part, HardBreak)):
        parts = tuple(line)
        if is_break:
            continue
        if all(isinstance(part, Text) and not part.text.strip() for part in parts):
            found.append(())
        else:
            found[-1] = (*found[-1], HardBreak(), *parts) if found[-1] else parts
    return tuple(stanza for stanza in found if stanza)


def _is_leading(node: Paragraph) -> bool:
    """Return whether a paragraph is bold throughout, so that it is read as a heading."""
    words = [part for part in node.children if not (isinstance(part, Text) and not part.text.strip())]
    return len(words) == 1 and isinstance(words[0], Strong)


def _heading(children: tuple[Inline, ...], context: HtmlContext, level: int) -> Markup:
    return text_element(f"h{level}", children, context) if children else Markup()


def _section(node: Section, context: HtmlContext, level: int) -> Markup:
    return section(node, context, blocks(node.blocks, context, level=level + 1), level=level)


def section(node: Section, context: HtmlContext, inner: Markup, *classes: str, level: int = TOP) -> Markup:
    """Return a section with its heading and ``inner``, the HTML of its content."""
    head = Markup()
    if level == TOP and context.head_letters:
        head = running_head(node.heading, context.head_title, context.head_letters)
    return Markup("<section{}{}>{}\n{}</section>").format(
        attributes(node.attributes, "sec", f"sec-{level}", *classes, source=context.source(node.location)),
        head,
        _heading(node.heading, context, level),
        inner,
    )


def _list(node: List, context: HtmlContext, level: int) -> Markup:
    tag = "ol" if node.kind is ListKind.ORDERED else "ul"
    start = _start(node.start, context) if tag == "ol" and node.start != 1 else Markup()
    if node.numbering is not Numbering.DECIMAL:
        start += Markup(' type="{}"').format(node.numbering)
    items = Markup("\n").join(_item(item, node.tight, context, level) for item in node.items)
    short, loose = _item_count(node) <= SHORT_LIST, not node.tight
    spacing = [name for name, applies in (("short", short), ("loose", loose)) if applies]
    return Markup("<{0}{1}{2}>{3}</{0}>").format(
        tag, attributes(node.attributes, *spacing, source=context.source(node.location)), start, items
    )


def _item_count(node: List) -> int:
    """Return the number of items of a list, with those of the lists within it."""
    lists = [block for item in node.items for block in item.blocks if isinstance(block, List)]
    return len(node.items) + sum(map(_item_count, lists))


def _start(number: int, context: HtmlContext) -> Markup:
    """Return the attribute of a list that begins with ``number``; WeasyPrint counts by CSS alone."""
    if context.medium is Medium.PRINT:
        return Markup(' style="counter-reset:list-item {}"').format(number - 1)
    return Markup(' start="{}"').format(number)


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
        text_element("dt", item.term, context)
        + Markup().join(
            Markup("<dd>{}</dd>").format(blocks(description, context, level=level)) for description in item.descriptions
        )
        for item in node.items
    )
    return Markup("<dl{}>{}</dl>").format(attributes(node.attributes), entries)


def _figure(node: Figure, context: HtmlContext) -> Markup:
    shares = _shares(node, context)
    pictures = Markup().join(
        image(picture, context, share=share) for picture, share in zip(node.images, shares, strict=True)
    )
    caption = text_element("figcaption", node.caption, context) if node.caption else Markup()
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
    html = Markup('<p{}><span class="stat-n">{}</span> <span class="stat-t"{}>{}</span></p>').format(
        attributes(node.attributes, "stat", *long, source=context.source(node.location)),
        node.number,
        context.source_of(node.children),
        inlines(node.children, context),
    )
    return _whole(html, context)


def _whole(html: Markup, context: HtmlContext) -> Markup:
    """Return what is set as a row of boxes, which WeasyPrint divides between pages, so that it does not."""
    return Markup('<div class="whole">{}</div>').format(html) if context.divides_pages else html


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
    html = Markup("<ol{}>{}</ol>").format(
        attributes(node.attributes, "timeline", shape, source=context.source(node.location)), steps
    )
    return _whole(html, context) if shape == "across" else html


def write_in(node: WriteIn, context: HtmlContext, *, level: int = TOP) -> Markup:
    """Return labelled lines to write on."""
    shares = node.shares or (None,) * len(node.lines)
    lines = Markup().join(
        Markup('<p class="write"{}{}>{}</p>').format(
            Markup(' style="flex:{:.2f}"').format(share) if share else Markup(),
            context.source_of(line),
            inlines(line, context),
        )
        for line, share in zip(node.lines, shares, strict=True)
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

"""The leaflet's own components: fenced divs whose class or name gives them a meaning of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from leaflet.errors import Location, Severity
from leaflet.files import suggestion
from leaflet.model.document import (
    AtAGlance,
    Attributes,
    Block,
    Callout,
    CalloutKind,
    ContactBlock,
    Division,
    Fact,
    Figure,
    Icon,
    Inline,
    List,
    ListItem,
    Paragraph,
    ReferenceList,
    Statistic,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineStep,
    WriteIn,
)
from leaflet.model.reference_lists import FILTERS
from leaflet.source.key_names import ITEM_TYPES
from leaflet.source.syntax.attributes import icon_of, without
from leaflet.source.tree.charts import bar_chart, icon_array, line_chart
from leaflet.source.tree.parts import Parts, one_paragraph, trimmed
from leaflet.source.tree.text_components import event, key_figures, mailing, pull_quote, questions, sponsors, steps

LIST_CLASSES = frozenset({"plain", "cross", "tick", "two", "boxes"})
PARAGRAPH_CLASSES = frozenset({"lead", "opening"})
CALLOUT = "callout-"
ADMONITIONS = {
    "note": "note",
    "info": "note",
    "callout": "note",
    "tip": "tip",
    "hint": "tip",
    "warning": "warning",
    "danger": "warning",
    "important": "important",
    "caution": "caution",
}
"""The names that other programs have for boxes, and leaflet's."""
SCREEN_ONLY = frozenset({"title", "collapse", "appearance", "icon"})
"""Options of Quarto's callouts for a screen; on paper each is open."""


def component(parts: Parts) -> Block | None:
    """Return the component that a div is, or None where it is an ordinary div."""
    names = (parts.attributes.id or "", *parts.attributes.classes)
    if parts.attributes.classes and parts.attributes.classes[0] in ADMONITIONS:
        return _callout(parts, ADMONITIONS[parts.attributes.classes[0]])
    for name in names:
        if name in COMPONENTS:
            return _own_or_block(name, parts)
        if name.startswith(CALLOUT):
            return _callout(parts, name.removeprefix(CALLOUT))
    return None


def _own_or_block(name: str, parts: Parts) -> Block | None:
    """Return leaflet's component; None, with a warning, where another program's div only has its name."""
    context = parts.context
    before = len(context.problems)
    made = COMPONENTS[name](parts)
    wrong = [problem for problem in context.problems[before:] if problem.severity is Severity.ERROR]
    if not wrong or not context.is_foreign:
        return made
    del context.problems[before:]
    message = (
        f'"{name}" is one of leaflet\'s own blocks, but this is written in another way, so it is printed as a block'
    )
    context.warn(message, parts.location, f"{wrong[0].message}; or give the block another name")
    return None


def _callout(parts: Parts, kind: str) -> Block:
    kinds = [known.value for known in CalloutKind]
    if kind not in kinds:
        hint = f"use one of {', '.join(CALLOUT + name for name in kinds)}"
        parts.context.warn(f'there is no callout called "{kind}", so it is printed as a note', parts.location, hint)
    title = parts.attributes.get("title")
    heading: tuple[Inline, ...] = parts.heading or ((Text(text=title),) if title else ())
    pairs = tuple(pair for pair in parts.attributes.pairs if pair[0] not in SCREEN_ONLY)
    return Callout(
        kind=CalloutKind(kind) if kind in kinds else CalloutKind.NOTE,
        heading=heading,
        blocks=parts.body,
        attributes=replace(parts.attributes, pairs=pairs),
        location=parts.location,
    )


def _at_a_glance(parts: Parts) -> Block:
    body = parts.body
    facts: list[Fact] = []
    blocks: list[Block] = []
    for block in body:
        if isinstance(block, List) and not facts:
            facts = [_fact(item, parts) for item in block.items]
        else:
            blocks.append(block)
    if not facts:
        parts.refuse("there is no list of facts in at-a-glance", "write each fact as a list item: - []{.icon-clock} …")
    return AtAGlance(
        heading=parts.heading,
        facts=tuple(facts),
        blocks=tuple(blocks),
        attributes=parts.attributes,
        location=parts.location,
    )


def _fact(item: ListItem, parts: Parts) -> Fact:
    children = one_paragraph(item, parts, "a fact")
    icon = icon_of(item.attributes)
    if children and isinstance(children[0], Icon):
        icon, children = children[0].name, trimmed(children[1:])
    return Fact(children=children, icon=icon, attributes=item.attributes, location=item.location)


def _statistic(parts: Parts) -> Block:
    number = parts.attributes.get("number") or ""
    if not number.strip():
        parts.refuse("this statistic has no number", 'write ::: {.statistic number="372"}')
    body = parts.body
    paragraph = body[0] if len(body) == 1 else None
    if not isinstance(paragraph, Paragraph):
        parts.refuse("a statistic holds one paragraph", "say in one sentence what the number counts")
    return Statistic(
        number=number,
        children=paragraph.children if isinstance(paragraph, Paragraph) else (),
        attributes=without(parts.attributes, "number"),
        location=parts.location,
    )


def _timeline(parts: Parts) -> Block:
    body = parts.body
    only = body[0] if len(body) == 1 else None
    if not isinstance(only, List):
        parts.refuse("a timeline holds one list and nothing else", "write each step as a list item: - **48 hours** …")
    steps = tuple(_step(item, parts) for item in only.items) if isinstance(only, List) else ()
    return Timeline(steps=steps, attributes=parts.attributes, location=parts.location)


def _step(item: ListItem, parts: Parts) -> TimelineStep:
    children = one_paragraph(item, parts, "a step of a timeline")
    first = children[0] if children else None
    if isinstance(first, Strong):
        return TimelineStep(when=first.children, children=trimmed(children[1:]), attributes=item.attributes)
    parts.context.refuse(
        "this step of the timeline does not say when", item.location, "begin it with its time in bold: - **48 hours** …"
    )
    return TimelineStep(when=(), children=children)


def _write_in(parts: Parts) -> Block:
    body = parts.body
    only = body[0] if len(body) == 1 else None
    if not isinstance(only, List):
        hint = "write each line to fill in as a list item; an empty item is an empty line"
        parts.refuse("write-in holds one list, perhaps under a heading", hint)
    items = only.items if isinstance(only, List) else ()
    for item in items:
        if item.attributes.get("when") is not None:
            hint = 'put the condition on the whole block: ::: {.write-in when="…"}'
            parts.context.refuse("a line to write on takes no condition", item.location, hint)
    return WriteIn(
        heading=parts.heading,
        lines=tuple(one_paragraph(item, parts, "a line to write on") for item in items),
        attributes=parts.attributes,
        location=parts.location,
        shares=_shares(items, parts) if BESIDE in parts.attributes.classes else (),
    )


BESIDE = "beside"
"""The class of lines to write on that are beside each other."""


def _shares(items: tuple[ListItem, ...], parts: Parts) -> tuple[float, ...]:
    """Return the part of the width of each line, from ``width=2`` and the like."""
    widths = []
    for item in items:
        given = item.attributes.get("width") or "1"
        if not re.fullmatch(r"\d{1,2}(?:\.\d)?", given) or float(given) == 0:
            hint = "write a number: width=2 is twice as wide as the others"
            parts.context.refuse(f'width: "{given[:20]}" is no share of the width', item.location, hint)
            given = "1"
        widths.append(float(given))
    return tuple(width / sum(widths) for width in widths)


def _contact(parts: Parts) -> Block:
    if parts.nodes:
        hint = 'give the contact under "contact:" in the front matter, and leave the div empty'
        message = "the contact block takes no text of its own, so this is printed as a block"
        parts.context.warn(message, parts.location, hint)
        return Division(blocks=parts.body, attributes=parts.attributes, location=parts.location)
    return ContactBlock(attributes=parts.attributes, location=parts.location)


def _references(parts: Parts) -> Block:
    context, types = parts.context, {key: parts.attributes.get(key) or "" for key in ("type", "not-type")}
    for key, _ in parts.attributes.pairs:
        if key not in {*FILTERS, "when", "lang", "dir"}:
            message, meant = f'a list of references cannot be chosen by "{key}"', suggestion(key, FILTERS)
            if meant:
                parts.refuse(message, meant)
            else:
                context.warn(f"{message}, so all of it is listed", parts.location, f"it can be {', '.join(FILTERS)}")
    for word in (word.strip() for value in types.values() for word in value.split(",") if word.strip()):
        if word not in ITEM_TYPES:
            parts.refuse(
                f'"{word}" is not a type of source', suggestion(word, ITEM_TYPES) or "use CSL's types, such as book"
            )
    for name in (name.strip() for name in (parts.attributes.get("section") or "").split(",") if name.strip()):
        context.links.append((name, parts.location))
    return ReferenceList(heading=parts.heading, blocks=parts.body, attributes=parts.attributes, location=parts.location)


def _figure(parts: Parts) -> Block:
    figures = [block for block in parts.body if isinstance(block, Figure)]
    captions = [block for block in parts.body if isinstance(block, Paragraph)]
    if not figures or len(captions) > 1 or len(figures) + len(captions) != len(parts.body):
        hint = "put each picture in a paragraph of its own, and the caption in the last one"
        message = "a figure holds pictures and at most one paragraph, its caption, so this is printed as a block"
        parts.context.warn(message, parts.location, hint)
        return Division(blocks=parts.body, attributes=parts.attributes, location=parts.location)
    return Figure(
        images=tuple(image for figure in figures for image in figure.images),
        caption=captions[0].children
        if captions
        else next((figure.caption for figure in figures if figure.caption), ()),
        attributes=parts.attributes,
        location=parts.location,
    )


def labelled_block(blocks: tuple[Block, ...], attributes: Attributes, place: Location) -> Block | None:
    """Return the figure or the table that Quarto's ``::: {#fig-name}`` holds, with the last paragraph as its caption."""
    name = attributes.id or ""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    figures = [block for block in blocks if isinstance(block, Figure)]
    tables = [block for block in blocks if isinstance(block, Table)]
    caption = paragraphs[-1].children if paragraphs and blocks[-1] is paragraphs[-1] else ()
    others = len(blocks) - len(figures) - len(tables) - (1 if caption else 0)
    if name.startswith("fig") and figures and not others and not tables:
        images = tuple(image for figure in figures for image in figure.images)
        own = next((figure.caption for figure in figures if figure.caption), ())
        texts = caption or (own if len(figures) == 1 else ())
        return Figure(images=images, caption=texts, attributes=attributes, location=place)
    if name.startswith(("tbl", "tab")) and len(tables) == 1 and not others and not figures:
        merged = replace(tables[0].attributes, id=name)
        return replace(tables[0], caption=caption or tables[0].caption, attributes=merged)
    return None


COMPONENTS: dict[str, Callable[[Parts], Block]] = {
    "at-a-glance": _at_a_glance,
    "statistic": _statistic,
    "timeline": _timeline,
    "write-in": _write_in,
    "contact": _contact,
    "refs": _references,
    "figure": _figure,
    "pull-quote": pull_quote,
    "steps": steps,
    "questions": questions,
    "key-figures": key_figures,
    "icon-array": icon_array,
    "bar-chart": bar_chart,
    "line-chart": line_chart,
    "event": event,
    "mailing": mailing,
    "sponsors": sponsors,
}

"""Block tokens of other dialects: cells, formulas, raw pieces, HTML, and boxes written as quotations."""

from __future__ import annotations

import re

from markdown_it.token import Token
from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.files import forbidden
from leaflet.model.document import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Callout,
    CalloutKind,
    Inline,
    ListItem,
    Paragraph,
    Quote,
    ReferenceList,
    SafeHtml,
    SoftBreak,
    Text,
)
from leaflet.source.html_markdown import with_markdown
from leaflet.source.raw_html import DEEPEST, clean_block, depth
from leaflet.source.syntax.latex import COMMAND, PAGE_BREAKS, is_layout_only
from leaflet.source.tree.cells import LineReader, cell_blocks, cell_of
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.foreign import formula, formula_label, report_raw
from leaflet.source.tree.html_blocks import picture_blocks, table_blocks
from leaflet.source.tree.shortcodes import page_break

RAW_FENCE = re.compile(r"\{=(?P<format>[\w+-]+)\}")
ALERT = re.compile(r"\[!(?P<kind>[A-Za-z]+)\][+-]?\s*(?P<title>.*)", re.DOTALL)
ALERTS = {
    "note": CalloutKind.NOTE,
    "info": CalloutKind.NOTE,
    "tip": CalloutKind.TIP,
    "hint": CalloutKind.TIP,
    "important": CalloutKind.IMPORTANT,
    "warning": CalloutKind.WARNING,
    "caution": CalloutKind.CAUTION,
    "danger": CalloutKind.WARNING,
}
TASK = re.compile(r"\[(?P<mark>[ xX])\][ \u00a0]+")
TASK_CLASS, DONE_CLASS = "task", "done"
REFS = re.compile(r"<div[^>]*\sid=[\"']?refs[\"']?[^>]*>\s*(?:</div>)?\s*", re.IGNORECASE)
BREAK = re.compile(
    r"<(\w{1,20})\b[^>]*(?:page-break-(?:after|before)|break-(?:after|before))\s*:\s*(?:always|page)[^>]*>\s*(?:</\1>)?\s*"
)
MARKDOWN_INSIDE = re.compile(r"(?<![\\\w*])(?:\*{1,2}|_{1,2})[^\s*_][^*]*[*_]|\]\(\S+\)|(?<!`)`[^`]+`")
LEFT_INSIDE = re.compile(r"\*\*[^\s*][^*]*\*\*|\]\(\S+\)|\[@[\w-]|^#{1,6} |^\s*[-*+] (?=\S)|^\s*\d\. ", re.MULTILINE)
PLAIN_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
INSTRUCTION = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}", re.DOTALL)


def foreign_fence(token: Token, place: Location, context: TreeContext, line: LineReader) -> list[Block] | None:
    """Return the blocks of a fenced block that is no plain code; None where it is. ``line`` reads captions."""
    info = token.info.strip()
    cell = cell_of(info, token.content)
    if cell is not None:
        return cell_blocks(cell, place, context, line)
    if info.lower() in {"math", "{math}"}:
        return formula_block(token.content, NO_ATTRIBUTES, place, context)
    raw = RAW_FENCE.fullmatch(info)
    if raw:
        return raw_block(raw["format"].lower(), token.content, place, context)
    if info.lower() in {"mermaid", "dot", "graphviz", "plantuml"}:
        message = "drawings in {} are not drawn, so their source is printed"
        context.tally(message, "export them as SVG", info.lower(), place)
    return None


def formula_block(tex: str, attributes: Attributes, place: Location, context: TreeContext) -> list[Block]:
    """Return a formula set apart, with the name by which the text refers to it."""
    label = formula_label(tex)
    if label and attributes.id is None:
        attributes = replace(attributes, id=label)
    children = tuple(formula(tex, place, context, display=True))
    return [Paragraph(children=children, attributes=attributes, location=place)]


def raw_block(kind: str, text: str, place: Location, context: TreeContext) -> list[Block]:
    """Return the print of a raw piece: harmless HTML, the end of a page, or nothing."""
    if kind.startswith("html"):
        return html_block(text, place, context)
    if kind in {"latex", "tex"} and is_layout_only(text):
        found = (command["name"] for command in COMMAND.finditer(text))
        return [page_break(place)] if any(name in PAGE_BREAKS for name in found) else []
    report_raw(kind, text, place, context)
    return []


def html_block(text: str, place: Location, context: TreeContext) -> list[Block]:
    """Return the harmless part of a block of HTML."""
    if REFS.fullmatch(text.strip()):
        return [ReferenceList(heading=(), blocks=(), attributes=NO_ATTRIBUTES, location=place)]
    if BREAK.fullmatch(text.strip()):
        return [page_break(place)]
    pictures = picture_blocks(text, place, context)
    if pictures is not None:
        return pictures
    if (instruction := INSTRUCTION.search(text)) is not None and "<pre" not in text and "<code" not in text:
        message = "instructions for other programs within HTML are left out: {}"
        context.tally(message, "write here what they would show", " ".join(instruction[0].split())[:60], place)
        text = INSTRUCTION.sub("", text)
    html, removed = clean_block(text)
    for what in removed:
        context.tally(what, "take it out; leaflet prints only harmless HTML", "", place)
    for _, message, hint in forbidden(html):
        context.refuse(message, place, hint)
    if depth(html) > DEEPEST:
        context.refuse("this HTML is nested too deeply", place, f"leaflet reads {DEEPEST} elements within each other")
    if MARKDOWN_INSIDE.search(html):
        html = with_markdown(html)
        text = with_markdown(text)
    if (table := table_blocks(text, place, context)) is not None:
        return table
    if LEFT_INSIDE.search(PLAIN_CODE.sub("", html)):
        hint = "leave an empty line before and after the Markdown within HTML"
        context.tally("Markdown within a block of HTML is printed as it is written", hint, "", place)
    return [SafeHtml(html=html)] if html.strip() else []


def alert(quote: Quote, place: Location) -> Block:
    """Return the box that a quotation is on GitHub, where it begins with ``[!NOTE]``; or the quotation."""
    first = quote.blocks[0] if quote.blocks else None
    if not isinstance(first, Paragraph) or not first.children or not isinstance(first.children[0], Text):
        return quote
    found = ALERT.fullmatch(first.children[0].text)
    if not found or found["kind"].lower() not in ALERTS:
        return quote
    line = first.children[1:]
    end = next((at for at, node in enumerate(line) if isinstance(node, SoftBreak)), len(line))
    heading: tuple[Inline, ...] = (*((Text(text=found["title"]),) if found["title"] else ()), *line[:end])
    rest = line[end + 1 :]
    blocks = (replace(first, children=rest), *quote.blocks[1:]) if rest else quote.blocks[1:]
    kind = ALERTS[found["kind"].lower()]
    return Callout(kind=kind, heading=heading, blocks=blocks, attributes=quote.attributes, location=place)


def task(item: ListItem) -> ListItem:
    """Return a list item as a task where it begins with ``[ ]`` or ``[x]``."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph) or not first.children or not isinstance(first.children[0], Text):
        return item
    found = TASK.match(first.children[0].text)
    if not found:
        return item
    words = Text(text=first.children[0].text[found.end() :])
    classes = (TASK_CLASS,) if found["mark"] == " " else (TASK_CLASS, DONE_CLASS)
    attributes = replace(item.attributes, classes=(*item.attributes.classes, *classes))
    paragraph = replace(first, children=(words, *first.children[1:]))
    return replace(item, blocks=(paragraph, *item.blocks[1:]), attributes=attributes)

"""Conversion of block tokens to the model's blocks: one method per kind of block."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from msgspec.structs import replace

from leaflet.errors import LeafletError, Location
from leaflet.model.document import (
    NO_ATTRIBUTES,
    Alignment,
    Attributes,
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Inline,
    List,
    ListItem,
    ListKind,
    Numbering,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
)
from leaflet.model.walk import plain_text
from leaflet.source.syntax.attributes import merge, parse_attributes, without
from leaflet.source.syntax.directives import Directive
from leaflet.source.tree.components import COMPONENTS, LIST_CLASSES, PARAGRAPH_CLASSES, component, labelled_block
from leaflet.source.tree.context import TreeContext
from leaflet.source.tree.directives import DirectiveReader
from leaflet.source.tree.foreign import lifted_label
from leaflet.source.tree.foreign_blocks import alert, foreign_fence, formula_block, html_block, raw_block, task
from leaflet.source.tree.included import included_context
from leaflet.source.tree.inlines import InlineReader
from leaflet.source.tree.notes import elements_of, end_of
from leaflet.source.tree.paragraph_parts import bounded_code, figures_apart, is_nothing, named_formula
from leaflet.source.tree.parts import Parts
from leaflet.source.tree.quarto_formats import for_formats
from leaflet.source.tree.sections import Heading, Identifiers, nest
from leaflet.source.tree.shortcodes import page_break, shortcode_block
from leaflet.source.tree.table_shape import cells_beyond, given_widths, with_joined_cells

ROW_HEADS = frozenset({"row-heads", "compare"})
SIGN_CLASSES = {"()": "in-brackets", ")": "before-bracket"}
"""Classes of ordered lists whose numbers have other signs than a full stop."""
ALIGNMENTS = {
    "text-align:left": Alignment.LEFT,
    "text-align:center": Alignment.CENTRE,
    "text-align:right": Alignment.RIGHT,
}


class BlockReader:
    """Reader of block tokens in one pass; all mistakes go to the context."""

    def __init__(self, context: TreeContext, identifiers: Identifiers) -> None:
        self.context = context
        self.identifiers = identifiers
        self.inlines = InlineReader(context, self.read)
        self.level = 1

    def read(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Return the blocks of a run of tokens, with their sections nested."""
        return nest(self.flat(tokens))

    def flat(self, tokens: Sequence[Token]) -> list[Block | Heading]:
        """Return the blocks of a run of tokens, headings among them."""
        nodes: list[Block | Heading] = []
        pending = NO_ATTRIBUTES
        caption: Token | None = None
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = end_of(tokens, position)
            inner = tokens[position + 1 : end]
            position = end + 1
            if token.type == "attributes":
                pending = merge(pending, token.meta["attributes"])
                caption = None
                continue
            if token.meta.get("caption") and token.type == "paragraph_open":
                if nodes and isinstance(nodes[-1], Table) and not nodes[-1].caption:
                    nodes[-1] = self.captioned(nodes[-1], token, inner[0])
                else:
                    caption = token
                    caption.meta["inline"] = inner[0]
                continue
            for block in self.several(token, inner, pending):
                if caption is not None and isinstance(block, Table):
                    nodes.append(self.captioned(block, caption, caption.meta["inline"]))
                else:
                    nodes.append(block)
            caption, pending = None, NO_ATTRIBUTES
        return nodes

    def several(self, token: Token, inner: Sequence[Token], pending: Attributes) -> list[Block | Heading]:
        """Return the blocks that a token of another dialect means, or else the one of CommonMark."""
        place = self.context.at(token)
        attributes = merge(pending, token.meta.get("attributes", NO_ATTRIBUTES))
        match token.type:
            case "directive_open":
                return [*self.directive(token, inner, attributes, place)]
            case "fence" if (found := foreign_fence(token, place, self.context, self.line)) is not None:
                return [*found]
            case "math_block" | "math_block_label" | "amsmath":
                name = token.meta.get("name")
                named = merge(attributes, Attributes(id=name)) if name else attributes
                return [*formula_block(token.content, named, place, self.context)]
            case "raw_block":
                return [*raw_block(token.meta["kind"], token.content, place, self.context)]
            case "html_block":
                return [*html_block(token.content, place, self.context)]
            case "shortcode_block":
                return self.shortcode(token, place)
            case "environment":
                return []
            case "paragraph_open" if len(pieces := figures_apart(inner[0])) > 1:
                made = (self.paragraph(piece, NO_ATTRIBUTES, place) for piece in pieces)
                return [block for block in made if block is not None]
            case _:
                block = self.block(token, inner, pending)
                return [] if block is None else [block]

    def shortcode(self, token: Token, place: Location) -> list[Block | Heading]:
        """Return the blocks of a shortcode on a line of its own."""
        kind, body = token.meta["kind"], token.meta["body"]
        name, _, argument = body.partition(" ")
        if kind == "shortcode" and name == "include" and argument.strip():
            return self.included(argument.strip().strip("\"'"), place)
        block = shortcode_block(kind, body, place, self.context)
        return [] if block is None else [block]

    def included(self, name: str, place: Location) -> list[Block | Heading]:
        """Return the blocks of another file of the workspace, whose mistakes are reported with its name."""
        try:
            inner = included_context(name, self.context, place)
        except LeafletError as error:
            self.context.problems += error.problems
            return []
        tokens = inner.tokens
        self.identifiers.gather(tokens, inner.context)
        reader = BlockReader(inner.context, self.identifiers)
        reader.level = self.level
        nodes = reader.flat(tokens)
        self.level = reader.level
        return nodes

    def directive(self, token: Token, inner: Sequence[Token], attributes: Attributes, place: Location) -> list[Block]:
        """Return the blocks of one of MyST's directives."""
        directive: Directive = token.meta["directive"]
        if directive.name == "include":
            nodes = self.included(directive.argument, place)
            return [*nest(nodes)]
        has_title = bool(inner) and inner[0].type == "inline"
        title = self.inlines.read(inner[0]) if has_title else ()
        level = self.level
        blocks = self.read(inner[1:] if has_title else inner)
        self.level = level
        return DirectiveReader(self.context, self.line).read(directive, title, blocks, attributes, place)

    def line(self, text: str, place: Location) -> tuple[Inline, ...]:
        """Return a text of its own as one line of inlines."""
        inline = next((token for token in self.context.parse(text).tokens if token.type == "inline"), None)
        if inline is None:
            return (Text(text=text),) if text.strip() else ()
        line = (place.line or 1) - 1
        inline.map = [line, line + 1]
        return self.inlines.read(inline)

    def block(self, token: Token, inner: Sequence[Token], pending: Attributes) -> Block | Heading | None:
        """Return the block of one of CommonMark's tokens, or None where it prints nothing."""
        attributes = merge(pending, token.meta.get("attributes", NO_ATTRIBUTES))
        place = self.context.at(token)
        self.context.check_condition(attributes, place)
        match token.type:
            case "paragraph_open":
                return self.paragraph(inner[0], attributes, place)
            case "heading_open":
                return self.heading(token, inner[0], attributes, place)
            case "bullet_list_open" | "ordered_list_open":
                return self.list(token, inner, attributes, place)
            case "dl_open":
                return self.definitions(inner, attributes)
            case "blockquote_open":
                return alert(Quote(blocks=self.read(inner), attributes=attributes), place)
            case "fence":
                return self.code(token, attributes)
            case "code_block":
                return CodeBlock(text=bounded_code(token, self.context), attributes=attributes)
            case "hr":
                return ThematicBreak()
            case "table_open":
                return self.table(token, inner, attributes, place)
            case "div_open":
                return self.division(inner, attributes, place)
            case "footnote_reference_open":
                return None
            case _:
                raise AssertionError(token.type)

    def paragraph(self, inline: Token, attributes: Attributes, place: Location) -> Block | None:
        """Return a paragraph, or the figure that it consists of; None where it prints nothing."""
        kinds = [child.type for child in inline.children or []]
        if self.context.is_myst and all(line.startswith(("%", "+++")) for line in inline.content.split("\n")):
            return None  # comments, and the breaks between blocks of a notebook
        if kinds and all(kind in {"page_break", "softbreak", "hardbreak"} for kind in kinds):
            return page_break(place) if "page_break" in kinds else None
        figure = self.inlines.figure(inline, attributes, place)
        if figure is not None:
            return figure
        children = self.inlines.read(inline)
        if not kinds or all(map(is_nothing, children)):
            return None  # nothing but commands for another program, or badges
        if attributes.id is None and (named := named_formula(children)) is not None:
            children, attributes = named[0], merge(attributes, named[1])
        return Paragraph(children=children, attributes=attributes, location=place)

    def heading(self, token: Token, inline: Token, attributes: Attributes, place: Location) -> Heading:
        """Return a heading, with a warning where it skips a level."""
        level = int(token.tag[1:]) + self.context.shift
        if level > self.level + 1 and self.level > 0:
            hint = f"use {'#' * (self.level + 1)} here, so that readers who listen can follow"
            self.context.warn(f"this heading skips a level: {'#' * self.level} to {'#' * level}", place, hint)
        self.level = level
        children, attributes = lifted_label(self.inlines.read(inline), attributes)
        heading = Heading(level=level, children=children, attributes=attributes, location=place)
        return self.identifiers.named(heading)

    def list(self, token: Token, inner: Sequence[Token], attributes: Attributes, place: Location) -> List:
        """Return a list with the numerals that its source used."""
        items = tuple(task(self.item(opening, content)) for opening, content in elements_of(inner))
        mark = self.context.marks.get(token.map[0]) if token.map and token.type == "ordered_list_open" else None
        if mark is not None and mark.signs in SIGN_CLASSES:
            attributes = merge(attributes, Attributes(classes=(SIGN_CLASSES[mark.signs],)))
        paragraphs = [child for child in inner if child.type == "paragraph_open" and child.level == token.level + 2]
        return List(
            kind=ListKind.ORDERED if token.type == "ordered_list_open" else ListKind.BULLET,
            items=items,
            start=int(token.attrs.get("start", 1)) if mark is None else mark.number,
            numbering=Numbering.DECIMAL if mark is None else mark.numbering,
            tight=all(paragraph.hidden for paragraph in paragraphs),
            attributes=attributes,
            location=place,
        )

    def item(self, opening: Token, content: Sequence[Token]) -> ListItem:
        """Return a list item; ``- {.icon-clock} text`` gives it attributes."""
        attributes = NO_ATTRIBUTES
        if len(content) > 1 and content[0].type == "paragraph_open":
            inline = content[1]
            parsed = parse_attributes(inline.content)
            if parsed and inline.children and inline.content[parsed[1] :].strip():
                attributes = parsed[0]
                if not inline.meta.get("attributes_dropped"):  # a note may be read more than once
                    _drop(inline.children, parsed[1])
                    inline.meta["attributes_dropped"] = True
        place = self.context.at(opening)
        self.context.check_condition(attributes, place)
        return ListItem(blocks=self.read(content), attributes=attributes, location=place)

    def definitions(self, inner: Sequence[Token], attributes: Attributes) -> DefinitionList:
        """Return a list of terms and their descriptions."""
        items: list[Definition] = []
        for opening, content in elements_of(inner):
            if opening.type == "dt_open":
                items.append(Definition(term=self.inlines.read(content[0]), descriptions=()))
            elif items:
                descriptions = (*items[-1].descriptions, self.read(content))
                items[-1] = replace(items[-1], descriptions=descriptions)
        return DefinitionList(items=tuple(items), attributes=attributes)

    def code(self, token: Token, attributes: Attributes) -> CodeBlock:
        """Return a fenced code block, whose info string names a language or holds attributes."""
        if not closed(token):
            hint = f"write {token.markup} on a line of its own after the code"
            report = self.context.warn if token.level else self.context.refuse  # a box or a list ends its code with it
            report("this code block is opened here but never closed", self.context.at(token), hint)
        info = token.info.strip()
        parsed = parse_attributes(info)
        if parsed and parsed[1] == len(info):
            self.context.check_condition(parsed[0], self.context.at(token))
            attributes = merge(attributes, parsed[0])
            language = parsed[0].classes[0] if parsed[0].classes else None
        else:
            language = info.split()[0] if info else None
        return CodeBlock(text=bounded_code(token, self.context), language=language, attributes=attributes)

    def table(self, token: Token, inner: Sequence[Token], attributes: Attributes, place: Location) -> Table:
        """Return a table, and refuse rows that are too long."""
        rows: list[tuple[Cell, ...]] = []
        alignments: list[Alignment] = []
        for opening, content in elements_of(inner):
            for row, cells in elements_of(content):
                found = list(elements_of(cells))
                more = () if row.meta.get("drawn") else self.further_cells(row, len(found))
                rows.append((*(self.cell(cell) for _, cell in found), *more))
                if opening.type == "thead_open":
                    alignments = [_alignment(cell) for cell, _ in found]
        width = max(map(len, rows))
        head, *body = (row + (Cell(children=()),) * (width - len(row)) for row in rows)
        alignments += [Alignment.NONE] * (width - len(alignments))
        return Table(
            alignments=tuple(alignments),
            head=head,
            rows=with_joined_cells(body),
            row_heads=bool(ROW_HEADS & set(attributes.classes)),
            widths=token.meta.get("widths", ()),
            attributes=attributes,
            location=place,
        )

    def further_cells(self, row: Token, columns: int) -> tuple[Cell, ...]:
        """Return the cells of a row beyond those of the head, which Markdown would drop without a word."""
        place = self.context.at(row)
        more = cells_beyond(self.context.lines[place.line - 1] if place.line else "", columns)
        if not more:
            return ()
        count = columns + len(more)
        message = f"this row has {count} cells, but the table's head has {columns}, so the head is widened"
        self.context.warn(message, place, r"give every row as many cells as the head; write \| for a bar in the text")
        return tuple(Cell(children=self.line(cell.strip(), place)) for cell in more)

    def cell(self, content: Sequence[Token]) -> Cell:
        """Return a cell: one run of text, or blocks."""
        if len(content) == 1 and content[0].type == "inline":
            return Cell(children=self.inlines.read(content[0], in_table=True))
        blocks = self.read(content)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return Cell(children=blocks[0].children)
        return Cell(children=(), blocks=blocks)

    def captioned(self, table: Table, opening: Token, inline: Token) -> Table:
        """Return a table with the caption of the paragraph beside it."""
        attributes = merge(table.attributes, opening.meta["attributes"])
        self.context.check_condition(attributes, self.context.at(opening))
        caption, attributes = lifted_label(self.inlines.read(inline), attributes)
        row_heads = bool(ROW_HEADS & set(attributes.classes))
        widths = given_widths(attributes, len(table.alignments), self.context, self.context.at(opening)) or table.widths
        attributes = without(attributes, "widths")
        return replace(table, caption=caption, attributes=attributes, row_heads=row_heads, widths=widths)

    def division(self, inner: Sequence[Token], attributes: Attributes, place: Location) -> Block | None:
        """Return a fenced div as the block that it means, or None where nothing of it is printed."""
        level = self.level
        shown = for_formats(attributes)
        nodes = self.flat(inner)
        if shown is None:
            words = " ".join(plain_text(nest(nodes)).split())
            hint = "write it in Markdown for all formats"
            self.context.tally("what is written for other formats is left out: {}", hint, words[:60] or "a div", place)
            return None
        attributes = shown
        parts = Parts(nodes=tuple(nodes), attributes=attributes, location=place, context=self.context)
        found = component(parts)
        if found is not None:
            self.level = level
            return found
        blocks = nest(nodes)
        if attributes.id and (labelled := labelled_block(blocks, attributes, place)) is not None:
            self.level = level
            return labelled
        if not blocks and not attributes.id:
            hint = f"write something in it, or use one of leaflet's own: {', '.join(COMPONENTS)}"
            self.context.warn("this div is empty, so that nothing is printed for it", place, hint)
        if len(blocks) == 1:
            only = blocks[0]
            # "::: plain" around one list, "::: lead" around one paragraph: the class is the list's, the paragraph's.
            if isinstance(only, List) and LIST_CLASSES & set(attributes.classes):
                return replace(only, attributes=merge(attributes, only.attributes))
            if isinstance(only, Paragraph) and PARAGRAPH_CLASSES & set(attributes.classes):
                return replace(only, attributes=merge(attributes, only.attributes))
        return Division(blocks=blocks, attributes=attributes, location=place)


def closed(token: Token) -> bool:
    """Return whether a fenced block ends with its fence, for which its place has a line more than the code."""
    first, end = token.map or (0, 0)
    code = token.content.count("\n") + (not token.content.endswith("\n") and bool(token.content))
    return end - first == code + 2


def _alignment(token: Token) -> Alignment:
    return ALIGNMENTS.get(str(token.attrs.get("style", "")), Alignment.NONE)


def _drop(children: list[Token], count: int) -> None:
    """Take the first ``count`` characters, which are plain text, off a run of inline tokens."""
    for child in children:
        if child.type != "text" or count <= 0:
            break
        taken = min(count, len(child.content))
        child.content = child.content[taken:].lstrip() if taken == count else ""
        count -= taken

"""Reader of the blocks of a .docx file: paragraphs by their styles, lists, tables and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element
from msgspec.structs import replace

from leaflet.interchange.docx_context import MC, DocxContext, W, element_text
from leaflet.interchange.docx_formats import DocxStyle, is_on, value
from leaflet.interchange.docx_inlines import DocxInlines
from leaflet.interchange.docx_pictures import chosen
from leaflet.interchange.gathered_blocks import BlockDraft, FrontMatterLine, gathered
from leaflet.interchange.import_log import ImportPlace, first_words
from leaflet.interchange.imported_content import (
    BoxedBlocks,
    FigureBlock,
    HeadingLine,
    ImportedBlock,
    ImportedCell,
    ImportedTable,
    NewPage,
    PlacedPicture,
    PlaceName,
    ReferencePlace,
    RuleLine,
    TextMark,
    TextParagraph,
)
from leaflet.interchange.list_nesting import FlatItem
from leaflet.interchange.style_rules import IN_FRONT_MATTER, PLAIN, StyleRole, StyleRule
from leaflet.interchange.text_pieces import TextPiece, nested, without_common_marks, words_of

DEEPER_LIST = re.compile(r"list (?:bullet|number) ([2-9])", re.IGNORECASE)
"""The styles of Word for lists within lists, each of which is a list of its own."""
SIDEBAR = "sidebar"
"""The block of a text box, and of a table with a single cell."""
CONTENTS_GALLERIES = frozenset({"Table of Contents", "Table of Figures"})
PASSED = frozenset(W + name for name in "ins moveTo customXml sdtContent smartTag".split())


@dataclass(slots=True, kw_only=True)
class DocxBlocks:
    """Reader of one story: the document, a cell, a note or a text box."""

    context: DocxContext
    part: str = "document"
    front: list[FrontMatterLine] = field(default_factory=list)
    """Paragraphs that belong into the front matter."""
    drafts: list[BlockDraft] = field(default_factory=list)
    carried: list[TextPiece] = field(default_factory=list)
    """Words of a paragraph whose end was deleted, which belong to the next one."""

    def __post_init__(self) -> None:
        self.inlines = DocxInlines(context=self.context, part=self.part, read_blocks=self.inner)

    inlines: DocxInlines = field(init=False)

    def inner(self, element: _Element, part: str) -> tuple[ImportedBlock, ...]:
        """Return the blocks of a note, a cell or a text box.

        Raises:
            SourceError: they are within each other without an end.
        """
        self.context.inner.begin(self.context.package.name)
        try:
            return tuple(DocxBlocks(context=self.context, part=part).read(element))
        finally:
            self.context.inner.end()

    def read(self, container: _Element) -> list[ImportedBlock]:
        """Return the blocks of a container."""
        self.elements(container)
        if self.carried:
            self.drafts.append(BlockDraft(block=TextParagraph(children=nested(self.carried))))
        return gathered(self.drafts)

    def elements(self, container: _Element) -> None:
        """Read all elements of a container in their order."""
        for element in container:
            tag = element.tag
            if tag == f"{W}p":
                self.paragraph(element)
            elif tag == f"{W}tbl":
                self.table(element)
            elif tag == f"{W}sdt":
                self.control(element)
            elif tag in PASSED:
                self.elements(element)
            elif tag == f"{MC}AlternateContent":
                branch = chosen(element)
                if branch is not None:
                    self.elements(branch)
            elif tag in {f"{W}altChunk", f"{W}subDoc"}:
                self.context.log.say("another document is inserted here, which is not imported: import it by itself")

    def control(self, element: _Element) -> None:
        """Read a content control around whole paragraphs."""
        gallery = value(element.find(f"{W}sdtPr"), "docPartObj/docPartGallery")
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if gallery in CONTENTS_GALLERIES:
            message = "the table of contents is left out: leaflet makes its own where a layout has one"
            self.context.log.say(message, left_out=element_text(content))
        else:
            self.elements(content)

    # ------------------------------------------------------------ paragraphs

    def paragraph(self, element: _Element) -> None:
        """Read a paragraph as the block of its style."""
        context, properties = self.context, element.find(f"{W}pPr")
        context.paragraphs += 1
        context.log.place = ImportPlace(paragraph=context.paragraphs, words=first_words(element_text(element)))
        was_left_out = self.inlines.is_in_left_out_field()
        pieces = [*self.carried, *self.inlines.paragraph(element)]
        self.carried = []
        if is_on(properties, "pageBreakBefore") and self.drafts:
            self.drafts.append(BlockDraft(block=NewPage()))
        if self.mark_is_deleted(properties):
            self.carried = pieces
            return
        if self.inlines.has_reference_list:
            self.inlines.has_reference_list = False
            self.drafts.append(BlockDraft(block=ReferencePlace()))
        has_content = any(
            not isinstance(piece.node, PlaceName) and (piece.text.strip() or not piece.text) for piece in pieces
        )
        if has_content:
            self.filled_paragraph(properties, pieces)
        elif not was_left_out and self.has_border(properties):
            self.drafts.append(BlockDraft(block=RuleLine()))
        if self.inlines.has_page_break:
            self.drafts.append(BlockDraft(block=NewPage()))
        boxes, self.inlines.boxes = self.inlines.boxes, []
        for box in boxes:
            self.box(box)

    def mark_is_deleted(self, properties: _Element | None) -> bool:
        """Return whether the end of a paragraph was deleted, so that it goes on with the next."""
        if properties is None or self.context.shows_changes:
            return False
        return any(properties.find(f"{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))

    def has_border(self, properties: _Element | None) -> bool:
        """Return whether an empty paragraph is a line across the text."""
        return properties is not None and any(
            properties.find(f"{W}pBdr/{W}{side}") is not None for side in ("bottom", "top")
        )

    def filled_paragraph(self, properties: _Element | None, pieces: list[TextPiece]) -> None:
        """Add the block of a paragraph with words or pictures in it."""
        context = self.context
        styles = list(context.styles.chain(value(properties, "pStyle")))
        rule = self.rule_of(styles, properties)
        item = self.list_item(properties, styles, rule, pieces)
        if item is not None:
            self.drafts.append(BlockDraft(item=item))
            return
        match rule.role:
            case StyleRole.HEADING:
                self.heading(rule, pieces, is_numbered=self.number_of(properties, styles) is not None)
            case role if role in IN_FRONT_MATTER and self.is_at_front(role):
                self.front.append(FrontMatterLine(role=role, text=" ".join(words_of(pieces).split())))
                pictures = [piece for piece in pieces if isinstance(piece.node, PlacedPicture)]
                self.drafts += [BlockDraft(block=block) for block in self.block_of(pictures)]
            case StyleRole.TITLE:
                self.heading(StyleRule(role=StyleRole.HEADING, level=1), pieces, is_numbered=False)
            case StyleRole.LEFT_OUT:
                context.log.say(f"a paragraph of the style “{styles[0].name}” is left out", left_out=words_of(pieces))
            case _:
                self.text(rule, pieces)

    def is_at_front(self, role: StyleRole) -> bool:
        """Return whether a paragraph of that role is about the document: in its text, before it has begun or the first."""
        if self.part != "document" or self.context.inner.depth:
            return False
        return all(line.role is not role for line in self.front) or not any(
            draft.block or draft.item for draft in self.drafts
        )

    def rule_of(self, styles: list[DocxStyle], properties: _Element | None) -> StyleRule:
        """Return the rule of a paragraph by its style, or by its level in the outline."""
        rule = self.context.rules.find(style.name for style in styles)
        own = value(properties, "outlineLvl")
        levels = (
            [int(own)] if own and own.isdigit() else [s.outline_level for s in styles if s.outline_level is not None]
        )
        if levels and levels[0] < 9 and (rule is None or rule.role in {StyleRole.PARAGRAPH, StyleRole.CONTINUATION}):
            return StyleRule(role=StyleRole.HEADING, level=levels[0] + 1)
        if rule is None and styles and styles[0].name:
            message = f"the style “{styles[0].name}” is not known, so its paragraphs are plain: [import.styles] can name a block"
            self.context.log.say_once(message)
        return rule or PLAIN

    def number_of(self, properties: _Element | None, styles: list[DocxStyle]) -> tuple[str, int] | None:
        """Return the list and the level that a paragraph is an item of, directly or by its style."""
        identifier, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        by_style = next((style for style in styles if style.number_id is not None), None)
        if identifier is None and by_style is not None:
            identifier = by_style.number_id
            level = str(by_style.number_level or 0) if level is None else level
            known = self.context.counter.lists.get(identifier or "")
            for number, each in known.levels.items() if known else ():
                if each.style and self.context.styles.styles.get(each.style) is by_style:
                    level = str(number)
        if identifier in {None, "", "0"}:
            return None
        return str(identifier), int(level) if level and level.isdigit() else 0

    def list_item(
        self, properties: _Element | None, styles: list[DocxStyle], rule: StyleRule, pieces: list[TextPiece]
    ) -> FlatItem | None:
        """Return a paragraph as an item of its list; None where it is none."""
        found = self.number_of(properties, styles)
        if found is None or rule.role is StyleRole.HEADING or rule.role in IN_FRONT_MATTER:
            return None
        identifier, level = found
        kind = self.context.counter.level(identifier, level)
        number = self.context.counter.next(identifier, level)
        deeper = next((name for style in styles if (name := DEEPER_LIST.fullmatch(style.name))), None)
        self.context.log.count("list item")
        block = self.block_of(pieces)
        return FlatItem(
            level=int(deeper[1]) - 1 if deeper and not level else level,
            list_id=identifier if kind.ordered else "",
            blocks=tuple(block),
            ordered=kind.ordered,
            numbering=kind.numbering,
            number=number,
        )

    def heading(self, rule: StyleRule, pieces: list[TextPiece], *, is_numbered: bool) -> None:
        """Add a heading; its pictures follow it."""
        self.context.log.count("heading")
        self.context.numbers_headings |= is_numbered
        names = tuple(piece.node.name for piece in pieces if isinstance(piece.node, PlaceName))
        pictures = [piece for piece in pieces if isinstance(piece.node, PlacedPicture)]
        words = [piece for piece in pieces if not isinstance(piece.node, PlaceName | PlacedPicture)]
        plain = without_common_marks(words, TextMark.STRONG, TextMark.EMPHASIS, TextMark.UNDERLINE, TextMark.SMALL_CAPS)
        if words_of(plain).strip():
            made = HeadingLine(level=rule.level, children=nested(plain), names=names, number=self.context.paragraphs)
            self.drafts.append(BlockDraft(block=made))
        self.drafts += [BlockDraft(block=block) for block in self.block_of(pictures)]

    def text(self, rule: StyleRule, pieces: list[TextPiece]) -> None:
        """Add a paragraph in the frame that its style asks for."""
        for block in self.block_of(pieces, is_caption=rule.role is StyleRole.CAPTION):
            self.drafts.append(BlockDraft(block=block, role=rule.role, name=rule.name, words=words_of(pieces)))
        self.context.log.count("paragraph")

    def block_of(self, pieces: list[TextPiece], *, is_caption: bool = False) -> Iterator[ImportedBlock]:
        """Yield a paragraph, with its large pictures as figures of their own after it."""
        number = self.context.paragraphs
        placed = [piece.node for piece in pieces if isinstance(piece.node, PlacedPicture)]
        has_words = any(
            not isinstance(piece.node, PlacedPicture) and (piece.text.strip() or not piece.text) for piece in pieces
        )
        if not has_words:
            if placed:
                yield FigureBlock(pictures=tuple(placed), number=number)
            return
        rest = [piece for piece in pieces if not (isinstance(piece.node, PlacedPicture) and piece.node.floats)]
        yield TextParagraph(children=nested(rest), is_caption=is_caption, number=number)
        for picture in placed:
            if picture.floats:
                yield FigureBlock(pictures=(picture,), number=number)

    def box(self, element: _Element) -> None:
        """Add a text box as a block."""
        blocks = self.inner(element, self.part)
        if blocks:
            self.context.log.count("text box")
            self.drafts.append(BlockDraft(block=BoxedBlocks(name=SIDEBAR, blocks=blocks)))

    # ------------------------------------------------------------ tables

    def table(self, element: _Element) -> None:
        """Add a table; one of a single cell is a box."""
        number = self.context.paragraphs + 1
        rows = [self.row(row) for row in _members(element, f"{W}tr") if not self.is_deleted_row(row)]
        rows = [row for row in rows if row]
        if not rows:
            return
        if len(rows) == 1 and len(rows[0]) == 1:
            self.context.log.count("text box")
            self.drafts.append(BlockDraft(block=BoxedBlocks(name=SIDEBAR, blocks=rows[0][0].blocks)))
            return
        self.context.log.count("table")
        heads = self.heads(element)
        self.drafts.append(
            BlockDraft(block=ImportedTable(rows=tuple(_spanned(rows)), heads=min(heads, len(rows) - 1), number=number))
        )

    def is_deleted_row(self, row: _Element) -> bool:
        """Return whether a row was deleted in a tracked change that is accepted."""
        if self.context.shows_changes or row.find(f"{W}trPr/{W}del") is None:
            return False
        self.context.deleted.append(element_text(row))
        return True

    def heads(self, element: _Element) -> int:
        """Return how many rows of a table are its head: those that repeat, or the first if its look says so."""
        repeated = 0
        for row in _members(element, f"{W}tr"):
            if not is_on(row.find(f"{W}trPr"), "tblHeader"):
                break
            repeated += 1
        look = element.find(f"{W}tblPr/{W}tblLook")
        if repeated or look is None:
            return repeated or 1
        first = look.get(f"{W}firstRow")
        number = look.get(f"{W}val", "0020")
        if first is None:
            return 1 if int(number, 16) & 0x20 else 0
        return 1 if first not in {"0", "false"} else 0

    def row(self, element: _Element) -> list[ImportedCell]:
        """Return the cells of a row; 0 rows mean that a cell goes on with the one above it."""
        cells: list[ImportedCell] = []
        before = value(element, "trPr/gridBefore")
        if before and before.isdigit() and 0 < int(before) < 60:
            cells.append(ImportedCell(blocks=(), columns=int(before)))
        for cell in _members(element, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = value(properties, "gridSpan") or "1"
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merged is not None and merged.get(f"{W}val", "continue") != "restart"
            blocks = self.inner(cell, self.part)
            columns = min(int(span), 60) if span.isdigit() and int(span) else 1
            cells.append(ImportedCell(blocks=blocks, columns=columns, rows=0 if goes_on and not blocks else 1))
        return cells


def _members(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield the rows of a table, or the cells of a row, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in PASSED or child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent") if child.tag == f"{W}sdt" else child
            yield from _members(content, tag) if content is not None else ()


def _spanned(rows: list[list[ImportedCell]]) -> Iterator[tuple[ImportedCell, ...]]:
    """Yield rows of equal width; every cell above one that goes on with it counts its rows."""
    width = max(sum(cell.columns for cell in row) for row in rows)
    owners: dict[int, tuple[int, int]] = {}
    made = [list(row) for row in rows]
    for number, row in enumerate(made):
        column = 0
        for index, cell in enumerate(row):
            if cell.rows == 0 and column in owners:
                up, at = owners[column]
                made[up][at] = replace(made[up][at], rows=made[up][at].rows + 1)
            else:
                row[index] = replace(cell, rows=1)
                owners[column] = number, index
            column += cell.columns
        if column < width:
            row.append(ImportedCell(blocks=(), columns=width - column))
    yield from (tuple(row) for row in made)

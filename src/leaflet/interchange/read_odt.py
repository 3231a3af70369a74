"""Reader of OpenDocument texts (.odt)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element
from msgspec.structs import replace

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
    TextMark,
    TextParagraph,
)
from leaflet.interchange.list_nesting import FlatItem
from leaflet.interchange.manuscript import Manuscript, ReadingOptions
from leaflet.interchange.odt_facts import odt_facts, refuse_encrypted
from leaflet.interchange.odt_formats import STYLE, TEXT, OdtListLevel, read_odt_styles
from leaflet.interchange.odt_inlines import OFFICE, XLINK, OdtContext, OdtInlines
from leaflet.interchange.office_package import OfficePackage, open_package, refused
from leaflet.interchange.style_rules import IN_FRONT_MATTER, PLAIN, StyleRole, StyleRule
from leaflet.interchange.table_spans import spanned_rows
from leaflet.interchange.text_pieces import TextPiece, nested, without_common_marks, words_of

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LEFT_OUT = {
    f"{TEXT}table-of-content": "the table of contents",
    f"{TEXT}illustration-index": "the list of figures",
    f"{TEXT}table-index": "the list of tables",
    f"{TEXT}alphabetical-index": "the index",
    f"{TEXT}user-index": "an index",
    f"{TEXT}object-index": "an index",
}
SILENT = frozenset({f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}variable-decls"})
SIDEBAR = "sidebar"


def read_odt(data: bytes, options: ReadingOptions) -> Manuscript:
    """Return the document of an .odt file.

    Raises:
        SourceError: it is damaged, encrypted, too large, or no text.
    """
    package = open_package(data, options.name)
    refuse_encrypted(package)
    root = package.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise refused(options.name, "this is no OpenDocument text", "name an .odt file; a spreadsheet is none")
    outer = package.xml("styles.xml")
    context = OdtContext(
        package=package,
        styles=read_odt_styles(outer, root),
        rules=options.rules,
        pictures=options.pictures,
        targets=frozenset(_targets(root)),
        shows_changes=options.shows_changes,
    )
    _tracked(body, context)
    reader = OdtBlocks(context=context)
    blocks = reader.read(body)
    _report(package, outer, context)
    return Manuscript(
        blocks=tuple(blocks),
        log=context.log,
        pictures=context.pictures,
        items=context.items,
        front=tuple(reader.front),
        facts=odt_facts(package, outer),
        fields=context.fields,
        places=context.targets,
    )


def _targets(root: _Element) -> Iterator[str]:
    for link in root.iter(f"{TEXT}a"):
        if link.get(f"{XLINK}href", "").startswith("#"):
            yield link.get(f"{XLINK}href", "")[1:].partition("|")[0]
    for reference in root.iter(f"{TEXT}bookmark-ref", f"{TEXT}reference-ref"):
        yield reference.get(f"{TEXT}ref-name", "")


def _tracked(body: _Element, context: OdtContext) -> None:
    """Gather the tracked changes of a document."""
    regions = [*body.iter(f"{TEXT}changed-region")]
    inserted = []
    for region in regions:
        identifier = region.get(f"{TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        deletion = region.find(f"{TEXT}deletion")
        if deletion is not None:
            context.deletions[identifier] = deletion
        elif region.find(f"{TEXT}insertion") is not None:
            inserted.append(identifier)
    context.insertions = frozenset(inserted)


def _report(package: OfficePackage, outer: _Element | None, context: OdtContext) -> None:
    """Report margins, macros and changes."""
    seen: set[str] = set()
    for element in (
        outer.iter(f"{STYLE}header", f"{STYLE}footer", f"{STYLE}header-left", f"{STYLE}footer-left")
        if outer is not None
        else ()
    ):
        words = " ".join(" ".join("".join(each.itertext()) for each in element.iter(f"{TEXT}p")).split())
        if words and words not in seen:
            seen.add(words)
            side = "the header of the pages" if "header" in str(element.tag) else "the footer of the pages"
            context.log.say("left out, because a layout has its own", left_out=words, place=ImportPlace(words=side))
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("script-lc.xml") for name in package.parts):
        context.log.say("the document holds macros, which are not read and never run", place=ImportPlace())
    if context.changes:
        number = f"{context.changes} tracked {'change' if context.changes == 1 else 'changes'}"
        message = (
            f"{number} are in the source as CriticMarkup"
            if context.shows_changes
            else f"{number} accepted; --changes show would leave them visible"
        )
        context.log.say(message, left_out=" ".join(context.deleted), place=ImportPlace(words="tracked changes"))


@dataclass(slots=True, kw_only=True)
class OdtBlocks:
    """Reader of one story: the document, a cell, a note or a text box."""

    context: OdtContext
    front: list[FrontMatterLine] = field(default_factory=list)
    drafts: list[BlockDraft] = field(default_factory=list)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    """The last number of each level of a list style, for lists that go on."""
    inlines: OdtInlines = field(init=False)

    def __post_init__(self) -> None:
        self.inlines = OdtInlines(context=self.context, read_blocks=self.inner)

    def inner(self, element: _Element) -> tuple[ImportedBlock, ...]:
        """Return the blocks of a note, a cell or a text box.

        Raises:
            SourceError: they are within each other without an end.
        """
        self.context.inner.begin(self.context.package.name)
        try:
            return tuple(OdtBlocks(context=self.context).read(element))
        finally:
            self.context.inner.end()

    def read(self, container: _Element) -> list[ImportedBlock]:
        """Return the blocks of a container."""
        self.elements(container)
        return gathered(self.drafts)

    def elements(self, container: Iterable[_Element]) -> None:
        """Read all elements of a container in their order."""
        for element in container:
            tag = str(element.tag)
            if tag in {f"{TEXT}p", f"{TEXT}h"}:
                self.paragraph(element)
            elif tag == f"{TEXT}list":
                self.list_items(element)
            elif tag == f"{TABLE}table":
                self.table(element)
            elif tag in LEFT_OUT:
                words = " ".join(" ".join("".join(each.itertext()) for each in element.iter(f"{TEXT}p")).split())
                self.context.log.say(
                    f"{LEFT_OUT[tag]} is left out: leaflet makes its own where a layout has one", left_out=words
                )
            elif tag == f"{TEXT}bibliography" or element.get(f"{TEXT}name", "").startswith("ZOTERO_BIBL"):
                self.references(element)
            elif tag not in SILENT:
                self.elements(element)

    def references(self, element: _Element) -> None:
        """Leave the list that a program for references made to leaflet."""
        words = " ".join(" ".join("".join(each.itertext()) for each in element.iter(f"{TEXT}p", f"{TEXT}h")).split())
        self.context.log.say("the list of references is left out: leaflet makes it from the sources", left_out=words)
        self.drafts.append(BlockDraft(block=ReferencePlace()))

    def paragraph(self, element: _Element) -> None:
        """Read a paragraph or a heading."""
        context = self.context
        context.paragraphs += 1
        context.log.place = ImportPlace(paragraph=context.paragraphs, words=first_words("".join(element.itertext())))
        identifier = element.get(f"{TEXT}style-name", "")
        pieces = self.inlines.paragraph(element)
        if any(style.breaks_page for style in list(context.styles.chain("paragraph", identifier))[:1]) and self.drafts:
            self.drafts.append(BlockDraft(block=NewPage()))
        if any(not isinstance(piece.node, PlaceName) and (piece.text.strip() or not piece.text) for piece in pieces):
            self.filled_paragraph(element, identifier, pieces)
        boxes, self.inlines.boxes = self.inlines.boxes, []
        for box in boxes:
            blocks = self.inner(box)
            figures = [block for block in blocks if isinstance(block, FigureBlock)]
            if figures and len(blocks) == len(figures):  # LibreOffice puts a picture and its caption into a frame
                self.drafts += [BlockDraft(block=block) for block in blocks]
            elif blocks:
                context.log.count("text box")
                self.drafts.append(BlockDraft(block=BoxedBlocks(name=SIDEBAR, blocks=blocks)))

    def filled_paragraph(self, element: _Element, identifier: str, pieces: list[TextPiece]) -> None:
        """Add the block of a paragraph with something in it."""
        rule = self.rule_of(element, identifier)
        if rule.role is StyleRole.HEADING:
            self.heading(rule.level, pieces)
        elif rule.role in IN_FRONT_MATTER and not self.context.inner.depth and self.is_at_front(rule.role):
            self.front.append(FrontMatterLine(role=rule.role, text=" ".join(words_of(pieces).split())))
        elif rule.role is StyleRole.TITLE:
            self.heading(1, pieces)
        elif rule.role is StyleRole.LEFT_OUT:
            self.context.log.say("a paragraph of a style that is left out", left_out=words_of(pieces))
        else:
            self.context.log.count("paragraph")
            for block in self.block_of(pieces, is_caption=rule.role is StyleRole.CAPTION):
                self.drafts.append(BlockDraft(block=block, role=rule.role, name=rule.name, words=words_of(pieces)))

    def is_at_front(self, role: StyleRole) -> bool:
        """Return whether a paragraph of that role is about the document."""
        return all(line.role is not role for line in self.front) or not any(
            draft.block or draft.item for draft in self.drafts
        )

    def rule_of(self, element: _Element, identifier: str) -> StyleRule:
        """Return the rule of a paragraph by its style; a heading has its level itself."""
        names = self.context.styles.names("paragraph", identifier)
        rule = self.context.rules.find(names)
        if element.tag == f"{TEXT}h" and (rule is None or rule.role in {StyleRole.PARAGRAPH, StyleRole.HEADING}):
            level = element.get(f"{TEXT}outline-level", "1")
            return StyleRule(role=StyleRole.HEADING, level=int(level) if level.isdigit() else 1)
        if rule is None and names:
            message = (
                f"the style “{names[0]}” is not known, so its paragraphs are plain: [import.styles] can name a block"
            )
            self.context.log.say_once(message)
        return rule or PLAIN

    def heading(self, level: int, pieces: list[TextPiece]) -> None:
        """Add a heading; its pictures follow it."""
        names = tuple(piece.node.name for piece in pieces if isinstance(piece.node, PlaceName))
        pictures = [piece for piece in pieces if isinstance(piece.node, PlacedPicture)]
        words = [piece for piece in pieces if not isinstance(piece.node, PlaceName | PlacedPicture)]
        plain = without_common_marks(words, TextMark.STRONG, TextMark.EMPHASIS, TextMark.UNDERLINE, TextMark.SMALL_CAPS)
        if words_of(plain).strip():
            self.context.log.count("heading")
            made = HeadingLine(level=level, children=nested(plain), names=names, number=self.context.paragraphs)
            self.drafts.append(BlockDraft(block=made))
        self.drafts += [BlockDraft(block=block) for block in self.block_of(pictures)]

    def block_of(self, pieces: list[TextPiece], *, is_caption: bool = False) -> Iterator[ImportedBlock]:
        """Yield a paragraph, with its large pictures as figures; a frame's words after a picture are its caption."""
        number = self.context.paragraphs
        placed = [piece.node for piece in pieces if isinstance(piece.node, PlacedPicture)]
        words = [piece for piece in pieces if not isinstance(piece.node, PlacedPicture)]
        has_words = any(piece.text.strip() or not piece.text for piece in words)
        if placed and is_caption:
            yield FigureBlock(pictures=tuple(placed), caption=nested(words), number=number)
        elif not has_words:
            if placed:
                yield FigureBlock(pictures=tuple(placed), number=number)
        else:
            rest = [piece for piece in pieces if not (isinstance(piece.node, PlacedPicture) and piece.node.floats)]
            yield TextParagraph(children=nested(rest), is_caption=is_caption, number=number)
            yield from (FigureBlock(pictures=(picture,), number=number) for picture in placed if picture.floats)

    # ------------------------------------------------------------ lists

    def list_items(self, element: _Element, *, level: int = 0, style: str = "") -> None:
        """Add the items of a list."""
        style = element.get(f"{TEXT}style-name") or style
        kind = self.level_of(element, style, level)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list") is not None
        number = self.counts.get((style, level), kind.start - 1) + 1 if goes_on else kind.start
        for item in element:
            if item.tag == f"{TEXT}list-item":
                start = item.get(f"{TEXT}start-value", "")
                number = int(start) if start.isdigit() else number
                number += self.item(item, level=level, style=style, kind=kind, number=number)
            elif item.tag == f"{TEXT}list-header":
                self.elements(item)
        self.counts[style, level] = number - 1

    def level_of(self, element: _Element, style: str, level: int) -> OdtListLevel:
        """Return how a list is numbered: by its own style, or by that of its first paragraph."""
        if not style:
            first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
            chain = (
                self.context.styles.chain("paragraph", first.get(f"{TEXT}style-name", "")) if first is not None else ()
            )
            style = next((each.list_style for each in chain if each.list_style), "")
        return self.context.styles.lists.get(style, {}).get(level + 1, OdtListLevel())

    def item(self, item: _Element, *, level: int, style: str, kind: OdtListLevel, number: int) -> int:
        """Add an item with its paragraphs and lists; return 1 where it has a number of its own."""
        is_first = True
        for child in item:
            if child.tag == f"{TEXT}list":
                self.list_items(child, level=level + 1, style=style)
                continue
            inner = OdtBlocks(context=self.context)
            inner.inlines = self.inlines
            if child.tag == f"{TEXT}h":
                self.paragraph(child)
                continue
            inner.elements((child,))
            blocks = tuple(gathered(inner.drafts))
            last = self.drafts[-1].item if self.drafts else None
            if not blocks:
                continue
            if is_first or last is None:
                self.context.log.count("list item")
                made = FlatItem(
                    level=level,
                    list_id=f"{style} {level}" if kind.ordered else "",
                    blocks=blocks,
                    ordered=kind.ordered,
                    numbering=kind.numbering,
                    number=number,
                )
                self.drafts.append(BlockDraft(item=made))
                is_first = False
            else:
                self.drafts[-1] = BlockDraft(item=_with_blocks(last, blocks))
        return 0 if is_first else 1

    # ------------------------------------------------------------ tables

    def table(self, element: _Element) -> None:
        """Add a table; one of a single cell is a box."""
        number = self.context.paragraphs + 1
        heads = len(
            [row for part in element.findall(f"{TABLE}table-header-rows") for row in part.findall(f"{TABLE}table-row")]
        )
        rows = [
            self.row(row)
            for row in element.iter(f"{TABLE}table-row")
            if next(row.iterancestors(f"{TABLE}table")) is element
        ]
        rows = [row for row in rows if row]
        if len(rows) == 1 and len(rows[0]) == 1:
            self.context.log.count("text box")
            self.drafts.append(BlockDraft(block=BoxedBlocks(name=SIDEBAR, blocks=rows[0][0].blocks)))
        elif rows:
            self.context.log.count("table")
            made = ImportedTable(rows=spanned_rows(rows), heads=min(heads or 1, len(rows) - 1), number=number)
            self.drafts.append(BlockDraft(block=made))

    def row(self, element: _Element) -> list[ImportedCell]:
        """Return the cells of a row without those that others cover."""
        cells: list[ImportedCell] = []
        for cell in element:
            if cell.tag != f"{TABLE}table-cell":
                continue
            columns, rows, times = (
                int(text) if (text := cell.get(f"{TABLE}number-{name}", "1")).isdigit() else 1
                for name in ("columns-spanned", "rows-spanned", "columns-repeated")
            )
            made = ImportedCell(blocks=self.inner(cell), columns=min(max(columns, 1), 60), rows=max(rows, 1))
            cells += [made] * min(max(times, 1), 60)
        return cells


def _with_blocks(item: FlatItem, blocks: tuple[ImportedBlock, ...]) -> FlatItem:
    return replace(item, blocks=(*item.blocks, *blocks))

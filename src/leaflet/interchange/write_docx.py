"""Export of a leaflet as a Word document for review: real styles, notes and lists, and its lines as bookmarks."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.shared import Mm
from lxml import html
from msgspec import Struct
from msgspec.structs import replace

from leaflet.interchange.export_boxes import box_parts
from leaflet.interchange.export_inlines import RunWriter, html_runs, line_span, text_run
from leaflet.interchange.export_parts import NAMESPACES, add_list, add_notes, add_properties, add_styles, packed
from leaflet.interchange.review_places import DIGEST_PROPERTY, SOURCE_PROPERTY, bookmark_name
from leaflet.model.citation import Citations
from leaflet.model.document import (
    Block,
    CodeBlock,
    DefinitionList,
    Document,
    Figure,
    Image,
    Inline,
    List,
    ListKind,
    Paragraph,
    Quote,
    ReferenceList,
    SafeHtml,
    Section,
    Table,
    ThematicBreak,
)

WIDEST_MM = 150
"""The width of a line of the document; a picture without a width of its own is as wide, or smaller."""
PIXELS_PER_MM = 6
SMALLEST_LEVEL, DEEPEST_LEVEL = 1, 9


class ExportedDocument(Struct, frozen=True, kw_only=True):
    """A leaflet as a .docx file, and the pictures that it cannot hold."""

    data: bytes
    left_out: tuple[str, ...] = ()


def export_docx(
    document: Document,
    citations: Citations,
    *,
    source: bytes,
    picture_data: Callable[[Image], bytes | None],
    day: datetime.date,
) -> ExportedDocument:
    """Return a leaflet as a Word document; ``source`` is the content of its file, ``picture_data`` reads its pictures."""
    word = docx.Document()
    add_styles(word)
    writer = DocxWriter(word=word, citations=citations, picture_data=picture_data)
    writer.front(document)
    writer.blocks(document.blocks)
    if citations.references and not writer.has_references:
        writer.references()
    add_notes(word, writer.note_texts())
    properties = {SOURCE_PROPERTY: document.source, DIGEST_PROPERTY: hashlib.sha256(source).hexdigest()}
    add_properties(word, properties)
    core, moment = word.core_properties, datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    core.title, core.author = document.metadata.title, "; ".join(person.name for person in document.metadata.authors)
    core.language, core.comments, core.last_modified_by = document.metadata.lang, "", ""
    core.created = core.modified = moment
    return ExportedDocument(data=packed(word), left_out=tuple(writer.left_out))


class _Around(Struct, frozen=True, kw_only=True):
    """The place of a paragraph within lists, boxes and quotations."""

    style: str = ""
    list_id: int | None = None
    level: int = 0
    is_first: bool = True
    """True for the first paragraph of an item, which has its number."""


@dataclass(slots=True, kw_only=True)
class DocxWriter:
    """Writer of the blocks of one leaflet."""

    word: WordDocument
    citations: Citations
    picture_data: Callable[[Image], bytes | None]
    left_out: list[str] = field(default_factory=list)
    has_references: bool = False
    bookmarks: int = 0
    lists: int = 0
    target: list[str] = field(default_factory=list)
    """The XML of the blocks of the document, or of what is written at present."""
    runs: RunWriter = field(init=False)

    def __post_init__(self) -> None:
        self.runs = RunWriter(clusters=self.citations.clusters, picture=self.picture)

    def front(self, document: Document) -> None:
        """Write the title and the subtitle."""
        self.paragraph_xml(text_run(document.metadata.title), "Title", None)
        if document.metadata.subtitle:
            self.paragraph_xml(text_run(document.metadata.subtitle), "Subtitle", None)
        self.flush()

    def flush(self) -> None:
        """Put the blocks that were written into the document."""
        body = self.word.element.body
        for xml in self.target:
            body.insert(len(body) - 1, parse_xml(xml))
        self.target.clear()

    def paragraph_xml(self, runs: str, style: str, lines: tuple[int, int] | None, more: str = "") -> None:
        """Write a paragraph, with a bookmark that names its lines."""
        around = ("", "")
        if lines is not None:
            self.bookmarks += 1
            name = bookmark_name(*lines, self.bookmarks)
            around = (
                f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>',
                f'<w:bookmarkEnd w:id="{self.bookmarks}"/>',
            )
        properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
        shown = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        self.target.append(f"<w:p {NAMESPACES}>{shown}{around[0]}{runs}{around[1]}</w:p>")

    def blocks(self, blocks: Sequence[Block], around: _Around = _Around()) -> None:
        """Write blocks; those of the document itself are put into it one by one."""
        for block in blocks:
            self.block(block, around)
            around = replace(around, is_first=False)
        if around.style == "" and around.list_id is None:
            self.flush()

    def block(self, block: Block, around: _Around) -> None:
        """Write one block."""
        match block:
            case Paragraph():
                self.line(block.children, around)
            case Section():
                level = min(max(block.level - 1, SMALLEST_LEVEL), DEEPEST_LEVEL)
                lines = line_span(block.heading) or (
                    (block.location.line, block.location.line) if block.location.line else None
                )
                self.paragraph_xml(self.runs.runs(block.heading), f"Heading{level}", lines)
                self.blocks(block.blocks, around)
            case List():
                self.list_items(block, around)
            case DefinitionList():
                for item in block.items:
                    lines = line_span(item.term)
                    bold = self.runs.runs(item.term).replace("<w:r><w:t", "<w:r><w:rPr><w:b/></w:rPr><w:t")
                    self.paragraph_xml(bold, around.style, lines)
                    for description in item.descriptions:
                        self.blocks(description, replace(around, style=around.style or "ListContinue"))
            case Quote():
                self.blocks(block.blocks, replace(around, style="Quote"))
            case CodeBlock():
                code = "<w:r><w:br/></w:r>".join(
                    text_run(line) or "<w:r/>" for line in block.text.rstrip("\n").split("\n")
                )
                self.paragraph_xml(code, "LeafletCodeBlock", None)
            case ThematicBreak():
                border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
                self.paragraph_xml("", around.style, None, border)
            case Table():
                self.table(block)
            case Figure():
                self.figure(block, around)
            case ReferenceList():
                self.line(block.heading, replace(around, style="Heading2")) if block.heading else None
                self.references()
            case SafeHtml():
                for text in _html_lines(block.html):
                    self.paragraph_xml(text_run(text), around.style, None)
            case _:
                self.box(block, around)

    def line(self, nodes: Sequence[Inline], around: _Around) -> None:
        """Write inlines as a paragraph."""
        if nodes:
            self.paragraph_xml(self.runs.runs(nodes), _style(around), line_span(nodes), self.numbered(around))

    def numbered(self, around: _Around) -> str:
        """Return the properties that make a paragraph an item of its list."""
        if around.list_id is None:
            return ""
        if not around.is_first:
            return f'<w:ind w:left="{360 * (around.level + 1)}"/>'
        return f'<w:numPr><w:ilvl w:val="{around.level}"/><w:numId w:val="{around.list_id}"/></w:numPr>'

    def list_items(self, block: List, around: _Around) -> None:
        """Write the items of a list."""
        level = around.level + 1 if around.list_id is not None else 0
        numbering = block.numbering.value if block.kind is ListKind.ORDERED else None
        self.lists += 1
        list_id = add_list(self.word, self.lists, level=min(level, 8), numbering=numbering, start=block.start)
        for item in block.items:
            inner = _Around(style=around.style, list_id=list_id, level=min(level, 8))
            for child in item.blocks:
                self.block(child, inner)
                inner = replace(inner, is_first=False)

    def box(self, block: Block, around: _Around) -> None:
        """Write a block of leaflet's own as its words, in a frame."""
        inner = replace(around, style="LeafletBox")
        for part in box_parts(block):
            if part.line:
                self.line(part.line, inner)
            self.blocks(part.blocks, inner)

    def references(self) -> None:
        """Write the list of references as the style prints it."""
        if not self.has_references:
            self.has_references = True
            for reference in self.citations.references:
                self.paragraph_xml(html_runs(reference.html), "Bibliography", None)

    def figure(self, block: Figure, around: _Around) -> None:
        """Write pictures and their caption."""
        self.paragraph_xml("".join(self.picture(image) for image in block.images), _style(around), None)
        if block.caption:
            self.paragraph_xml(self.runs.runs(block.caption), "Caption", line_span(block.caption))

    def table(self, block: Table) -> None:
        """Write a table with its caption above."""
        if block.caption:
            self.paragraph_xml(self.runs.runs(block.caption), "Caption", line_span(block.caption))
        has_head = any(cell.children or cell.blocks for cell in block.head)
        rows = []
        for number, row in enumerate([*([block.head] if has_head else []), *block.rows]):
            cells = []
            for cell in row:
                merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else "<w:vMerge/>" if cell.rows == 0 else ""
                outer, self.target = self.target, []
                if cell.blocks:
                    for inner in cell.blocks:
                        self.block(inner, _Around(style="Normal"))
                else:
                    self.paragraph_xml(self.runs.runs(cell.children), "", line_span(cell.children))
                content, self.target = "".join(self.target), outer
                cells.append(f"<w:tc><w:tcPr>{merged}</w:tcPr>{content}</w:tc>")
            head = "<w:trPr><w:tblHeader/></w:trPr>" if has_head and number == 0 else ""
            rows.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
        columns = "<w:gridCol/>" * len(block.alignments)
        look = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0" w:firstRow="%d"/></w:tblPr>'
        self.target.append(
            f"<w:tbl {NAMESPACES}>{look % has_head}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
        self.paragraph_xml("", "", None)

    # ------------------------------------------------------------ pictures and notes

    def picture(self, image: Image) -> str:
        """Return the run of a picture, or its words where Word cannot show it."""
        words = f"[{image.alt or image.path}]"
        data = self.picture_data(image)
        if data is None:
            self.left_out.append(image.path or image.alt)
            return text_run(words)
        try:
            inline = self.word.part.new_pic_inline(BytesIO(data), width=Mm(_width(image, data)))
        except (UnrecognizedImageError, ZeroDivisionError, OSError):
            self.left_out.append(image.path)
            return text_run(words)
        inline.docPr.set("descr", image.alt)
        from lxml import etree

        return f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"

    def note_texts(self) -> list[str]:
        """Return the XML of all notes; a note may hold another."""
        made: list[str] = []
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        while len(made) < len(self.runs.notes):
            content = self.runs.notes[len(made)]
            self.target.clear()
            if isinstance(content, str):
                self.paragraph_xml(html_runs(content), "FootnoteText", None)
            else:
                for block in content:
                    self.block(block, _Around(style="FootnoteText"))
            xml = "".join(self.target) or "<w:p/>"
            at = xml.index("</w:pPr>") + len("</w:pPr>") if "</w:pPr>" in xml else xml.index(">") + 1
            made.append(f"{xml[:at]}{mark}{text_run(' ')}{xml[at:]}")
            self.target.clear()
        return made


def _style(around: _Around) -> str:
    return around.style or ("ListParagraph" if around.list_id is not None else "")


def _html_lines(text: str) -> Iterator[str]:
    """Yield the words of raw HTML, a line for each row or paragraph."""
    root = html.fromstring(f"<div>{text}</div>")
    rows = list(root.iter("tr"))
    for row in rows:
        yield " | ".join(" ".join(cell.text_content().split()) for cell in row)
    if not rows and (words := " ".join(root.text_content().split())):
        yield words


def _width(image: Image, data: bytes) -> float:
    """Return the width of a picture in millimetres."""
    from PIL import Image as Pillow

    given = image.attributes.get("width") or ""
    units = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, "%": WIDEST_MM / 100}
    for unit, factor in units.items():
        number = given.removesuffix(unit)
        if given.endswith(unit) and number.replace(".", "", 1).isdigit():
            return min(max(float(number) * factor, 2), WIDEST_MM)
    with Pillow.open(BytesIO(data)) as opened:
        return min(max(opened.width / PIXELS_PER_MM, 10), WIDEST_MM)

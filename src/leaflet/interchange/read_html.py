"""Reader of web pages, and of what Google Docs and other programs export as such."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html
from lxml.etree import ParserError, _Element

from leaflet.interchange.gathered_blocks import BlockDraft, FrontMatterLine, gathered, with_place
from leaflet.interchange.html_elements import BLOCKS, LEFT_OUT, NUMBERINGS, OUTSIDE, SILENT
from leaflet.interchange.html_facts import encoding_of, page_facts
from leaflet.interchange.html_formulas import (
    dollar_formula,
    formula_piece,
    is_drawn_formula,
    script_formula,
    text_and_formulas,
)
from leaflet.interchange.html_mathjax import PageMathematics, page_mathematics
from leaflet.interchange.html_notes import HtmlNotes
from leaflet.interchange.html_pictures import picture_pieces
from leaflet.interchange.html_styles import class_marks, marks_around
from leaflet.interchange.import_log import ImportLog, ImportPlace, first_words
from leaflet.interchange.imported_content import (
    CodeLines,
    FigureBlock,
    HeadingLine,
    ImportedBlock,
    ImportedCell,
    ImportedTable,
    LineEnd,
    NoteMark,
    PlacedPicture,
    PlaceName,
    QuotedBlocks,
    Remark,
    RuleLine,
    TermList,
    TexFormula,
    TextMark,
    TextParagraph,
    Words,
)
from leaflet.interchange.link_targets import printable_target
from leaflet.interchange.list_nesting import FlatItem
from leaflet.interchange.manuscript import Manuscript, ReadingOptions
from leaflet.interchange.office_package import refused
from leaflet.interchange.style_rules import IN_FRONT_MATTER, StyleRole
from leaflet.interchange.table_spans import spanned_rows
from leaflet.interchange.text_pieces import TextPiece, nested, without_common_marks, words_of
from leaflet.model.document import Numbering

GOOGLE_LEVEL = re.compile(r"lst-kix_(?P<list>\w+)-(?P<level>\d)")
NO_MARKS: frozenset[TextMark] = frozenset()


def read_html(data: bytes, options: ReadingOptions) -> Manuscript:
    """Return the document of a web page.

    Raises:
        SourceError: it is no web page.
    """
    parser = html.HTMLParser(encoding=encoding_of(data), huge_tree=False, remove_comments=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (ParserError, ValueError):
        raise refused(options.name, "this is no web page that can be read", "save it as HTML once more") from None
    log = ImportLog()
    reader = HtmlReader(root=root, log=log, options=options)
    blocks = reader.page()
    while blocks and isinstance(blocks[-1], RuleLine):  # above notes, which are no longer there
        blocks.pop()
    return Manuscript(
        blocks=tuple(blocks),
        log=log,
        pictures=options.pictures,
        front=tuple(reader.front),
        facts=page_facts(root),
        places=frozenset(reader.targets),
    )


@dataclass(slots=True, kw_only=True)
class HtmlReader:
    """Reader of the elements of one page."""

    root: _Element
    log: ImportLog
    options: ReadingOptions
    notes: HtmlNotes = field(init=False)
    targets: set[str] = field(init=False)
    """The names of places to which links of the page lead."""
    front: list[FrontMatterLine] = field(default_factory=list)
    paragraphs: int = 0

    def __post_init__(self) -> None:
        self.notes = HtmlNotes.of(self.root)
        links = (link for link in self.root.iter("a") if link.get("href", "").startswith("#"))
        self.targets = {link.get("href", "")[1:] for link in links if re.search(r"\w", link.text_content())}
        self.classes = class_marks(self.root)
        self.mathematics = page_mathematics(self.root)

    mathematics: PageMathematics = field(init=False)
    classes: dict[str, dict[TextMark, bool]] = field(init=False)

    def page(self) -> list[ImportedBlock]:
        """Return the blocks of the page's own text; what is around it is reported."""
        mains = [*self.root.iter("main")] or [*self.root.iter("article")]
        body = self.root.find("body")
        if len(mains) == 1:
            for element in self.root.iter(*OUTSIDE, "nav"):
                if not any(above is mains[0] for above in (element, *element.iterancestors())):
                    self.leave_out(element, f"outside of the text (<{element.tag}>), left out")
            return self.blocks(mains[0])
        return self.blocks(body if body is not None else self.root)

    def leave_out(self, element: _Element, message: str) -> None:
        """Report the words of an element that is no part of the text."""
        words = " ".join(element.text_content().split())
        if words:
            self.log.say(message, left_out=words, place=ImportPlace(words=f"<{element.tag}>"))

    # ------------------------------------------------------------ blocks

    def blocks(self, parent: _Element, marks: frozenset[TextMark] = NO_MARKS) -> list[ImportedBlock]:
        """Return the blocks of an element's content; words between blocks are paragraphs."""
        return gathered(self.drafts(parent, marks))

    def drafts(self, parent: _Element, marks: frozenset[TextMark] = NO_MARKS) -> list[BlockDraft]:
        """Return the blocks of an element before items of lists are joined."""
        made: list[BlockDraft] = []
        line: list[TextPiece] = []

        def end_line() -> None:
            made.extend(BlockDraft(block=block) for block in self.paragraph(line))
            line.clear()

        line += self.text(parent.text, marks)
        for child in parent:
            name = child.tag.lower() if isinstance(child.tag, str) else ""
            if child in self.notes.bodies or not name:
                pass
            elif name in SILENT:
                line += self.formulas(script_formula(child, self.mathematics, self.log), marks)
            elif name in LEFT_OUT:
                end_line()
                self.leave_out(child, f"{LEFT_OUT[name]} is left out")
            elif name in BLOCKS or any(inner.tag in BLOCKS for inner in child.iter()):
                end_line()
                made += self.element(child, name, marks)
            else:
                line += self.inline(child, name, marks)
            line += self.text(child.tail, marks)
        end_line()
        return made

    def element(self, element: _Element, name: str, marks: frozenset[TextMark]) -> list[BlockDraft]:
        """Return what a block element becomes."""
        match name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self.heading(element, int(name[1]))
            case "ul" | "ol":
                return self.list_items(element, ordered=name == "ol")
            case "table":
                return self.table(element)
            case "pre":
                return [BlockDraft(block=CodeLines(text=element.text_content().strip("\n")))]
            case "blockquote":
                return [BlockDraft(block=QuotedBlocks(blocks=tuple(self.blocks(element))))]
            case "hr":
                return [BlockDraft(block=RuleLine())]
            case "dl":
                return self.terms(element)
            case "figure":
                return self.figure(element)
            case "p" if (role := self.role_of(element)) is not None:
                self.front.append(FrontMatterLine(role=role, text=" ".join(element.text_content().split())))
                return []
            case _:
                place = element.get("id", "")
                made = self.drafts(element, marks_around(element, marks, self.classes))
                if place in self.targets and place and made:
                    return [with_place(made[0], place), *made[1:]]
                return made

    def role_of(self, element: _Element) -> StyleRole | None:
        """Return the role of a paragraph whose class says that it is the title of the page, or the like."""
        rule = self.options.rules.find(element.get("class", "").split())
        is_known = rule is not None and rule.role in IN_FRONT_MATTER and bool(element.text_content().strip())
        return rule.role if rule is not None and is_known else None

    def paragraph(self, pieces: list[TextPiece]) -> list[ImportedBlock]:
        """Return a paragraph, with its large pictures as figures after it; nothing where it is empty."""
        if not any(
            not isinstance(piece.node, PlaceName | LineEnd) and (piece.text.strip() or not piece.text)
            for piece in pieces
        ):
            return []
        self.paragraphs += 1
        self.log.place = ImportPlace(paragraph=self.paragraphs, words=first_words(words_of(pieces)))
        placed = [piece.node for piece in pieces if isinstance(piece.node, PlacedPicture)]
        has_words = any(
            not isinstance(piece.node, PlacedPicture | LineEnd) and (piece.text.strip() or not piece.text)
            for piece in pieces
        )
        if placed and not has_words:
            return [FigureBlock(pictures=tuple(placed), number=self.paragraphs)]
        self.log.count("paragraph")
        rest = [piece for piece in pieces if not (isinstance(piece.node, PlacedPicture) and piece.node.floats)]
        figures = [FigureBlock(pictures=(each,), number=self.paragraphs) for each in placed if each.floats]
        return [TextParagraph(children=nested(rest), number=self.paragraphs), *figures]

    def heading(self, element: _Element, level: int) -> list[BlockDraft]:
        """Return a heading, and its pictures."""
        pieces = self.pieces(element, NO_MARKS)
        names = tuple(
            name
            for each in element.iter()
            for name in (each.get("id") or each.get("name"),)
            if name in self.targets and name
        )
        pictures = [piece for piece in pieces if isinstance(piece.node, PlacedPicture)]
        words = [
            piece
            for piece in pieces
            if not isinstance(piece.node, PlaceName | PlacedPicture)
            and not (
                piece.link.startswith("#") and not re.search(r"\w", piece.text)
            )  # the sign that links to its own heading
        ]
        plain = without_common_marks(words, TextMark.STRONG, TextMark.EMPHASIS, TextMark.UNDERLINE)
        made: list[ImportedBlock] = []
        if words_of(plain).strip():
            self.paragraphs += 1
            self.log.count("heading")
            made.append(HeadingLine(level=level, children=nested(plain), names=names, number=self.paragraphs))
        return [BlockDraft(block=block) for block in [*made, *self.paragraph(pictures)]]

    def list_items(self, element: _Element, *, ordered: bool, level: int = 0) -> list[BlockDraft]:
        """Return the items of a list; Google's lists name their own levels."""
        own = GOOGLE_LEVEL.search(element.get("class", ""))
        level = int(own["level"]) if own else level
        start = element.get("start", "1")
        number = int(start) if start.lstrip("-").isdigit() else 1
        made: list[BlockDraft] = []
        for child in element:
            name = child.tag if isinstance(child.tag, str) else ""
            if child in self.notes.bodies or name in SILENT:
                continue
            if name in {"ul", "ol"}:
                made += self.list_items(child, ordered=name == "ol", level=level + 1)
                continue
            self.log.count("list item")
            item = FlatItem(
                level=level,
                list_id=f"{own['list']}" if own else f"{id(element) if ordered else ''}",
                blocks=tuple(self.blocks(child, marks_around(child, NO_MARKS, self.classes))),
                ordered=ordered,
                numbering=NUMBERINGS.get(element.get("type", ""), Numbering.DECIMAL),
                number=number,
            )
            number += 1
            made.append(BlockDraft(item=item))
        return made

    def terms(self, element: _Element) -> list[BlockDraft]:
        """Return a list of terms."""
        items: list[tuple[tuple[TextPiece, ...], list[tuple[ImportedBlock, ...]]]] = []
        for child in element.iter("dt", "dd"):
            if child.tag == "dt":
                items.append((tuple(self.pieces(child, NO_MARKS)), []))
            elif items:
                items[-1][1].append(tuple(self.blocks(child)))
        made = TermList(items=tuple((nested(term), tuple(texts)) for term, texts in items))
        return [BlockDraft(block=made)] if items else []

    def figure(self, element: _Element) -> list[BlockDraft]:
        """Return a figure with its caption."""
        captions = list(element.iter("figcaption"))
        caption = [piece for each in captions for piece in self.pieces(each, NO_MARKS)]
        for each in captions:
            each.getparent().remove(each)
        blocks = self.blocks(element)
        pictures = [picture for block in blocks if isinstance(block, FigureBlock) for picture in block.pictures]
        others = [BlockDraft(block=block) for block in blocks if not isinstance(block, FigureBlock)]
        if pictures:
            self.paragraphs += 1
            made = FigureBlock(pictures=tuple(pictures), caption=nested(caption), number=self.paragraphs)
            return [BlockDraft(block=made), *others]
        return [*others, *(BlockDraft(block=block) for block in self.paragraph(caption))]

    def table(self, element: _Element) -> list[BlockDraft]:
        """Return a table; one that only arranges its content is its content."""
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        if not rows or element.get("role") == "presentation":
            return [draft for row in rows for cell in row for draft in self.drafts(cell)]
        heads = 0
        for row in rows:
            is_head = row.getparent().tag == "thead" or all(
                cell.tag == "th" for cell in row if isinstance(cell.tag, str)
            )
            if not is_head:
                break
            heads += 1
        self.log.count("table")
        cells = [[self.cell(cell) for cell in row if cell.tag in {"td", "th"}] for row in rows]
        found = element.find("caption")
        caption = nested(self.pieces(found, NO_MARKS)) if found is not None else ()
        made = ImportedTable(
            rows=spanned_rows([row for row in cells if row]),
            heads=min(heads, max(len(cells) - 1, 0)),
            caption=caption,
            number=self.paragraphs,
        )
        return [BlockDraft(block=made)] if made.rows else []

    def cell(self, element: _Element) -> ImportedCell:
        """Return a cell with the columns and rows that it takes."""
        spans = [element.get(name, "1") for name in ("colspan", "rowspan")]
        columns, rows = (min(max(int(text), 1), 60) if text.isdigit() else 1 for text in spans)
        return ImportedCell(blocks=tuple(self.blocks(element)), columns=columns, rows=rows)

    # ------------------------------------------------------------ inlines

    def pieces(self, element: _Element, marks: frozenset[TextMark], link: str = "") -> list[TextPiece]:
        """Return the content of an element as one line."""
        made = self.text(element.text, marks, link)
        for child in element:
            name = child.tag.lower() if isinstance(child.tag, str) else ""
            if name in SILENT:
                made += self.formulas(script_formula(child, self.mathematics, self.log), marks)
            elif name and child not in self.notes.bodies:
                made += self.inline(child, name, marks, link)
            made += self.text(child.tail, marks, link)
        return made

    def text(self, text: str | None, marks: frozenset[TextMark], link: str = "") -> list[TextPiece]:
        """Return words with white space as HTML shows it."""
        plain = re.sub(r"[ \t\r\n\f]+", " ", text or "")
        return [
            TextPiece(node=Words(text=part), marks=marks, link=link) if isinstance(part, str) else TextPiece(node=part)
            for part in ((plain,) if TextMark.CODE in marks else text_and_formulas(plain, self.mathematics, self.log))
            if part
        ]

    def formulas(self, formula: TexFormula | None, marks: frozenset[TextMark]) -> list[TextPiece]:
        """Return a formula as a piece of its line, where there is one."""
        return [TextPiece(node=formula, marks=marks)] if formula is not None else []

    def inline(self, element: _Element, name: str, marks: frozenset[TextMark], link: str = "") -> list[TextPiece]:
        """Return what an element within a line becomes."""
        place = element.get("id") or (element.get("name") if name == "a" else "") or ""
        made = [TextPiece(node=PlaceName(name=place))] if place in self.targets and place else []
        if name == "br":
            return [TextPiece(node=LineEnd(), marks=marks)]
        if name == "img":
            return [*made, *picture_pieces(element, link, self.options, self.log)]
        if name == "math":
            return [*made, formula_piece(element, self.mathematics, self.log)]
        in_dollars = dollar_formula(element, self.mathematics, self.log)
        if in_dollars is not None or is_drawn_formula(element):
            return [*made, *self.formulas(in_dollars, marks)]
        if name == "input":
            return made
        note = self.notes.note_of(element)
        if note is not None:
            return [self.note(element, note)]
        inner = marks_around(element, marks, self.classes)
        if name == "a" and element.get("href"):
            target = element.get("href", "")
            link = printable_target(target, self.log)
            inner -= {TextMark.UNDERLINE}
        if name == "q":
            return [
                *made,
                *self.text("“", inner, link),
                *self.pieces(element, inner, link),
                *self.text("”", inner, link),
            ]
        return [*made, *self.pieces(element, inner, link)]

    def note(self, mark: _Element, body: _Element) -> TextPiece:
        """Return the note, or the comment, to which a mark leads."""
        number = " ".join(mark.text_content().split())
        for back in self.notes.backs(body):
            number += " " + " ".join((back.text_content() or "").split())
            self.notes.take(back)
        self.notes.bodies.discard(body)
        blocks = tuple(self.blocks(body)) if body.tag != "p" else tuple(self.paragraph(self.pieces(body, NO_MARKS)))
        self.notes.bodies.add(body)
        if self.notes.is_comment(mark):
            self.log.count("comment")
            text = " ".join(body.text_content().split())
            return TextPiece(node=Remark(author="", text=text))
        self.log.count("footnote")
        self.log.replaced.append(number)
        return TextPiece(node=NoteMark(blocks=blocks))

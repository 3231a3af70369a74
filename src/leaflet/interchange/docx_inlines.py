"""Reader of the content of one paragraph after another of a .docx file: runs, fields, links, notes and changes."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import _Element
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.interchange.citation_fields import endnote_data, mendeley_tag
from leaflet.interchange.docx_context import MC, DocxContext, R, W, element_text
from leaflet.interchange.docx_fields import OpenField, linked, resolved
from leaflet.interchange.docx_formats import OFF, is_on, marks_of, value
from leaflet.interchange.docx_pictures import boxes_of, chosen, pictures_of
from leaflet.interchange.imported_content import (
    ChangeKind,
    ImportedBlock,
    ImportedInline,
    LineEnd,
    NoteMark,
    PlaceName,
    Remark,
    TexFormula,
    TextMark,
    Words,
)
from leaflet.interchange.link_targets import printable_target
from leaflet.interchange.office_math import M, UnreadableFormulaError, formula_text, to_tex
from leaflet.interchange.style_rules import StyleRole
from leaflet.interchange.symbol_fonts import symbol
from leaflet.interchange.text_pieces import TextPiece, words_of

PASSED = frozenset(
    W + name
    for name in "smartTag customXml sdtContent dir bdo ruby rubyBase fldSimpleContent moveFromRangeStart".split()
)
CODE_STYLES = frozenset({"verbatim char", "html code", "source text", "code", "html typewriter", "html sample"})
LINK_STYLES = frozenset({"hyperlink", "internet link", "followedhyperlink", "visited internet link"})
ZOTERO_BOOKMARK = "ZOTERO_BREF_"
TEXTS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": ""}

NoteReader = Callable[[_Element, str], tuple[ImportedBlock, ...]]


class _Around(Struct, frozen=True, kw_only=True):
    """Everything around a run that is not its own."""

    link: str = ""
    change: ChangeKind | None = None
    is_deleted: bool = False
    """True within a deletion that is accepted."""


class DocxInlines(Struct, kw_only=True):
    """Reader of paragraphs of one part (the document, a note); fields may go over several paragraphs."""

    context: DocxContext
    part: str
    read_blocks: NoteReader
    """Reads the blocks of a note or a text box."""
    pieces: list[TextPiece] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    bookmarks: dict[str, OpenField] = field(default_factory=dict)
    """Fields that are stored as bookmarks, by the bookmarks' identifiers."""
    boxes: list[_Element] = field(default_factory=list)
    """Text boxes that were met, to be placed after the paragraph."""
    has_page_break: bool = False
    has_reference_list: bool = False
    """True where a program for references has made its list in what was read."""

    def paragraph(self, element: _Element) -> list[TextPiece]:
        """Return the pieces of a paragraph."""
        self.has_page_break = False
        self.children(element, _Around())
        for opened in reversed(self.fields):
            self._flush(opened)
        made, self.pieces = self.pieces, []
        return made

    def is_in_left_out_field(self) -> bool:
        """Return whether a field is open whose result leaflet makes."""
        return any(opened.is_left_out for opened in self.fields)

    def _flush(self, opened: OpenField) -> None:
        """Hand on what an open field has at the end of a paragraph."""
        if opened.is_left_out:
            opened.swallowed.append(words_of(opened.pieces))
            opened.pieces = []
        elif opened.in_result:
            moved, opened.pieces = linked(opened, self.context.log), []
            outer = self._outer(opened)
            (outer.pieces if outer else self.pieces).extend(moved)

    def _outer(self, opened: OpenField) -> OpenField | None:
        at = next(number for number, each in enumerate(self.fields) if each is opened)
        return self.fields[at - 1] if at else None

    def emit(self, piece: TextPiece) -> None:
        """Add a piece to the innermost open field or to the paragraph."""
        if not self.fields:
            self.pieces.append(piece)
        elif self.fields[-1].in_result:
            self.fields[-1].pieces.append(piece)
        else:
            self.fields[-1].code.append(piece.text)

    # ------------------------------------------------------------ elements

    def children(self, element: _Element, around: _Around) -> None:
        """Read what is directly in an element."""
        for child in element:
            self.element(child, around)

    def element(self, element: _Element, around: _Around) -> None:
        """Read one element of a paragraph."""
        tag = element.tag
        if tag == f"{W}r":
            self.run(element, around)
        elif tag == f"{W}hyperlink":
            self.hyperlink(element, around)
        elif tag in {f"{W}ins", f"{W}moveTo"}:
            self.change(element, ChangeKind.INSERTED, around)
        elif tag in {f"{W}del", f"{W}moveFrom"}:
            self.change(element, ChangeKind.DELETED, around)
        elif tag == f"{W}fldSimple":
            self.fields.append(OpenField(code=[element.get(f"{W}instr", "")], in_result=True))
            self.children(element, around)
            self.end_field()
        elif tag == f"{W}sdt":
            self.control(element, around)
        elif tag == f"{W}bookmarkStart":
            self.bookmark(element)
        elif tag == f"{W}bookmarkEnd":
            self.end_bookmark(element)
        elif tag in {f"{M}oMath", f"{M}oMathPara"}:
            self.formula(element, around)
        elif tag == f"{MC}AlternateContent":
            branch = chosen(element)
            if branch is not None:
                self.children(branch, around)
        elif tag in PASSED:
            self.children(element, around)

    def hyperlink(self, element: _Element, around: _Around) -> None:
        """Read a link to an address or a bookmark."""
        anchor = element.get(f"{W}anchor", "")
        link = self.context.links.get(self.part, {}).get(element.get(f"{R}id", ""))
        target = link.target if link is not None and link.is_external else ""
        target += f"#{anchor}" if anchor and "#" not in target else ""
        self.children(element, replace(around, link=printable_target(target, self.context.log) or around.link))

    def change(self, element: _Element, kind: ChangeKind, around: _Around) -> None:
        """Read a tracked change, as its author meant it or with its marks."""
        self.context.changes += 1
        if self.context.shows_changes:
            self.children(element, replace(around, change=kind))
        else:
            self.children(element, replace(around, is_deleted=around.is_deleted or kind is ChangeKind.DELETED))

    def control(self, element: _Element, around: _Around) -> None:
        """Read a content control: Mendeley's citations, check boxes, and controls that hold plain words."""
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        if content is None:
            return
        tag = value(properties, "tag") or ""
        citation = mendeley_tag(tag, self.context.items)
        if citation is not None:
            self.context.log.count("citation")
            self.context.log.replaced.append(element_text(content))
            self.emit(TextPiece(node=citation, change=around.change))
        elif is_on(properties, "showingPlcHdr"):
            words = element_text(content)
            if words:
                self.context.log.say("a place to fill in is empty, so its prompt is left out", left_out=words)
        else:
            self.children(content, around)

    def bookmark(self, element: _Element) -> None:
        """Read the beginning of a bookmark."""
        name = element.get(f"{W}name", "")
        if name.startswith(ZOTERO_BOOKMARK) and name in self.context.zotero_bookmarks:
            code = f"ADDIN {self.context.zotero_bookmarks[name]}"
            opened = OpenField(code=[code], in_result=True)
            self.fields.append(opened)
            self.bookmarks[element.get(f"{W}id", "")] = opened
        elif name in self.context.targets:
            self.emit(TextPiece(node=PlaceName(name=name)))

    def end_bookmark(self, element: _Element) -> None:
        """End a field that is stored as a bookmark."""
        opened = self.bookmarks.pop(element.get(f"{W}id", ""), None)
        if opened is not None and self.fields and self.fields[-1] is opened:
            self.end_field()

    def formula(self, element: _Element, around: _Around) -> None:
        """Read a formula; one that cannot be expressed in TeX is left as its characters."""
        display = element.tag == f"{M}oMathPara"
        for formula in element.iter(f"{M}oMath"):
            try:
                node: ImportedInline = TexFormula(tex=to_tex(formula), display=display)
                self.context.log.count("formula")
                self.context.log.replaced.append(formula_text(formula))
            except (UnreadableFormulaError, RecursionError):
                node = Words(text=formula_text(formula))
                self.context.log.say("a formula cannot be written in TeX, so it is plain text: write it again")
            self.emit(TextPiece(node=node, change=around.change))

    # ------------------------------------------------------------ runs

    def run(self, element: _Element, around: _Around) -> None:
        """Read a run of words with one look."""
        properties = element.find(f"{W}rPr")
        style = value(properties, "rStyle")
        marks = {**self.context.styles.marks(style), **marks_of(properties)}
        names = [each.name for each in self.context.styles.chain(style)]
        known = {name.casefold() for name in names}
        switched = {mark for mark, on in marks.items() if on}
        if around.link or known & LINK_STYLES:
            switched.discard(TextMark.UNDERLINE)
        if known & CODE_STYLES:
            switched = {TextMark.CODE}
        is_hidden = is_on(properties, "vanish") or (
            is_on(properties, "vanish") is None and self.context.styles.is_hidden(style)
        )
        rule = self.context.rules.find(names[:1]) if names and names[0].casefold() not in CODE_STYLES else None
        look = TextPiece(
            node=Words(text=""),
            marks=frozenset(switched),
            link=around.link,
            change=around.change,
            style=rule.name
            if rule is not None and rule.role is StyleRole.BOX and _is_own(rule.name, self.context)
            else "",
        )
        for child in element:
            self.part_of_run(child, look, around, is_hidden=bool(is_hidden))

    def part_of_run(self, child: _Element, look: TextPiece, around: _Around, *, is_hidden: bool) -> None:  # noqa: C901
        """Read one element of a run."""
        tag = child.tag
        if tag == f"{W}fldChar":
            self.field_sign(child)
        elif tag in {f"{W}instrText", f"{W}delInstrText"}:
            if self.fields and not self.fields[-1].in_result:
                self.fields[-1].code.append(child.text or "")
        elif tag in {f"{W}t", f"{W}delText"}:
            self.words(child.text or "", look, around, is_hidden=is_hidden)
        elif tag in TEXTS:
            self.words(TEXTS[tag], look, around, is_hidden=is_hidden)
        elif tag == f"{W}sym":
            self.words(symbol(child.get(f"{W}font", ""), child.get(f"{W}char", ""), self.context.log), look, around)
        elif around.is_deleted or is_hidden:
            return
        elif tag in {f"{W}br", f"{W}cr"}:
            if child.get(f"{W}type") == "page":
                self.has_page_break = True
            elif child.get(f"{W}type") != "column":
                self.emit(replace(look, node=LineEnd()))
        elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
            self.drawing(child, look)
        elif tag == f"{MC}AlternateContent":
            branch = chosen(child)
            for inner in branch if branch is not None else ():
                self.part_of_run(inner, look, around, is_hidden=is_hidden)
        elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            self.note(child, look)
        elif tag == f"{W}commentReference":
            self.remark(child)
        elif tag == f"{W}ruby":
            reading = child.find(f"{W}rt")
            if reading is not None:
                self.context.log.say("the reading above characters is left out", left_out=element_text(reading))
            self.children(child, around)

    def words(self, text: str, look: TextPiece, around: _Around, *, is_hidden: bool = False) -> None:
        """Add words, or report them where the document does not show them."""
        if around.is_deleted:
            self.context.deleted.append(text)
        elif is_hidden and not any(not opened.in_result for opened in self.fields):
            self.context.log.say("hidden words are left out", left_out=text)
        elif text:
            self.emit(replace(look, node=Words(text=text)))

    def field_sign(self, element: _Element) -> None:
        """Read the beginning, the middle or the end of a field."""
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            opened = OpenField(data=[endnote_data(each.text or "") for each in element.findall(f"{W}fldData")])
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                state = value(box, "checked") if value(box, "checked") is not None else value(box, "default")
                opened.pieces.append(TextPiece(node=Words(text="☐" if state is None or state in OFF else "☒")))
            self.fields.append(opened)
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end" and self.fields:
            self.end_field()

    def end_field(self) -> None:
        """Put what a field becomes in its place."""
        opened = self.fields.pop()
        outer = self.fields[-1] if self.fields else None
        if opened.name.startswith("ADDIN EN.CITE.DATA") and outer is not None:
            outer.data += opened.data
            return
        if outer is not None and outer.is_left_out and outer.in_result:
            outer.pieces += opened.pieces
            return
        self.has_reference_list |= opened.is_list_of_references
        for piece in resolved(opened, self.context):
            self.emit(piece)

    def drawing(self, element: _Element, look: TextPiece) -> None:
        """Read a drawing: its pictures are here, its text boxes follow the paragraph."""
        for picture in pictures_of(element, self.context.links.get(self.part, {}), self.context):
            self.emit(TextPiece(node=picture, link=look.link, change=look.change))
        self.boxes += boxes_of(element)

    def note(self, element: _Element, look: TextPiece) -> None:
        """Read a footnote or an endnote."""
        kind = element.tag.removeprefix(W).removesuffix("Reference")
        content = self.context.notes.get((kind, element.get(f"{W}id", "")))
        if content is None:
            self.context.log.say(f"the text of a {kind} is missing in the document")
            return
        place = self.context.log.place
        blocks = self.read_blocks(content, f"{kind}s")
        self.context.log.place = place
        self.context.log.count(kind)
        self.emit(TextPiece(node=NoteMark(blocks=blocks), change=look.change))

    def remark(self, element: _Element) -> None:
        """Read a comment."""
        found = self.context.remarks.get(element.get(f"{W}id", ""))
        if found is not None:
            self.context.log.count("comment")
            author, text = found
            self.emit(TextPiece(node=Remark(author=author, text=text, visible=self.context.shows_changes)))


def _is_own(name: str, context: DocxContext) -> bool:
    """Return whether a class was given to a style by the workspace, and not by leaflet."""
    return any(rule.name == name for rule in context.rules.own.values())

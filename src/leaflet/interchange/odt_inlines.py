"""Reader of the content of paragraphs of an OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.etree import _Element
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.files import DrawingError, Invalid
from leaflet.interchange.citation_fields import csl_citation
from leaflet.interchange.cited_items import CitedItems, ItemData
from leaflet.interchange.docx_fields import field_name
from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_content import (
    ChangeKind,
    CitedSource,
    DataField,
    ImportedBlock,
    LineEnd,
    NoteMark,
    PlacedPicture,
    PlaceName,
    Remark,
    SourceCitation,
    TextMark,
    Words,
)
from leaflet.interchange.imported_pictures import ImportedPictures, fault_of, shown_width
from leaflet.interchange.inner_parts import InnerParts
from leaflet.interchange.link_targets import printable_target
from leaflet.interchange.odt_formats import TEXT, OdtStyles
from leaflet.interchange.office_package import OfficePackage
from leaflet.interchange.style_rules import StyleRules
from leaflet.interchange.text_pieces import TextPiece, words_of

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
LINE_MM = 170
"""The width of a line of text, to which widths of pictures are compared."""
IN_LINE_MM = 12
UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
ZOTERO = re.compile(r"ZOTERO_ITEM CSL_CITATION ")
PAGES = frozenset({f"{TEXT}page-number", f"{TEXT}page-count"})
BIBLIOGRAPHY_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "conference": "paper-conference",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference", "phdthesis": "thesis",
    "mastersthesis": "thesis", "techreport": "report", "www": "webpage", "journal": "article-journal",
}  # fmt: skip


class OdtContext(Struct, kw_only=True):
    """One OpenDocument text that is being read."""

    package: OfficePackage
    styles: OdtStyles
    rules: StyleRules
    pictures: ImportedPictures
    targets: frozenset[str]
    log: ImportLog = field(default_factory=ImportLog)
    items: CitedItems = field(default_factory=CitedItems)
    fields: dict[str, str] = field(default_factory=dict)
    deletions: dict[str, _Element] = field(default_factory=dict)
    """The contents of tracked deletions, by their identifiers."""
    insertions: frozenset[str] = frozenset()
    shows_changes: bool = False
    changes: int = 0
    deleted: list[str] = field(default_factory=list)
    paragraphs: int = 0
    inner: InnerParts = field(default_factory=InnerParts)


class OdtInlines(Struct, kw_only=True):
    """Reader of one paragraph after another; insertions may go over several."""

    context: OdtContext
    read_blocks: Callable[[_Element], tuple[ImportedBlock, ...]]
    boxes: list[_Element] = field(default_factory=list)
    pieces: list[TextPiece] = field(default_factory=list)
    citation: tuple[str, int] | None = None
    """The name of an open reference mark of Zotero, and the place of its first piece."""
    inserted: bool = False

    def paragraph(self, element: _Element) -> list[TextPiece]:
        """Return the pieces of a paragraph."""
        self.children(element, TextPiece(node=Words(text="")))
        made, self.pieces = self.pieces, []
        self.citation = None
        return made

    def children(self, element: _Element, look: TextPiece) -> None:
        """Read the text and the elements directly in an element."""
        self.words(element.text, look)
        for child in element:
            self.element(child, look)
            self.words(child.tail, look)

    def words(self, text: str | None, look: TextPiece) -> None:
        """Add words; white space is one blank, as the format has it."""
        plain = re.sub(r"[ \t\r\n]+", " ", text or "")
        if plain:
            change = ChangeKind.INSERTED if self.inserted and self.context.shows_changes else None
            self.pieces.append(replace(look, node=Words(text=plain), change=change))

    def element(self, element: _Element, look: TextPiece) -> None:  # noqa: C901 - one case for each element
        """Read one element of a paragraph."""
        tag = str(element.tag)
        context = self.context
        if tag == f"{TEXT}span":
            self.span(element, look)
        elif tag == f"{TEXT}a":
            target = element.get(f"{XLINK}href", "")
            target = "#" + target[1:].partition("|")[0] if target.startswith("#") else target
            self.children(element, replace(look, link=printable_target(target, context.log)))
        elif tag == f"{TEXT}line-break":
            self.pieces.append(replace(look, node=LineEnd()))
        elif tag in {f"{TEXT}tab", f"{TEXT}s"}:
            self.words(" ", look)
        elif tag == f"{TEXT}note":
            self.note(element)
        elif tag == f"{OFFICE}annotation":
            self.remark(element)
        elif tag in {f"{TEXT}bookmark", f"{TEXT}bookmark-start"}:
            if element.get(f"{TEXT}name", "") in context.targets:
                self.pieces.append(TextPiece(node=PlaceName(name=element.get(f"{TEXT}name", ""))))
        elif tag in {f"{TEXT}change-start", f"{TEXT}change-end", f"{TEXT}change"}:
            self.change(element, tag)
        elif tag in {f"{TEXT}reference-mark-start", f"{TEXT}reference-mark-end"}:
            self.reference_mark(element, tag)
        elif tag == f"{TEXT}bibliography-mark":
            self.bibliography_mark(element)
        elif tag in {f"{TEXT}database-display", f"{TEXT}placeholder"}:
            self.data_field(element)
        elif tag in {f"{TEXT}bookmark-ref", f"{TEXT}reference-ref", f"{TEXT}sequence-ref"}:
            name = element.get(f"{TEXT}ref-name", "")
            self.children(element, replace(look, link=f"#{name}" if name in context.targets else ""))
        elif tag in PAGES:
            words = "".join(element.itertext())
            context.log.say("a page number is left out: pages differ from those of the document", left_out=words)
        elif tag in {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"}:
            context.log.say("hidden words are left out", left_out="".join(element.itertext()))
        elif tag.startswith(DRAW):
            self.drawing(element, look)
        elif tag == f"{TEXT}ruby":
            reading = element.find(f"{TEXT}ruby-text")
            base = element.find(f"{TEXT}ruby-base")
            if reading is not None:
                context.log.say("the reading above characters is left out", left_out="".join(reading.itertext()))
            if base is not None:
                self.children(base, look)
        else:
            self.children(element, look)

    def span(self, element: _Element, look: TextPiece) -> None:
        """Read words with a look of their own."""
        identifier = element.get(f"{TEXT}style-name", "")
        if any(style.is_hidden for style in self.context.styles.chain("text", identifier)):
            self.context.log.say("hidden words are left out", left_out="".join(element.itertext()))
            return
        switched = self.context.styles.marks(identifier)
        marks = (look.marks | {mark for mark, on in switched.items() if on}) - {
            m for m, on in switched.items() if not on
        }
        names = {name.casefold() for name in self.context.styles.names("text", identifier)}
        if names & {"internet link", "visited internet link"} or look.link:
            marks -= {TextMark.UNDERLINE}
        if names & {"source text", "teletype"}:
            marks = frozenset({TextMark.CODE})
        self.children(element, replace(look, marks=marks))

    def note(self, element: _Element) -> None:
        """Read a footnote or an endnote."""
        body, mark = element.find(f"{TEXT}note-body"), element.find(f"{TEXT}note-citation")
        if body is None:
            return
        kind = element.get(f"{TEXT}note-class", "footnote")
        place = self.context.log.place
        blocks = self.read_blocks(body)
        self.context.log.place = place
        self.context.log.count(kind)
        self.context.log.replaced.append("".join(mark.itertext()) if mark is not None else "")
        self.pieces.append(TextPiece(node=NoteMark(blocks=blocks)))

    def remark(self, element: _Element) -> None:
        """Read a comment."""
        author = element.findtext(f"{DC}creator") or ""
        texts = [" ".join("".join(each.itertext()).split()) for each in element.iter(f"{TEXT}p")]
        self.context.log.count("comment")
        self.context.log.replaced.append(f"{element.findtext(f'{DC}date') or ''}")
        node = Remark(author=author, text=" ".join(texts), visible=self.context.shows_changes)
        self.pieces.append(TextPiece(node=node))

    def change(self, element: _Element, tag: str) -> None:
        """Read the beginning or the end of an insertion, or the place of a deletion."""
        identifier = element.get(f"{TEXT}change-id", "")
        if tag == f"{TEXT}change":
            deletion = self.context.deletions.get(identifier)
            if deletion is None:
                return
            words = " ".join(
                " ".join("".join(each.itertext()).split()) for each in deletion.iter(f"{TEXT}p", f"{TEXT}h")
            )
            self.context.changes += 1
            if self.context.shows_changes:
                self.pieces.append(TextPiece(node=Words(text=words), change=ChangeKind.DELETED))
            else:
                self.context.deleted.append(words)
        elif identifier in self.context.insertions:
            self.inserted = tag == f"{TEXT}change-start"
            self.context.changes += self.inserted

    def reference_mark(self, element: _Element, tag: str) -> None:
        """Read Zotero's citations, which LibreOffice stores as reference marks with the data in their names."""
        name = element.get(f"{TEXT}name", "")
        if not ZOTERO.match(name):
            if tag.endswith("start") and name in self.context.targets:
                self.pieces.append(TextPiece(node=PlaceName(name=name)))
            return
        if tag.endswith("start"):
            self.citation = name, len(self.pieces)
            return
        if self.citation is None or self.citation[0] != name:
            return
        start, self.citation = self.citation[1], None
        found = csl_citation(name, self.context.items)
        if found is None:
            self.context.log.say("a citation cannot be read, so its words are plain text")
            return
        self.context.log.count("citation")
        self.context.log.replaced.append(words_of(self.pieces[start:]))
        self.pieces[start:] = [TextPiece(node=found)]

    def bibliography_mark(self, element: _Element) -> None:
        """Read a citation of LibreOffice's own bibliography."""

        def text(name: str) -> str:
            return str(element.get(TEXT + name, "")).strip()

        csl = BIBLIOGRAPHY_TYPES.get(text("bibliography-type"), "document")
        item: ItemData = {"type": csl, "citation-key": text("identifier"), "title": text("title")}
        item |= {
            "container-title": text("journal") or text("booktitle"), "volume": text("volume"), "issue": text("number"),
            "page": text("pages"), "publisher": text("publisher") or text("institution"), "publisher-place": text("address"),
            "URL": text("url"), "ISBN": text("isbn"), "edition": text("edition"),
        }  # fmt: skip
        if text("author"):
            item["author"] = list(_people(text("author")))
        year = re.search(r"\d{4}", text("year"))
        if year:
            item["issued"] = {"date-parts": [[int(year[0])]]}
        key = self.context.items.key(
            {name: value for name, value in item.items() if value}, f"odf {text('identifier')}"
        )
        self.context.log.count("citation")
        self.context.log.replaced.append("".join(element.itertext()))
        self.pieces.append(TextPiece(node=SourceCitation(cites=(CitedSource(key=key),))))

    def data_field(self, element: _Element) -> None:
        """Read a field of a mail merge."""
        words = "".join(element.itertext())
        name = field_name(element.get(f"{TEXT}column-name") or words.strip("<>«» "))
        if not name:
            self.words(words, TextPiece(node=Words(text="")))
            return
        self.context.fields.setdefault(name, words.strip("<>«» "))
        self.context.log.replaced.append(words)
        self.context.log.count("merge field")
        self.pieces.append(TextPiece(node=DataField(name=name)))

    # ------------------------------------------------------------ drawings

    def drawing(self, element: _Element, look: TextPiece) -> None:
        """Read a frame: a picture, a text box, or something that is reported."""
        tag = str(element.tag)
        box = element.find(f"{DRAW}text-box")
        if box is not None:
            self.boxes.append(box)
            return
        image = element.find(f"{DRAW}image") if tag == f"{DRAW}frame" else None
        if element.find(f"{DRAW}object") is not None:
            self.context.log.say(
                "a formula, a chart or another object is left out: save it as a picture, or write it in TeX"
            )
            return
        if image is not None:
            self.pieces += [TextPiece(node=node, link=look.link) for node in self.picture(element, image)]
        elif tag == f"{DRAW}g":
            for child in element:
                self.drawing(child, look)
        else:
            inner = [each for each in element if str(each.tag) in {f"{TEXT}p", f"{TEXT}list"}]
            if inner:
                self.boxes.append(element)
            elif tag != f"{DRAW}a":
                self.context.log.say("a drawing is left out: save it as SVG or PNG")
            else:
                for child in element:
                    self.drawing(child, look)

    def picture(self, frame: _Element, image: _Element) -> Iterator[PlacedPicture]:
        """Yield the picture of a frame."""
        address = image.get(f"{XLINK}href", "")
        if re.match(r"[A-Za-z][\w+.-]*:|//|\.\./", address):
            self.context.log.say(f"a picture is only linked, and links are not opened: {address[:100]}")
            return
        data = self.context.package.read(address.removeprefix("./"), 100_000_000)
        alt = " ".join((frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title") or "").split())
        if data is None:
            self.context.log.say("a picture is missing in the document")
            return
        try:
            path = self.context.pictures.add(data)
        except (Invalid, DrawingError) as error:
            self.context.log.say(f"{f'the picture “{alt}”' if alt else 'a picture'} is left out: it {fault_of(error)}")
            return
        self.context.log.count("picture")
        width, height = (millimetres(frame.get(SVG + side, "")) for side in ("width", "height"))
        floats = frame.get(f"{TEXT}anchor-type") != "as-char" or height > IN_LINE_MM
        yield PlacedPicture(path=path, alt=alt, width=shown_width(width, LINE_MM), floats=floats)


def millimetres(text: str) -> float:
    """Return a length of the format in millimetres, or 0.

    >>> millimetres("2.5cm")
    25.0
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(mm|cm|in|pt|px)", text)
    return float(found[1]) * UNITS[found[2]] if found else 0.0


def _people(text: str) -> Iterator[dict[str, str]]:
    for name in re.split(r"\s*(?:;|\band\b|&)\s*", text):
        family, comma, given = name.partition(",")
        if comma:
            yield {"family": family.strip(), "given": given.strip()}
        elif name.strip():
            yield {"literal": name.strip()}

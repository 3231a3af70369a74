"""Reading of a document that comes back from review: its comments and tracked changes, each with its lines."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.interchange.docx_context import W, element_text
from leaflet.interchange.docx_formats import value
from leaflet.interchange.office_package import OfficePackage, open_package, refused, relationships
from leaflet.interchange.review_places import DIGEST_PROPERTY, SOURCE_PROPERTY, lines_of

CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
MADE_UP = "\ue000"
CITATION_STYLE = "LeafletCitation"
INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
FORMAT_CHANGES = (f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}numberingChange")
SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}


class TextEdit(Struct, frozen=True, kw_only=True):
    """A tracked change of a paragraph: characters ``start`` to ``end`` of its old text become ``text``."""

    start: int
    end: int
    text: str
    author: str


class ReviewComment(Struct, frozen=True, kw_only=True):
    """A comment, with the words that it is about."""

    author: str
    text: str
    about: str


class ReviewedParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph that came back: its lines in the source, its text before all changes, and the changes."""

    lines: tuple[int, int] | None
    old: str
    edits: tuple[TextEdit, ...]
    comments: tuple[ReviewComment, ...]
    is_new: bool = False
    """True for a paragraph that was inserted as a whole."""
    is_gone: bool = False
    """True for a paragraph that was deleted as a whole, with its end."""
    is_joined: bool = False
    """True where its end was inserted or deleted, and not the whole: it was cut in two, or joined with the next."""
    made_up: tuple[tuple[int, int], ...] = ()
    """Stretches of the old text that leaflet made: formatted citations."""
    ends_new: bool = False
    """True where its end was inserted."""
    format_changes: int = 0

    @property
    def own_text(self) -> str:
        """The old text with another character in place of each that leaflet made."""
        text = self.old
        for start, end in self.made_up:
            text = text[:start] + MADE_UP * (end - start) + text[end:]
        return text

    @property
    def new(self) -> str:
        """The text with all changes."""
        text = self.old
        for edit in sorted(self.edits, key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text


class ReviewedDocument(Struct, frozen=True, kw_only=True):
    """A document that came back from review."""

    source: str
    """The source's path in its workspace."""
    digest: str
    """SHA-256 of the source as it was exported."""
    paragraphs: tuple[ReviewedParagraph, ...]


def read_reviewed(data: bytes, name: str) -> ReviewedDocument:
    """Return what a document that was exported for review holds.

    Raises:
        SourceError: it cannot be read, or was not exported by leaflet.
    """
    package = open_package(data, name)
    links = relationships(package, "")
    main = next((link.target for link in links.values() if link.kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    properties = _properties(package)
    if body is None or SOURCE_PROPERTY not in properties:
        hint = "review documents are made by leaflet export; any other document is imported without --review"
        raise refused(name, "this document was not exported by leaflet for review", hint)
    remarks = _remarks(package, main)
    paragraphs = [reader.read(element) for element in body.iter(f"{W}p") for reader in [_Paragraph(remarks=remarks)]]
    notes = _part(package, main, "footnotes")
    for element in notes.iter(f"{W}p") if notes is not None else ():
        paragraphs.append(_Paragraph(remarks=remarks).read(element))
    paragraphs = _with_new_paragraphs(paragraphs)
    return ReviewedDocument(
        source=properties[SOURCE_PROPERTY], digest=properties.get(DIGEST_PROPERTY, ""), paragraphs=tuple(paragraphs)
    )


def _with_new_paragraphs(paragraphs: list[ReviewedParagraph]) -> list[ReviewedParagraph]:
    """Return paragraphs in which one that was typed at the end of another is new, and the other is whole.

    Word and LibreOffice store the end that was inserted with the earlier of the two.
    """
    made: list[ReviewedParagraph] = []
    for paragraph in paragraphs:
        before = made[-1] if made else None
        is_typed = not paragraph.old.strip() and paragraph.lines is None and paragraph.new.strip() != ""
        if before is not None and before.ends_new and is_typed and (before.is_joined or before.is_new):
            made[-1] = replace(before, is_joined=False)
            paragraph = replace(paragraph, is_new=True, is_joined=False)
        made.append(paragraph)
    return made


def _properties(package: OfficePackage) -> dict[str, str]:
    root = package.xml("docProps/custom.xml")
    if root is None:
        return {}
    return {each.get("name", ""): "".join(each.itertext()).strip() for each in root.iter(f"{CUSTOM}property")}


def _part(package: OfficePackage, main: str, kind: str) -> _Element | None:
    target = next((link.target for link in relationships(package, main).values() if link.kind == kind), None)
    return package.xml(target) if target else None


def _remarks(package: OfficePackage, main: str) -> dict[str, tuple[str, str]]:
    root = _part(package, main, "comments")
    return {
        each.get(f"{W}id", ""): (each.get(f"{W}author", ""), element_text(each))
        for each in (root if root is not None else ())
    }


class _Paragraph(Struct, kw_only=True):
    """Reader of one paragraph."""

    remarks: dict[str, tuple[str, str]]
    old: str = ""
    edits: list[TextEdit] = field(default_factory=list)
    comments: list[ReviewComment] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    """Beginnings of the words that comments are about, by the identifiers of these."""
    code_depth: int = 0
    made_up: list[tuple[int, int]] = field(default_factory=list)
    lines: tuple[int, int] | None = None

    def read(self, element: _Element) -> ReviewedParagraph:
        """Return the paragraph with its changes."""
        self.children(element, None)
        mark = element.find(f"{W}pPr/{W}rPr")
        mark_inserted = mark is not None and any(mark.find(tag) is not None for tag in INSERTED)
        mark_deleted = mark is not None and any(mark.find(tag) is not None for tag in DELETED)
        deleted = sum(edit.end - edit.start for edit in self.edits)
        inserted = any(edit.text for edit in self.edits)
        is_new = mark_inserted and not self.old.strip()
        is_gone = mark_deleted and bool(self.old) and deleted == len(self.old) and not inserted
        return ReviewedParagraph(
            lines=self.lines,
            old=self.old,
            edits=tuple(_joined(self.edits)),
            comments=tuple(self.comments),
            is_new=is_new,
            is_gone=is_gone,
            made_up=tuple(self.made_up),
            ends_new=mark_inserted,
            is_joined=(mark_inserted and not is_new) or (mark_deleted and not is_gone),
            format_changes=sum(1 for _ in element.iter(*FORMAT_CHANGES)),
        )

    def children(self, element: _Element, change: tuple[bool, str] | None) -> None:
        """Read elements; ``change`` says whether they were inserted, and by whom."""
        for child in element:
            tag = child.tag
            if tag in INSERTED or tag in DELETED:
                self.children(child, (tag in INSERTED, child.get(f"{W}author", "")))
            elif tag == f"{W}bookmarkStart":
                self.lines = self.lines or lines_of(child.get(f"{W}name", ""))
            elif tag == f"{W}commentRangeStart":
                self.starts[child.get(f"{W}id", "")] = len(self.old)
            elif tag == f"{W}r":
                self.run(child, change)
            elif tag not in {f"{W}pPr", f"{W}p"}:
                self.children(child, change)

    def run(self, element: _Element, change: tuple[bool, str] | None) -> None:
        """Read a run."""
        start = len(self.old)
        self.parts_of_run(element, change)
        if value(element.find(f"{W}rPr"), "rStyle") == CITATION_STYLE and len(self.old) > start:
            self.made_up.append((start, len(self.old)))

    def parts_of_run(self, element: _Element, change: tuple[bool, str] | None) -> None:
        """Read what is in a run."""
        for child in element:
            tag = child.tag
            if tag == f"{W}fldChar":
                kind = child.get(f"{W}fldCharType")
                self.code_depth += {"begin": 1, "separate": -1}.get(kind or "", 0)
            elif tag in {f"{W}t", f"{W}delText"} and not self.code_depth:
                self.words(child.text or "", change)
            elif tag in SPACES:
                self.words(SPACES[tag], change)
            elif tag == f"{W}commentReference":
                identifier = child.get(f"{W}id", "")
                author, text = self.remarks.get(identifier, ("", ""))
                about = self.old[self.starts.get(identifier, len(self.old)) :]
                self.comments.append(ReviewComment(author=author, text=text, about=" ".join(about.split())))

    def words(self, text: str, change: tuple[bool, str] | None) -> None:
        """Add words to the old text, or an edit."""
        at = len(self.old)
        if change is None:
            self.old += text
        elif change[0]:
            self.edits.append(TextEdit(start=at, end=at, text=text, author=change[1]))
        else:
            self.old += text
            self.edits.append(TextEdit(start=at, end=at + len(text), text="", author=change[1]))


def _joined(edits: list[TextEdit]) -> Iterator[TextEdit]:
    """Yield edits with those joined that follow each other: a deletion and an insertion are a replacement."""
    pending: TextEdit | None = None
    for edit in edits:
        if pending is not None and pending.author == edit.author and edit.start == pending.end:
            pending = TextEdit(start=pending.start, end=edit.end, text=pending.text + edit.text, author=edit.author)
            continue
        if pending is not None:
            yield pending
        pending = edit
    if pending is not None:
        yield pending

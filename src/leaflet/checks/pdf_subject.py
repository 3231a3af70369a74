"""A PDF file as rules see it: its objects, its tags, its fonts, and what its pages draw."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

import pikepdf
from lxml import etree
from msgspec import Struct

from leaflet.checks.page_drawing import PageDrawing, PageRectangle, read_drawing
from leaflet.checks.pdf_streams import unpacked_size
from leaflet.errors import LeafletError, Location, Problem

STANDARD_TYPES = frozenset(
    "Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP "
    "Warichu WT WP Figure Formula Form Aside Title FENote Sub Em Strong Artifact".split()
)
DEEPEST = 200
LARGEST_METADATA = 10_000_000
DC = "http://purl.org/dc/elements/1.1/"
PDF_UA = "http://www.aiim.org/pdfua/ns/id/"


class PdfRole(StrEnum):
    """The purpose of a PDF file."""

    READING = "reading"
    SHEET = "sheet"
    OTHER = "other"


class StructureTag(Struct, frozen=True, kw_only=True):
    """One structure element, with its standard type."""

    kind: str
    element: pikepdf.Object
    kids: tuple[StructureTag, ...]
    content: tuple[tuple[int | None, int], ...]
    """The marked contents directly in it: the page's index and the number of the content."""
    objects: tuple[pikepdf.Object, ...]
    """The annotations in it."""

    def walk(self) -> Iterator[StructureTag]:
        """Yield the tag and all tags in it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def text_of(self, key: str) -> str:
        """Return the value of ``/Alt``, ``/ActualText`` or another key that holds text."""
        value = self.element.get(key)
        return str(value) if isinstance(value, pikepdf.String) else ""


class PdfSubject(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """One PDF file, of leaflet or of another program."""

    name: str
    pdf: pikepdf.Pdf
    role: PdfRole = PdfRole.OTHER
    labels: tuple[str, ...] = ()
    """The names of the panels on its pages, where they are known."""
    for_press: bool = False

    @property
    def root(self) -> pikepdf.Object:
        """The catalogue."""
        return self.pdf.Root

    @property
    def whole(self) -> str:
        """The name of the file as a whole beside those of its pages; empty where there is only one file."""
        return "" if self.role is PdfRole.OTHER else f"{self.role} PDF"

    def panel(self, page: int) -> str:
        """Return the name of the panel on the page of that index, or the page's number."""
        if page < len(self.labels):
            return self.labels[page]
        return f"sheet side {page + 1}" if self.role is PdfRole.SHEET else f"page {page + 1}"

    @cached_property
    def xmp(self) -> etree._Element | None:
        """The metadata packet; None where there is none or it is not XML."""
        stream = self.root.get("/Metadata")
        if not isinstance(stream, pikepdf.Stream) or unpacked_size(stream, LARGEST_METADATA) > LARGEST_METADATA:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(stream.read_bytes(), parser)
        except (etree.XMLSyntaxError, pikepdf.PdfError):
            return None

    def claim(self, namespace: str, name: str) -> str:
        """Return a property of the metadata as text, written as an element or as an attribute."""
        if self.xmp is None:
            return ""
        tag = f"{{{namespace}}}{name}"
        for element in self.xmp.iter():
            if element.tag == tag:
                return " ".join("".join(element.itertext()).split())
            if tag in element.attrib:
                return str(element.attrib[tag])
        return ""

    @property
    def is_tagged(self) -> bool:
        """True if the file has a structure tree and says that it is tagged."""
        information = self.root.get("/MarkInfo")
        marked = isinstance(information, pikepdf.Dictionary) and bool(information.get("/Marked", False))
        return marked and "/StructTreeRoot" in self.root

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The standard types of the file's own types of structure."""
        given = self._tree.get("/RoleMap")
        return {str(key): str(value) for key, value in given.items()} if isinstance(given, pikepdf.Dictionary) else {}

    @cached_property
    def page_numbers(self) -> Mapping[tuple[int, int], int]:
        """The indices of pages by their objects' numbers."""
        return {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}

    @cached_property
    def tags(self) -> tuple[StructureTag, ...]:
        """The structure tree, from the elements directly in its root."""
        kids = (kid for kid in _list(self._tree.get("/K")) if isinstance(kid, pikepdf.Dictionary))
        seen: set[tuple[int, int]] = set()
        return tuple(self._tag(kid, None, 0, seen) for kid in kids if _is_new(kid, seen))

    @property
    def _tree(self) -> pikepdf.Object:
        found = self.root.get("/StructTreeRoot")
        return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()

    def all_tags(self) -> tuple[StructureTag, ...]:
        """Return all tags in reading order."""
        return self._all_tags

    @cached_property
    def _all_tags(self) -> tuple[StructureTag, ...]:
        return tuple(found for tag in self.tags for found in tag.walk())

    def _tag(self, element: pikepdf.Object, page: int | None, depth: int, seen: set[tuple[int, int]]) -> StructureTag:
        page = self._page(element, page)
        kids: list[StructureTag] = []
        content: list[tuple[int | None, int]] = []
        objects: list[pikepdf.Object] = []
        for kid in _list(element.get("/K")):
            if isinstance(kid, int):
                content.append((page, kid))
            elif not isinstance(kid, pikepdf.Dictionary):
                continue
            elif kid.get("/Type") == "/MCR":
                content.append((self._page(kid, page), int(kid.get("/MCID", -1))))
            elif kid.get("/Type") == "/OBJR":
                objects += [kid.Obj] if "/Obj" in kid else []
            elif depth < DEEPEST and _is_new(kid, seen):
                kids.append(self._tag(kid, page, depth + 1, seen))
        return StructureTag(
            kind=self.standard(str(element.get("/S", ""))),
            element=element,
            kids=tuple(kids),
            content=tuple(content),
            objects=tuple(objects),
        )

    def _page(self, element: pikepdf.Object, otherwise: int | None) -> int | None:
        page = element.get("/Pg")
        return self.page_numbers.get(page.objgen, otherwise) if isinstance(page, pikepdf.Dictionary) else otherwise

    def standard(self, kind: str) -> str:
        """Return the standard type that a type of structure is mapped to, without its slash."""
        seen: set[str] = set()
        while kind.removeprefix("/") not in STANDARD_TYPES and kind in self.roles and kind not in seen:
            seen.add(kind)
            kind = self.roles[kind]
        return kind.removeprefix("/")

    def where(self, tag: StructureTag) -> str:
        """Return the panel or page on which a tag has its content."""
        pages = (page for each in tag.walk() for page, _ in each.content if page is not None)
        first = next(pages, None)
        first = self._page(tag.element, None) if first is None else first
        return "" if first is None else self.panel(first)

    @cached_property
    def drawings(self) -> tuple[PageDrawing, ...]:
        """Whatever each page draws: texts, fills, lines, pictures."""
        return tuple(read_drawing(page) for page in self.pdf.pages)

    def annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        """Yield all annotations with the indices of their pages."""
        for index, page in enumerate(self.pdf.pages):
            for annotation in _list(page.get("/Annots")):
                if isinstance(annotation, pikepdf.Dictionary):
                    yield index, annotation

    @cached_property
    def fonts(self) -> tuple[pikepdf.Object, ...]:
        """All fonts that pages and their forms use, each once."""
        found: dict[object, pikepdf.Object] = {}
        for drawing in self.drawings:
            for font in drawing.fonts:
                found.setdefault(font.objgen if font.is_indirect else id(font), font)
        return tuple(found.values())


def font_name(font: pikepdf.Object) -> str:
    """Return the name of a font, without the letters of its subset."""
    return re.sub(r"^[A-Z]{6}\+", "", str(font.get("/BaseFont", "/unnamed")).removeprefix("/"))


def font_descriptor(font: pikepdf.Object) -> pikepdf.Object | None:
    """Return the descriptor of a font, or of the font below a composite one."""
    below = font.get("/DescendantFonts")
    holder = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
    found = holder.get("/FontDescriptor") if isinstance(holder, pikepdf.Dictionary) else None
    return found if isinstance(found, pikepdf.Dictionary) else None


def page_box(page: pikepdf.Page, name: str) -> PageRectangle:
    """Return a box of a page; one that is not given is the next larger one."""
    given = {"/TrimBox": page.trimbox, "/BleedBox": page.bleedbox}.get(name, page.mediabox)
    left, bottom, right, top = (float(value) for value in given)
    return PageRectangle(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def attribute(tag: StructureTag, name: str) -> pikepdf.Object | None:
    """Return an attribute of a structure element, whoever owns it."""
    for owner in _list(tag.element.get("/A")):
        if isinstance(owner, pikepdf.Dictionary) and name in owner:
            return owner[name]
    return None


def _is_new(element: pikepdf.Object, seen: set[tuple[int, int]]) -> bool:
    """Return whether an element was not seen so far: in a tree each has one place, and none is in itself."""
    if not element.is_indirect:
        return True
    is_new = element.objgen not in seen
    seen.add(element.objgen)
    return is_new


def _list(value: object) -> Sequence[pikepdf.Object]:
    if value is None:
        return ()
    return list(value) if isinstance(value, pikepdf.Array) else [value]  # type: ignore[list-item]


def open_pdf(data: bytes, *, name: str) -> pikepdf.Pdf:
    """Open a PDF file from memory; messages call it ``name``.

    Raises:
        LeafletError: it is none, or it is locked.
    """
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        message, hint = "this PDF is locked by a password", "unlock it, and check the open file"
    except pikepdf.PdfError as error:
        message, hint = f"this PDF cannot be read: {str(error).splitlines()[0]}", "save it again as PDF"
    raise LeafletError(Problem(message=message, location=Location(file=name), hint=hint))

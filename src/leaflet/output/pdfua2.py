"""Conversion of a finished file to PDF/UA-2 (ISO 14289-2:2024), which is PDF 2.0; the clauses below are its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, NameTree, Object, OutlineItem, Pdf, String

from leaflet.model.metadata import Metadata
from leaflet.output.pdf_objects import claims_pdf_ua, closed, dictionaries, opened, set_packet
from leaflet.output.xmp import Standard, xmp_packet

VERSION = "2.0"
NAMESPACE = "http://iso.org/pdf2/ssn"
TYPES = frozenset(
    "/Document /DocumentFragment /Part /Sect /Div /Aside /NonStruct /P /H1 /H2 /H3 /H4 /H5 /H6 /Title /FENote /Sub /Lbl /Span "
    "/Em /Strong /Link /Annot /Form /Ruby /RB /RT /RP /Warichu /WT /WP /L /LI /LBody /Table /TR /TH /TD /THead /TBody "
    "/TFoot /Caption /Figure /Formula /Artifact".split()
)
"""The structure types of PDF 2.0; others are those of PDF 1.7, which are allowed beside them."""
HEADINGS = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})
MATHML = "application/mathml+xml"
TARGET = "#"
"""The beginning of the identifier of an element that links lead to; its name follows."""


def accessible_2(data: bytes, metadata: Metadata, formulas: Mapping[str, str]) -> bytes:
    """Return the file ``data``, which was written for PDF/UA-2 and tagged as PDF/UA-1, as PDF/UA-2.

    ``formulas`` is the MathML of each formula by its alternative text. A file that does not claim to be PDF/UA claims
    nothing afterwards.
    """
    pdf = opened(data)
    if "/StructTreeRoot" not in pdf.Root:
        return data
    tree = _Tree(pdf=pdf)
    tree.rename_notes()
    tree.divide()
    tree.set_namespace()
    targets = tree.targets
    _lead_to_elements(pdf, tree, targets)
    _refer(tree, targets)
    _attach_mathml(tree, formulas)
    set_packet(pdf, xmp_packet(metadata, [Standard.UA_2] if claims_pdf_ua(pdf) else []))
    return closed(pdf, VERSION)


class _Tree(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """The structure tree of a file."""

    pdf: Pdf

    @cached_property
    def elements(self) -> tuple[Object, ...]:
        """All structure elements, in reading order."""
        return tuple(_below(self.pdf.Root.StructTreeRoot))

    @cached_property
    def targets(self) -> Mapping[str, Object]:
        """The elements that links lead to, by the names of their places."""
        named = ((str(element.get("/ID", "")), element) for element in self.elements)
        return {name.removeprefix(TARGET): element for name, element in named if name.startswith(TARGET)}

    def first_on(self, page: Object) -> Object:
        """Return the first element of a page, or that of the document."""
        on_page = (element for element in self.elements if element.get("/Pg") == page)
        return next(on_page, self.elements[0])

    def rename_notes(self) -> None:
        """Make each note what PDF 2.0 calls one (8.2.5.14)."""
        for element in self.elements:
            if element.S == "/Note":
                element.S = Name.FENote
                element.A = Dictionary(O=Name.FENote, NoteType=Name.Footnote)

    def divide(self) -> None:
        """Make groups of elements of two kinds that PDF 2.0 does not let hold what they hold.

        A figure of HTML is an element without a meaning of its own, so that its caption counts as its parent's, where it
        would be amid others (8.2.5.27); and a paragraph holds no paragraphs (ISO 32005).
        """
        for element in self.elements:
            kinds = {_type(kid) for kid in _kids(element)}
            if element.S == "/NonStruct" and "/Caption" in kinds:
                element.S = Name.Sect
            elif element.S == "/P" and "/P" in kinds:
                element.S = Name.Div

    def set_namespace(self) -> None:
        """Name the namespace of the elements that have a type of PDF 2.0 (8.2.4)."""
        namespace = self.pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(NAMESPACE)))
        self.pdf.Root.StructTreeRoot.Namespaces = Array([namespace])
        for item in dictionaries(self.pdf):
            if item.get("/Type") == "/StructElem" and str(item.S) in TYPES:
                item.NS = namespace


def _below(parent: Object) -> Iterator[Object]:
    for kid in _kids(parent):
        if _type(kid):
            yield kid
            yield from _below(kid)


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _type(kid: object) -> str:
    """Return the structure type of a kid; nothing if it is content."""
    return str(kid.get("/S", "")) if isinstance(kid, Dictionary) and kid.get("/Type") == "/StructElem" else ""


def _lead_to_elements(pdf: Pdf, tree: _Tree, targets: Mapping[str, Object]) -> None:
    """Let each place in the file name its element, beside the page for readers of PDF 1.7 (8.8)."""
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is not None:
        places = NameTree(names)
        for name, place in list(places.items()):
            page = place.D if isinstance(place, Dictionary) else place
            places[name] = Dictionary(D=page, SD=_at(targets.get(str(name)) or tree.first_on(page[0]), page))
    headings = [element for element in tree.elements if element.S in HEADINGS]
    with pdf.open_outline() as outline:
        items = list(_outline(outline.root))
    for number, item in enumerate(items):
        held = item.obj
        if held is None or "/Dest" not in held:
            continue
        page = held["/Dest"]
        element = headings[number] if len(headings) == len(items) else tree.first_on(page[0])
        held.A = Dictionary(Type=Name.Action, S=Name.GoTo, D=page, SD=_at(element, page))
        del held["/Dest"]


def _outline(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _outline(item.children)


def _at(element: Object, page: Object) -> Array:
    """Return the destination ``page``, with the element in place of the page."""
    return Array([element, *list(page)[1:]])


def _refer(tree: _Tree, targets: Mapping[str, Object]) -> None:
    """Let a link to a note and the note name each other (8.2.5.14), and an entry of the contents its part (8.2.5.8)."""
    for element in tree.elements:
        target = next((targets[name] for name in _names(element) if name in targets), None)
        note, entry = _around(target, "/FENote"), _around(element, "/TOCI")
        if note is not None:
            element.Ref = Array([note])
            note.Ref = Array([*note.get("/Ref", Array()), element])
        if target is not None and entry is not None:
            entry.Ref = Array([target])


def _names(element: Object) -> Iterator[str]:
    """Yield the places in the file to which the annotations of an element lead."""
    for kid in _kids(element) if element.S == "/Link" else ():
        link = kid.get("/Obj") if isinstance(kid, Dictionary) else None
        place = link.get("/Dest") if link is not None else None
        if isinstance(place, String):
            yield str(place)


def _around(element: Object | None, kind: str) -> Object | None:
    """Return the element of a kind that is ``element`` or around it."""
    around = element
    while around is not None and around.get("/Type") == "/StructElem":
        if kind == around.S:
            return around
        around = around.get("/P")
    return None


def _attach_mathml(tree: _Tree, formulas: Mapping[str, str]) -> None:
    """Give each formula its MathML as an associated file (8.2.5.29), once for all that read the same."""
    files: dict[str, Object] = {}
    for element in tree.elements:
        spoken = str(element.get("/Alt", ""))
        if element.S != "/Formula" or spoken not in formulas:
            continue
        if spoken not in files:
            name = f"formula-{len(files) + 1}.mml"
            file = AttachedFileSpec(
                tree.pdf,
                formulas[spoken].encode(),
                filename=name,
                description=f"MathML of the formula {spoken}",
                mime_type=MATHML,
                relationship=Name.Supplement,
            )
            files[spoken] = tree.pdf.make_indirect(file.obj)
        element.AF = Array([files[spoken]])

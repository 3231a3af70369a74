"""One PDF for the print run: every variant's sheets in order, with fonts, pictures and forms that are equal stored once.

Tags, links and forms are left out: a press needs none of them, and each variant's own files keep them. The press that
they were all made for stays named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import repeat
from pathlib import Path

from msgspec import Struct, field
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from leaflet.batch.output.separators import STRIP, SeparatorLabel, mark_pages, separator_pages
from leaflet.batch.output.split import Split
from leaflet.files import OverwritePolicy, delete_own, read_file, write_together

MARK = "/LeafletJobMark"
INTENTS = "/OutputIntents"
LARGEST = 2_000_000_000
"""In bytes, of one variant's file."""
OVERHEAD = 150
"""The approximate size of an object beside its stream."""

PAGE_KEYS = (
    "/Contents",
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Resources",
    "/Rotate",
    "/UserUnit",
)
"""The keys of a page that matter for printing."""
LEFT_OUT = frozenset({"/StructParents", "/StructParent", "/Parent", "/Metadata", "/PieceInfo", "/LastModified"})


AT_ONCE = 100
"""Variants whose labels are laid out together."""


class PrintRunPart(Struct, frozen=True, kw_only=True):
    """One variant of a print run."""

    title: str
    """The title of its bookmark."""
    path: Path
    facts: Sequence[tuple[str, str]] = ()
    """The field values on its separator sheet."""


class PrintRunLabels(Struct, frozen=True, kw_only=True):
    """The labels of the variants in a print run."""

    separators: bool = False
    """A sheet with its name before each variant; it has as many sides as the paper needs to stay in step."""
    marks: bool = False
    """The variant's name in a strip below each of its sheets, outside the trim."""


def combine(
    parts: Sequence[PrintRunPart],
    folder: Path,
    stem: str,
    policy: OverwritePolicy,
    *,
    labels: PrintRunLabels = PrintRunLabels(),
    split: Split | None = None,
) -> tuple[Path, ...]:
    """Write the pages of ``parts`` in order into ``stem.pdf``, or into ``stem-1.pdf`` and so on where it is split.

    Each file appears whole or not at all. Files of the same kind from another run, which would be printed by mistake,
    are deleted if leaflet wrote them.
    """
    written: list[Path] = []
    run = _Run()
    for part, sheets, label_pages in _labelled(parts, labels):
        size = run.store.size + part.path.stat().st_size
        if split and run.variants and split.is_full(variants=run.variants + 1, size=size):
            written.append(run.write(folder, f"{stem}-{len(written) + 1}.pdf", policy))
            run = _Run()
        run.add(part.title, sheets, label_pages)
    written.append(run.write(folder, f"{stem}-{len(written) + 1}.pdf" if split else f"{stem}.pdf", policy))
    same_kind = re.compile(rf"{re.escape(stem)}(-\d+)?\.pdf")
    others = [path.name for path in folder.iterdir() if same_kind.fullmatch(path.name) and path not in written]
    delete_own(folder, others, policy)
    return tuple(written)


class _LabelPages(Struct, frozen=True, kw_only=True):
    """The separator sheet and the job mark of a variant, if they are wanted."""

    separator: PageObject | None = None
    mark: PageObject | None = None


def _labelled(
    parts: Sequence[PrintRunPart], labels: PrintRunLabels
) -> Iterator[tuple[PrintRunPart, PdfReader, _LabelPages]]:
    for start in range(0, len(parts), AT_ONCE):
        some = parts[start : start + AT_ONCE]
        readers = [
            PdfReader(BytesIO(read_file(part.path, inside=(part.path.parent,), largest=LARGEST))) for part in some
        ]
        said = [
            SeparatorLabel(
                title=part.title,
                count=f"{start + number} of {len(parts)}",
                facts=part.facts,
                width=float(reader.pages[0].mediabox.width),
                height=float(reader.pages[0].mediabox.height),
            )
            for number, (part, reader) in enumerate(zip(some, readers, strict=True), start=1)
        ]
        separators = _pages(separator_pages(said)) if labels.separators else repeat(None)
        marks = _pages(mark_pages(said)) if labels.marks else repeat(None)
        for part, reader, separator, mark in zip(some, readers, separators, marks, strict=False):
            yield part, reader, _LabelPages(separator=separator, mark=mark)


def _pages(data: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(data)).pages)


def _new_store() -> _Store:
    writer = PdfWriter()
    writer.metadata = None
    return _Store(writer=writer)


class _Run(Struct):
    """One growing file of a print run."""

    variants: int = 0
    store: _Store = field(default_factory=_new_store)
    intents: dict[bytes, PdfObject] = field(default_factory=dict)
    """The output intents of the variants, by digest."""

    @property
    def writer(self) -> PdfWriter:
        """The writer of the file."""
        return self.store.writer

    def add(self, title: str, sheets: PdfReader, labels: _LabelPages) -> None:
        first = len(self.writer.pages)
        pages = list(sheets.pages)
        copier = _Copier(store=self.store)
        intents, digest = copier.copy(sheets.root_object.get(INTENTS, ArrayObject()))
        self.intents[digest] = intents
        if labels.separator is not None:
            self.writer.add_page(_Copier(store=self.store).page(labels.separator))
            if len(pages) % 2 == 0:
                box = labels.separator.mediabox
                self.writer.add_blank_page(float(box.width), float(box.height))
        mark = None if labels.mark is None else _Copier(store=self.store).form(labels.mark)
        for page in pages:
            copied = copier.page(page)
            if mark is not None:
                _stamp(copied, mark, self.writer)
            self.writer.add_page(copied)
        self.writer.add_outline_item(title=title, page_number=first)
        self.variants += 1

    def write(self, folder: Path, name: str, policy: OverwritePolicy) -> Path:
        intents = list(self.intents.values())
        if len(intents) == 1 and intents[0]:
            self.writer.root_object[NameObject(INTENTS)] = intents[0]
        stream = BytesIO()
        self.writer.write(stream)
        (path,) = write_together(folder, {name: stream.getvalue()}, policy)
        return path


def _stamp(page: PageObject, mark: IndirectObject, writer: PdfWriter) -> None:
    """Draw ``mark`` in a strip added below the page."""
    box = page.mediabox
    if "/TrimBox" not in page:
        page[NameObject("/TrimBox")] = RectangleObject(box)
    for key in ("/MediaBox", "/CropBox"):
        if key in page:
            edges = page[key].get_object()
            assert isinstance(edges, ArrayObject)
            left, bottom, right, top = (float(edge) for edge in edges)
            page[NameObject(key)] = RectangleObject((left, bottom - STRIP, right, top))
    resources = DictionaryObject(_dictionary(page, "/Resources"))
    forms = DictionaryObject(_dictionary(resources, "/XObject"))
    forms[NameObject(MARK)] = mark
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources
    before, after = StreamObject(), StreamObject()
    before._data = b"q"
    after._data = f"Q q 1 0 0 1 {float(box.left):g} {float(box.bottom) - STRIP:g} cm {MARK} Do Q".encode()
    contents = page.raw_get("/Contents")
    found = contents.get_object()
    middle = found if isinstance(found, ArrayObject) else ArrayObject([contents])
    ends = [writer._add_object(stream) for stream in (before, after)]
    page[NameObject("/Contents")] = ArrayObject([ends[0], *middle, ends[1]])


def _dictionary(parent: DictionaryObject, key: str) -> DictionaryObject:
    """Return the dictionary at ``key``, or an empty one."""
    found = parent[key].get_object() if key in parent else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


class _Store(Struct, kw_only=True):
    """The objects of the new file, by digest."""

    writer: PdfWriter
    known: dict[bytes, IndirectObject] = field(default_factory=dict)
    size: int = 0
    """The approximate size of the objects in bytes."""

    def reference(self, value: PdfObject, digest: bytes) -> IndirectObject:
        if digest not in self.known:
            self.known[digest] = self.writer._add_object(value)
            self.size += len(value._data) + OVERHEAD if isinstance(value, StreamObject) else OVERHEAD
        return self.known[digest]


class _Copier(Struct, kw_only=True):
    """Copier of one file's objects from the leaves up, so that the digest of each is known before it is stored.

    The objects that a page prints never refer back to it once ``LEFT_OUT`` is left out, so there are no cycles.
    """

    store: _Store
    done: dict[tuple[int, int], tuple[PdfObject, bytes]] = field(default_factory=dict)

    def form(self, page: PageObject) -> IndirectObject:
        """Return the drawing of ``page`` as a form for other pages."""
        form = StreamObject()
        contents = page.get_contents()
        form._data = b"" if contents is None else contents.get_data()
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = RectangleObject(page.mediabox)
        form[NameObject("/Resources")] = self.copy(page.raw_get("/Resources"))[0]
        return self.store.writer._add_object(form)

    def page(self, page: PageObject) -> PageObject:
        copied = PageObject(self.store.writer)
        for key in PAGE_KEYS:
            if key in page:
                copied[NameObject(key)] = self.copy(page.raw_get(key))[0]
        copied[NameObject("/Type")] = NameObject("/Page")
        return copied

    def copy(self, value: PdfObject) -> tuple[PdfObject, bytes]:
        """Return the value for the new file, and a digest that equal values share."""
        match value:
            case IndirectObject():
                place = (value.idnum, value.generation)
                if place not in self.done:
                    copied, digest = self.copy(value.get_object() or NullObject())
                    self.done[place] = (self.store.reference(copied, digest), digest)
                return self.done[place]
            case StreamObject():
                entries, digest = self.entries(value)
                stream = StreamObject()
                stream.update(entries)
                stream._data = value._data
                return stream, sha256(b"stream" + digest + sha256(value._data).digest()).digest()
            case DictionaryObject():
                entries, digest = self.entries(value)
                dictionary = DictionaryObject()
                dictionary.update(entries)
                return dictionary, digest
            case ArrayObject():
                items = [self.copy(item) for item in value]
                return ArrayObject(item for item, _ in items), _digest(b"array", *(digest for _, digest in items))
            case NumberObject() | FloatObject():
                return value, _digest(b"number", str(value).encode())
            case _:
                return value, _digest(type(value).__name__.encode(), repr(value).encode())

    def entries(self, dictionary: DictionaryObject) -> tuple[dict[NameObject, PdfObject], bytes]:
        entries: dict[NameObject, PdfObject] = {}
        parts: list[bytes] = []
        for key in sorted(dictionary):
            if key in LEFT_OUT or (key == "/Length" and isinstance(dictionary, StreamObject)):
                continue
            copied, digest = self.copy(dictionary.raw_get(key))
            entries[NameObject(key)] = copied
            parts += [key.encode(), digest]
        return entries, _digest(b"dictionary", *parts)


def _digest(*parts: bytes) -> bytes:
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()

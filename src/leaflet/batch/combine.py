"""One PDF for the print run: every variant's sheets in order, with fonts, pictures and forms that are equal stored once.

Tags, links and forms are left out: a press needs none of them, and each variant's own files keep them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

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
"""What of a page is printed."""
LEFT_OUT = frozenset({"/StructParents", "/StructParent", "/Parent", "/Metadata", "/PieceInfo", "/LastModified"})


def combine(files: Iterable[tuple[str, Path]], target: Path) -> int:
    """Write the pages of ``files`` (a bookmark's title and a PDF) into ``target`` in order; the number of pages.

    The file appears whole or not at all.
    """
    from leaflet.build.write import write_together

    writer = PdfWriter()
    writer.metadata = None
    store = _Store(writer=writer)
    for title, path in files:
        reader = PdfReader(path)
        first = len(writer.pages)
        copier = _Copier(store=store)
        for page in reader.pages:
            writer.add_page(copier.page(page))
        writer.add_outline_item(title=title, page_number=first)
    pages = len(writer.pages)
    stream = BytesIO()
    writer.write(stream)
    write_together(target.parent, {target.name: stream.getvalue()})
    return pages


@dataclass(slots=True, kw_only=True)
class _Store:
    """Objects of the new file by what they are."""

    writer: PdfWriter
    known: dict[bytes, IndirectObject] = field(default_factory=dict)

    def reference(self, value: PdfObject, digest: bytes) -> IndirectObject:
        if digest not in self.known:
            self.known[digest] = self.writer._add_object(value)
        return self.known[digest]


@dataclass(slots=True, kw_only=True)
class _Copier:
    """Copies one file's objects from the leaves up, so that each is known by its content before it is stored.

    What a page prints with never refers back to it once ``LEFT_OUT`` is left out, so there are no circles.
    """

    store: _Store
    done: dict[tuple[int, int], tuple[PdfObject, bytes]] = field(default_factory=dict)

    def page(self, page: Any) -> Any:
        from pypdf import PageObject

        copied = PageObject(self.store.writer)
        for key in PAGE_KEYS:
            if key in page:
                copied[NameObject(key)] = self.copy(page.raw_get(key))[0]
        copied[NameObject("/Type")] = NameObject("/Page")
        return copied

    def copy(self, value: Any) -> tuple[Any, bytes]:
        """The value for the new file, and a digest that equal values share."""
        match value:
            case IndirectObject():
                place = (value.idnum, value.generation)
                if place not in self.done:
                    copied, digest = self.copy(value.get_object())
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

    def entries(self, dictionary: DictionaryObject) -> tuple[dict[Any, Any], bytes]:
        entries: dict[Any, Any] = {}
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

"""Archive of parts, as .docx and .odt files are: read within bounds, and no name in it is ever used as a path."""

from __future__ import annotations

import posixpath
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as CompressionError  # noqa: N812 - zlib's name says nothing

from lxml import etree
from lxml.etree import XMLSyntaxError, _Element
from msgspec import Struct

from leaflet.errors import Location, Problem, SourceError

MOST_BYTES = 400_000_000
"""Of all parts together, after they are unpacked."""
MOST_PARTS = 10_000
LARGEST_TEXT = 60_000_000
"""Bytes of one part that is XML; a novel has two million."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The beginning of Microsoft's older container: a .doc file, or a .docx file with a password in it."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)  # fmt: skip
"""Names of the strict form of Office Open XML (ISO/IEC 29500), and those of the form that all programs write."""


class OfficePackage(Struct, frozen=True, kw_only=True):
    """An archive that was opened; ``name`` is what messages call its file."""

    name: str
    archive: ZipFile
    parts: dict[str, ZipInfo]

    def read(self, part: str, largest: int = MOST_BYTES) -> bytes | None:
        """Return the content of a part, or None where there is none.

        Raises:
            SourceError: it is larger than ``largest`` bytes, or damaged.
        """
        known = self.parts.get(part.lower())
        if known is None:
            return None
        try:
            with self.archive.open(known) as stream:
                data = stream.read(largest + 1)  # the size that the archive names may be a lie
        except (BadZipFile, CompressionError, OSError, EOFError, RuntimeError, NotImplementedError):
            raise refused(self.name, "this document is damaged: a part of it cannot be unpacked") from None
        if len(data) > largest:
            raise refused(
                self.name,
                f"a part of this document is larger than {largest // 1_000_000} MB when it is unpacked",
                "split the document, or make its pictures smaller",
            )
        return data

    def xml(self, part: str) -> _Element | None:
        """Return the root of a part that is XML, or None where there is none.

        Raises:
            SourceError: it is damaged or declares entities.
        """
        data = self.read(part, LARGEST_TEXT)
        if data is None:
            return None
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, self.name)


def open_package(data: bytes, name: str) -> OfficePackage:
    """Return the archive that a file holds.

    Raises:
        SourceError: it is no archive, is encrypted, or would be too large when it is unpacked.
    """
    if data.startswith(OLE):
        if ENCRYPTED in data[:20_000_000]:
            hint = "open it in Word or LibreOffice, save it without a password, and import that file"
            raise refused(name, "this document is encrypted with a password", hint)
        hint = "open it in Word or LibreOffice and save it as .docx"
        raise refused(name, "this is a document of an older Word, not a .docx file", hint)
    try:
        archive = ZipFile(BytesIO(data))
        infos = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise refused(name, "this document is damaged, or is not what its suffix says") from None
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise refused(
            name,
            f"this document would be larger than {MOST_BYTES // 1_000_000} MB when it is unpacked",
            "split the document, or make its pictures smaller",
        )
    if any(info.flag_bits & 1 for info in infos):
        hint = "save it without a password, and import that file"
        raise refused(name, "this document is encrypted with a password", hint)
    return OfficePackage(name=name, archive=archive, parts={info.filename.lower(): info for info in infos})


def parse_xml(data: bytes, name: str) -> _Element:
    """Return the root of ``data``; nothing is fetched, and no entity is resolved.

    Raises:
        SourceError: it is no XML, or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (XMLSyntaxError, ValueError):
        raise refused(name, "this document is damaged: a part of it is no XML that can be read") from None
    if root.getroottree().docinfo.doctype:
        hint = "no word processor writes such a part; do not use this document"
        raise refused(name, "a part of this document declares entities, which leaflet does not read", hint)
    return root


def refused(
    name: str, message: str, hint: str = "open it in the program that made it and save it once more"
) -> SourceError:
    """Return the error for a document that cannot be imported."""
    return SourceError(Problem(message=message, location=Location(file=name), hint=hint))


class Relationship(Struct, frozen=True, kw_only=True):
    """A reference of a part of a .docx file to another part, or to something outside."""

    kind: str
    target: str
    is_external: bool


def relationships(package: OfficePackage, part: str) -> dict[str, Relationship]:
    """Return the relationships of a part by their identifiers; targets inside are names of parts."""
    folder, _, file = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
    found: dict[str, Relationship] = {}
    for element in root if root is not None else ():
        target = element.get("Target", "")
        is_external = element.get("TargetMode") == "External"
        if not is_external:
            joined = target if target.startswith("/") else posixpath.join("/", folder, unquote(target))
            target = posixpath.normpath(joined).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = Relationship(kind=kind, target=target, is_external=is_external)
    return found

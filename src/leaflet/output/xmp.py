"""XMP packet of a PDF: Dublin Core, PRISM and the standards that the file conforms to.

The properties are those of XMP part 1 and 2 (ISO 16684-1), PRISM 2.0 and the clauses named below. Nothing in a packet
comes from a clock or from chance, so the same leaflet always gets the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeAlias

from lxml import etree
from msgspec import Struct

from leaflet.model.metadata import Metadata, PartialDate
from leaflet.version import VERSION

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
CREATOR = f"leaflet {VERSION}"
HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
TAIL = b'\n<?xpacket end="r"?>'
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WEB = re.compile(r"https?://\S+")


class Standard(StrEnum):
    """A standard that a file may conform to, by its usual name."""

    UA_1 = "PDF/UA-1"
    UA_2 = "PDF/UA-2"
    A_2A = "PDF/A-2a"
    A_3A = "PDF/A-3a"
    X_4 = "PDF/X-4"


class ValueForm(StrEnum):
    """The form in which XMP writes a value: as text, as text in one language, in order, or in any order."""

    TEXT = ""
    LANGUAGE = "Alt"
    ORDERED = "Seq"
    UNORDERED = "Bag"


class Edition(Struct, frozen=True, kw_only=True):
    """One print edition of a file, as PDF/X identifies it: the day it was made (W3C form) and a name of its own."""

    day: str
    identifier: str


Property: TypeAlias = tuple[str, ValueForm, tuple[str, ...]]

EXTENSIONS: dict[str, tuple[str, tuple[tuple[str, str, str, str], ...]]] = {
    "pdfuaid": ("PDF/UA identification", (("part", "Integer", "internal", "Which part of ISO 14289 the file keeps"),)),
    "prism": (
        "PRISM basic metadata",
        (
            ("doi", "Text", "external", "Digital object identifier"),
            ("url", "URI", "external", "Where the publication is found"),
            ("isbn", "Text", "external", "International standard book number"),
            ("issueIdentifier", "Text", "external", "The publisher's number"),
            ("publicationName", "Text", "external", "The series or site that it is part of"),
            ("edition", "Text", "external", "The edition"),
            ("publicationDate", "Date", "external", "The day of publication"),
            ("modificationDate", "Date", "external", "The day of the last change"),
            ("copyright", "Text", "external", "The copyright line"),
            ("keyword", "bag Text", "external", "Words under which it is found"),
        ),
    ),
}
"""Namespaces that PDF/A does not know and wants described (ISO 19005-2, 6.6.2.3), with the properties in use."""


def xmp_packet(metadata: Metadata, standards: Iterable[Standard], edition: Edition | None = None) -> bytes:
    """Return the packet for a file that conforms to ``standards``; ``edition`` is needed for PDF/X."""
    root = etree.Element(_name("x:xmpmeta"), nsmap={"x": NAMESPACES["x"]})
    tree = etree.SubElement(root, _name("rdf:RDF"), nsmap={"rdf": NAMESPACES["rdf"]})
    kept = tuple(standards)
    properties = [*_identification(kept, edition), *_facts(metadata, edition)]
    used = {name for name, _, values in properties if any(values)}
    prefixes = sorted({name.partition(":")[0] for name in used})
    about = etree.SubElement(tree, _name("rdf:Description"), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes})
    about.set(_name("rdf:about"), "")
    for name, kind, values in properties:
        if any(values):
            _write(about, name, kind, [value for value in values if value])
    if {Standard.A_2A, Standard.A_3A} & set(kept):
        _describe_extensions(tree, used)
    written: bytes = etree.tostring(root, encoding="utf-8", pretty_print=True)
    return HEAD + written.rstrip() + TAIL


def day_of(date: PartialDate | None) -> str:
    """Return a date as XMP writes it, or nothing."""
    return date.iso if date else ""


def _identification(standards: tuple[Standard, ...], edition: Edition | None) -> Iterator[Property]:
    for standard in standards:
        match standard:
            case Standard.UA_1:  # ISO 14289-1, clause 5
                yield "pdfuaid:part", ValueForm.TEXT, ("1",)
            case Standard.UA_2:  # ISO 14289-2, clause 6
                yield "pdfuaid:part", ValueForm.TEXT, ("2",)
                yield "pdfuaid:rev", ValueForm.TEXT, ("2024",)
            case Standard.A_2A | Standard.A_3A:  # ISO 19005-2, 6.6.4
                yield "pdfaid:part", ValueForm.TEXT, (standard.value[-2],)
                yield "pdfaid:conformance", ValueForm.TEXT, ("A",)
            case Standard.X_4:  # ISO 15930-7, 6.3 and 6.4
                assert edition is not None
                yield "pdfxid:GTS_PDFXVersion", ValueForm.TEXT, (standard.value,)
                yield "pdf:Trapped", ValueForm.TEXT, ("False",)
                yield "xmp:MetadataDate", ValueForm.TEXT, (edition.day,)
                yield "xmpMM:DocumentID", ValueForm.TEXT, (f"uuid:{edition.identifier}",)
                yield "xmpMM:VersionID", ValueForm.TEXT, ("1",)
                yield "xmpMM:RenditionClass", ValueForm.TEXT, ("default",)


def _facts(metadata: Metadata, edition: Edition | None) -> Iterator[Property]:
    created, changed = day_of(metadata.date), day_of(metadata.date_modified)
    rights = tuple(dict.fromkeys(text for text in (metadata.copyright, metadata.license) if text))
    yield "dc:format", ValueForm.TEXT, ("application/pdf",)
    yield "dc:type", ValueForm.UNORDERED, ("Text",)
    yield "dc:title", ValueForm.LANGUAGE, (metadata.title,)
    yield "dc:creator", ValueForm.ORDERED, tuple(person.name for person in metadata.authors)
    yield "dc:contributor", ValueForm.UNORDERED, tuple(person.name for person in metadata.reviewers)
    yield "dc:publisher", ValueForm.UNORDERED, (metadata.publisher,)
    yield "dc:description", ValueForm.LANGUAGE, (metadata.abstract or metadata.subtitle,)
    yield "dc:subject", ValueForm.UNORDERED, metadata.keywords
    yield "dc:language", ValueForm.UNORDERED, (metadata.lang,)
    yield "dc:date", ValueForm.ORDERED, (changed or created,)
    yield "dc:identifier", ValueForm.TEXT, (f"doi:{metadata.doi}" if metadata.doi else metadata.url,)
    yield "dc:rights", ValueForm.LANGUAGE, (". ".join(text.rstrip(".") for text in rights),)
    yield "xmpRights:Marked", ValueForm.TEXT, ("True" if rights else "",)
    yield "xmpRights:UsageTerms", ValueForm.LANGUAGE, (metadata.license,)
    yield "xmpRights:WebStatement", ValueForm.TEXT, (metadata.license if WEB.fullmatch(metadata.license) else "",)
    yield "prism:doi", ValueForm.TEXT, (metadata.doi,)
    yield "prism:url", ValueForm.TEXT, (metadata.url,)
    yield "prism:isbn", ValueForm.TEXT, (metadata.isbn,)
    yield "prism:issueIdentifier", ValueForm.TEXT, (metadata.code,)
    yield "prism:publicationName", ValueForm.TEXT, (metadata.container_title,)
    yield "prism:edition", ValueForm.TEXT, (metadata.version,)
    yield "prism:publicationDate", ValueForm.TEXT, (created,)
    yield "prism:modificationDate", ValueForm.TEXT, (changed,)
    yield "prism:copyright", ValueForm.TEXT, (metadata.copyright,)
    yield "prism:keyword", ValueForm.UNORDERED, metadata.keywords
    yield "pdf:Keywords", ValueForm.TEXT, (", ".join(metadata.keywords),)
    yield "xmp:CreatorTool", ValueForm.TEXT, (CREATOR,)
    yield "xmp:CreateDate", ValueForm.TEXT, (edition.day if edition else created,)
    yield "xmp:ModifyDate", ValueForm.TEXT, (edition.day if edition else changed or created,)


def _write(about: etree._Element, name: str, kind: ValueForm, values: list[str]) -> None:
    element = etree.SubElement(about, _name(name))
    if kind is ValueForm.TEXT:
        element.text = NOT_IN_XML.sub("", values[0])
        return
    container = etree.SubElement(element, _name(f"rdf:{kind}"))
    for value in values:
        item = etree.SubElement(container, _name("rdf:li"))
        item.text = NOT_IN_XML.sub("", value)
        if kind is ValueForm.LANGUAGE:
            item.set("{http://www.w3.org/XML/1998/namespace}lang", "x-default")


def _describe_extensions(tree: etree._Element, used: set[str]) -> None:
    """Describe every property in use that is not PDF/A's own."""
    prefixes = ("pdfaExtension", "pdfaSchema", "pdfaProperty")
    about = etree.SubElement(tree, _name("rdf:Description"), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes})
    about.set(_name("rdf:about"), "")
    bag = etree.SubElement(etree.SubElement(about, _name("pdfaExtension:schemas")), _name("rdf:Bag"))
    for prefix, (title, properties) in EXTENSIONS.items():
        described = [one for one in properties if f"{prefix}:{one[0]}" in used]
        if not described:
            continue
        schema = _resource(bag)
        _fields(schema, "pdfaSchema", {"schema": title, "namespaceURI": NAMESPACES[prefix], "prefix": prefix})
        listed = etree.SubElement(etree.SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
        for name, value_type, category, description in described:
            fields = {"name": name, "valueType": value_type, "category": category, "description": description}
            _fields(_resource(listed), "pdfaProperty", fields)


def _resource(container: etree._Element) -> etree._Element:
    item = etree.SubElement(container, _name("rdf:li"))
    item.set(_name("rdf:parseType"), "Resource")
    return item


def _fields(resource: etree._Element, prefix: str, values: dict[str, str]) -> None:
    for name, value in values.items():
        etree.SubElement(resource, _name(f"{prefix}:{name}")).text = value


def _name(prefixed: str) -> str:
    """Return ``dc:title`` as lxml names it."""
    prefix, _, name = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{name}"

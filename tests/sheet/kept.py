"""The content of a PDF beside its looks, gathered so that a file and its sheets can be compared."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NumberObject


def holdings(data: bytes) -> dict[str, Any]:
    """Text, links, bookmarks, named places, form fields, tags, layers and attachments of a PDF."""
    reader = PdfReader(BytesIO(data))
    text = Counter(word for page in reader.pages for word in page.extract_text().split())
    annotations = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    actions = [one.get("/A", {}) for one in annotations]
    pages = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    roles, marked = _tags(reader, pages)
    for name, destination in reader.named_destinations.items():
        assert destination.page.idnum in pages, name
    for one in annotations:
        assert "/P" not in one or one.raw_get("/P").idnum in pages
    return {
        "words": text,
        "annotations": Counter(str(one["/Subtype"]) for one in annotations),
        "addresses": Counter(str(action["/URI"]) for action in actions if "/URI" in action),
        "jumps": sum(
            "/Dest" in one or action.get("/S") == "/GoTo" for one, action in zip(annotations, actions, strict=True)
        ),
        "bookmarks": _bookmarks(reader, reader.outline),
        "named places": sorted(reader.named_destinations),
        "fields": {name: str(field.get("/V")) for name, field in (reader.get_fields() or {}).items()},
        "roles": roles,
        "marked content": marked,
        "attachments": sorted(reader.attachments),
        "layers": len(reader.root_object.get("/OCProperties", {}).get("/OCGs", ())),
        "language": reader.root_object.get("/Lang"),
        "title": reader.metadata.title if reader.metadata else None,
    }


def _bookmarks(reader: PdfReader, outline: Any) -> list[Any]:
    found: list[Any] = []
    for one in outline:
        if isinstance(one, list):
            found.append(_bookmarks(reader, one))
        else:
            assert reader.get_destination_page_number(one) is not None, one.title
            found.append(str(one.title))
    return found


def _tags(reader: PdfReader, pages: set[int]) -> tuple[Counter[str], int]:
    """The elements of the structure tree by role, and how many pieces of content they hold."""
    root = reader.root_object.get("/StructTreeRoot")
    roles: Counter[str] = Counter()
    marked = 0
    waiting: list[Any] = [root.get_object()] if root is not None else []
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            roles[str(element["/S"])] += 1
        if "/Pg" in element:
            assert element.raw_get("/Pg").idnum in pages
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, NumberObject) or kid.get("/Type") == "/MCR":
                marked += 1
            elif isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR":
                assert "/Pg" not in kid or kid.raw_get("/Pg").idnum in pages
            elif isinstance(kid, DictionaryObject):
                waiting.append(kid)
    return roles, marked

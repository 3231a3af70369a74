"""Properties of a web page: its encoding, and what it says of itself."""

from __future__ import annotations

import re

from lxml.etree import _Element

from leaflet.interchange.manuscript import DocumentFacts


def encoding_of(data: bytes) -> str | None:
    """Return the encoding of a page that does not name its own; None where it does."""
    found = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    if found:
        return None  # the parser reads it
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def page_facts(root: _Element) -> DocumentFacts:
    """Return the properties that the head of a page gives."""

    def meta(name: str) -> str:
        found = (each.get("content", "") for each in root.iter("meta") if each.get("name", "").lower() == name)
        return " ".join(next(found, "").split())

    title = next((" ".join((each.text or "").split()) for each in root.iter("title")), "")
    language = root.get("lang", "")
    author = meta("author")
    return DocumentFacts(
        title=title,
        authors=(author,) if author else (),
        keywords=tuple(word.strip() for word in meta("keywords").split(",") if word.strip()),
        abstract=meta("description"),
        language=language if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?", language) else "",
    )

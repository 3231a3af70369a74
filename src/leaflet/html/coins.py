"""References as COinS: OpenURL context objects in the titles of empty spans, which citation managers pick up.

The keys are those of the matrices for journals, books, dissertations, patents and Dublin Core (ANSI/NISO Z39.88).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from leaflet.html.citation_metadata import imported_as, inverted, iso_date, names, plain, text
from leaflet.html.page_parts import safe_address
from leaflet.model.citation import Citations, Item

JOURNALS = frozenset(("article-journal", "article-magazine", "article-newspaper"))
BOOKS = {"book": "book", "chapter": "bookitem", "paper-conference": "proceeding", "report": "report"}
"""The genres of the matrix for books, by CSL type."""
MATRIX = "info:ofi/fmt:kev:mtx:"


def context_objects(citations: Citations) -> tuple[str, ...]:
    """Return the leaflet itself, then every reference that it cites."""
    own = (citations.own_item,) if citations.own_item else ()
    items = (*own, *(reference.item for reference in citations.items))
    return tuple(context_object(plain(item)) for item in items)


def context_object(item: Item) -> str:
    """Return ``item`` as keys and encoded values."""
    pairs = (("ctx_ver", "Z39.88-2004"), *_form(item), *_shared(item))
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs if value)


def _form(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the keys that only items of this form have."""
    kind, title, container = text(item, "type"), text(item, "title"), text(item, "container-title")
    if kind in JOURNALS:
        yield "rft_val_fmt", f"{MATRIX}journal"
        yield from (("rft.genre", "article"), ("rft.atitle", title), ("rft.jtitle", container))
        yield from (("rft.volume", text(item, "volume")), ("rft.issue", text(item, "issue")))
        yield from (("rft.pages", text(item, "page")), ("rft.issn", text(item, "ISSN")))
    elif kind in BOOKS:
        yield "rft_val_fmt", f"{MATRIX}book"
        yield "rft.genre", BOOKS[kind]
        yield from (("rft.atitle", title), ("rft.btitle", container)) if container else (("rft.btitle", title),)
        yield from (("rft.pages", text(item, "page")), ("rft.edition", text(item, "edition")))
        yield from (("rft.series", text(item, "collection-title")), ("rft.tpages", text(item, "number-of-pages")))
    elif kind == "thesis":
        yield "rft_val_fmt", f"{MATRIX}dissertation"
        yield from (("rft.title", title), ("rft.degree", text(item, "genre")), ("rft.inst", text(item, "publisher")))
    elif kind == "patent":
        yield "rft_val_fmt", f"{MATRIX}patent"
        yield from (("rft.title", title), ("rft.number", text(item, "number")))
    else:
        yield from _dublin_core(item, title, container)


def _dublin_core(item: Item, title: str, container: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"{MATRIX}dc"
    yield from (("rft.type", imported_as(item)), ("rft.title", title), ("rft.source", container))
    yield from (("rft.publisher", text(item, "publisher")), ("rft.language", text(item, "language")))
    yield from (("rft.description", text(item, "abstract")), ("rft.identifier", safe_address(text(item, "URL"))))
    yield from (("rft.subject", word.strip()) for word in text(item, "keyword").split(","))


def _shared(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the keys of every form. Importers look for authors under these in that of Dublin Core as well."""
    yield from (("rft.aucorp" if name.get("literal") else "rft.au", inverted(name)) for name in names(item))
    yield "rft.date", iso_date(item)
    if text(item, "type") in JOURNALS | BOOKS.keys() | {"thesis", "patent"}:
        yield from (("rft.pub", text(item, "publisher")), ("rft.place", text(item, "publisher-place")))
        yield "rft.isbn", text(item, "ISBN")
    else:
        yield "rft_id", f"urn:isbn:{text(item, 'ISBN')}" if item.get("ISBN") else ""
    yield "rft_id", safe_address(text(item, "URL"))
    yield "rft_id", f"info:doi/{text(item, 'DOI')}" if item.get("DOI") else ""

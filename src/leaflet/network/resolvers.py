"""Resolvers of identifiers: the reference behind a DOI, an ISBN or a PubMed number, from the server that knows it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NoReturn
from urllib.parse import quote

from msgspec import Struct

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import IdentifierError, bare_doi, is_doi, read_isbn
from leaflet.model.citation import Item
from leaflet.network.connection import Fetcher

CSL_JSON = "application/vnd.citationstyles.csl+json"


class Identifier(StrEnum):
    """The kinds of identifiers that have a resolver."""

    DOI = "doi"
    ISBN = "isbn"
    PMID = "pmid"


class Resolver(Struct, frozen=True, kw_only=True):
    """A server that knows references by their numbers."""

    address: Callable[[str], str]
    accept: str
    read: Callable[[object, str], Item]
    """Makes an item of the decoded answer and the number."""


def resolve(kind: Identifier, number: str, fetcher: Fetcher) -> Item:
    """Return the reference of a number, as a CSL item.

    Raises:
        UnsafeError: the workspace does not allow the server.
        LeafletError: the number is none of its kind, or the server does not know it.
    """
    number = _checked(kind, number)
    resolver = IDENTIFIERS[kind]
    answer = fetcher.fetch(resolver.address(number), accept=resolver.accept)
    try:
        decoded: object = json.loads(answer.data)
    except (ValueError, RecursionError):
        _refuse(kind, number, "the server did not answer with JSON", "it may not know this number")
    return resolver.read(decoded, number)


def _checked(kind: Identifier, number: str) -> str:
    """Return a number in its normal form."""
    match kind:
        case Identifier.DOI:
            bare = bare_doi(number.strip())
            if not is_doi(bare):
                _refuse(kind, number, "this is not a DOI", "write it as in doi:10.1000/182")
            return bare
        case Identifier.ISBN:
            try:
                return read_isbn(number.strip()).replace("-", "")
            except IdentifierError as error:
                _refuse(kind, number, f"this {error}", "look at the last digit")
        case Identifier.PMID:
            if not (number.strip().isascii() and number.strip().isdigit() and len(number.strip()) <= 9):
                _refuse(kind, number, "this is not a PubMed number", "write it as in pmid:12345678")
            return number.strip()


def _csl_item(decoded: object, number: str) -> Item:
    """Return an answer that is a CSL item, or a list of one."""
    found = decoded[0] if isinstance(decoded, list) and len(decoded) == 1 else decoded
    if not isinstance(found, dict) or not found.get("title"):
        _refuse("reference", number, "the server knows no reference of this number", "look for a mistake in it")
    # Crossref adds its own fields, whose names CSL does not have; the readers drop them.
    return {str(key): value for key, value in found.items()}


def _open_library(decoded: object, number: str) -> Item:
    """Return what Open Library says of a book."""
    entries = decoded if isinstance(decoded, dict) else {}
    book = entries.get(f"ISBN:{number}")
    if not isinstance(book, dict) or not book.get("title"):
        _refuse(Identifier.ISBN, number, "Open Library knows no book of this number", "add the reference by hand")
    title = ": ".join(str(book[key]) for key in ("title", "subtitle") if book.get(key))
    item: dict[str, object] = {"type": "book", "title": title, "ISBN": number}
    authors = [{"literal": name} if "," not in name else _inverted(name) for name in _names(book, "authors")]
    if authors:
        item["author"] = [_split(entry) for entry in authors]
    for key, source in (("publisher", "publishers"), ("publisher-place", "publish_places")):
        if names := _names(book, source):
            item[key] = names[0]
    if book.get("publish_date"):
        item["issued"] = {"raw": str(book["publish_date"])}
    if book.get("number_of_pages"):
        item["number-of-pages"] = str(book["number_of_pages"])
    return item


def _names(book: Mapping[str, object], key: str) -> list[str]:
    listed = book.get(key)
    entries = listed if isinstance(listed, list) else []
    return [str(entry["name"]) for entry in entries if isinstance(entry, dict) and entry.get("name")]


def _inverted(name: str) -> dict[str, str]:
    family, _, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()}


def _split(entry: dict[str, str]) -> dict[str, str]:
    """Return a name in its parts: the last word is the family, as Open Library writes names of people."""
    given, _, family = entry.get("literal", "").rpartition(" ")
    return {"family": family, "given": given} if given else entry


IDENTIFIERS: Mapping[Identifier, Resolver] = {
    Identifier.DOI: Resolver(
        address=lambda doi: f"https://doi.org/{quote(doi, safe='/:;()')}", accept=CSL_JSON, read=_csl_item
    ),
    Identifier.ISBN: Resolver(
        address=lambda isbn: f"https://openlibrary.org/api/books?bibkeys=ISBN:{isbn}&format=json&jscmd=data",
        accept="application/json",
        read=_open_library,
    ),
    Identifier.PMID: Resolver(
        address=lambda pmid: f"https://api.ncbi.nlm.nih.gov/lit/ctxp/v1/pubmed/?format=csl&id={pmid}",
        accept="application/json",
        read=_csl_item,
    ),
}


def _refuse(kind: str, number: str, message: str, hint: str) -> NoReturn:
    raise LeafletError(Problem(message=message, location=Location(file=f"{kind}:{number}"), hint=hint)) from None

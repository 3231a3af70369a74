"""Checks of single references: missing fields, wrong identifiers and impossible years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from leaflet.errors import Problem, Severity
from leaflet.files import IdentifierError, bare_doi, is_doi, read_isbn, read_issn
from leaflet.model.citation import Item, Reference

_CREATORS = (
    "author",
    "editor",
    "translator",
    "director",
    "composer",
    "illustrator",
    "performer",
    "compiler",
    "container-author",
)
_WITHOUT_CREATOR = frozenset(
    "webpage post legislation bill legal_case treaty regulation standard hearing entry-encyclopedia entry-dictionary "
    "article-newspaper motion_picture broadcast document dataset software pamphlet patent periodical map figure".split()
)
"""Types that are often rightly without a named creator: styles then begin with the title."""

Finding = tuple[str, str | None]


def check_references(references: Iterable[Reference], *, today: date | None) -> tuple[Problem, ...]:
    """Return all warnings of all references, each with its place and its key."""
    return tuple(
        Problem(message=f"{reference.id}: {message}", location=reference.location, hint=hint, severity=Severity.WARNING)
        for reference in references
        for message, hint in _findings(reference.item, today)
    )


def _findings(item: Item, today: date | None) -> Iterator[Finding]:
    yield from _missing(item)
    yield from _identifiers(item)
    if today is not None:
        yield from _future(item, today)


def _missing(item: Item) -> Iterator[Finding]:
    kind = item.get("type", "document")
    if not item.get("title") and kind not in ("legal_case", "personal_communication", "interview"):
        yield "the title is missing", None
    if not any(item.get(creator) for creator in _CREATORS) and kind not in _WITHOUT_CREATOR:
        yield "nobody is named as author or editor", "add author, or put the organisation's name in double braces there"
    if not item.get("issued") and not item.get("status"):
        yield "the date is missing", "add date; without one, styles print n.d."
    if kind == "article-journal" and not item.get("container-title"):
        yield "the journal is missing", "add journaltitle (container-title in CSL)"
    if kind in ("chapter", "paper-conference") and not item.get("container-title"):
        yield "the book that holds it is missing", "add booktitle (container-title in CSL)"
    if kind == "webpage" and not item.get("URL"):
        yield "the address of the page is missing", "add url"
    if kind == "thesis" and not item.get("publisher"):
        yield "the university is missing", "add institution (publisher in CSL)"


def _identifiers(item: Item) -> Iterator[Finding]:
    doi = str(item.get("DOI", ""))
    if doi and not is_doi(bare_doi(doi)):
        yield f'"{doi}" is not a DOI', "a DOI looks like 10.1000/182"
    for isbn in re.split(r"[,;]|\s(?=97[89])", str(item.get("ISBN", ""))):
        if isbn.strip():
            yield from _wrong(read_isbn, isbn.strip(), "ISBN")
    for issn in re.split(r"[,;]|\s+(?=\d{4}-)", str(item.get("ISSN", ""))):
        if issn.strip():
            yield from _wrong(read_issn, issn.strip(), "ISSN")
    url = str(item.get("URL", ""))
    if url and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+$", url):
        yield f'"{url}" is not a web address', "an address begins with https:// and has no spaces"


def _wrong(read: Callable[[str], str], text: str, kind: str) -> Iterator[Finding]:
    try:
        read(text)
    except IdentifierError as error:
        if error.last_digit:
            yield f'the check digit of {kind} "{text}" is wrong', error.hint
        else:
            yield f'"{text}" {error.problem}', error.hint


def _future(item: Item, today: date) -> Iterator[Finding]:
    for variable in ("issued", "accessed", "original-date"):
        value = item.get(variable)
        points = value.get("date-parts") if isinstance(value, dict) else None
        for point in points or ():
            if point and str(point[0]).strip().lstrip("-").isdigit() and int(point[0]) > today.year:
                yield (
                    f"the year {point[0]} of {variable} is still to come",
                    "if the work is forthcoming, say so: pubstate = {forthcoming}",
                )

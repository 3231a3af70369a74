"""One work under two keys.

What it finds:
Two cited entries with the same DOI, or with the same title, year and first author.

Why:
The list prints the work twice, and styles make "2019a" and "2019b" of it.

Bad:
    [@mandal2019] … [@mandal-2019]

Good:
    [@mandal2019] … [@mandal2019]

When to ignore it:
For parts of one work that are cited as works of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.reference_facts import year_of
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.files import bare_doi
from leaflet.model.citation import Item


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield the second entry of a work."""
    seen: dict[str, str] = {}
    for reference in subject.citations.items:
        for name in _names(reference.item):
            first = seen.setdefault(name, reference.id)
            if first != reference.id:
                message = f'"{reference.id}" is the same work as "{first}"'
                yield Hit(message=message, at=reference.location, hint=f"cite {first} at both places")
                break


def _names(item: Item) -> Iterator[str]:
    doi = bare_doi(str(item.get("DOI") or "").casefold())
    if doi:
        yield f"doi {doi}"
    title = re.sub(r"\W+", " ", str(item.get("title") or "").casefold()).strip()
    authors = item.get("author") or [{}]
    author = str(authors[0].get("family") or authors[0].get("literal") or "").casefold()
    parts = [str(item.get(part) or "") for part in ("type", "volume", "page", "edition", "chapter-number", "number")]
    if title and year_of(item):
        yield " | ".join([title, str(year_of(item)), author, *parts])


RULE = Rule(code="L503", name="duplicate-reference", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)

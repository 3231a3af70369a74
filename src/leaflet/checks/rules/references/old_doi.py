"""DOI in an old form.

What it finds:
Addresses that begin with ``http://dx.doi.org/``, ``https://dx.doi.org/`` or ``http://doi.org/``, and "doi:10…" as
visible text of a link. ``--fix`` writes ``https://doi.org/`` in the source.

Why:
Crossref's guidelines for showing DOIs ask for the whole address with https since 2017.

Bad:
    url = {http://dx.doi.org/10.1000/182}

Good:
    doi = {10.1000/182}

When to ignore it:
In a facsimile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Fix, Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.errors import Location

OLD = re.compile(r"(?:http://(?:dx\.)?|https://dx\.)doi\.org/(?=10\.)")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield old forms in the source, with a fix, and in cited references."""
    for number, line in enumerate(subject.lines, start=1):
        for found in OLD.finditer(line):
            at = Location(file=subject.file, line=number, column=found.start() + 1)
            fix = Fix(at=at, length=len(found[0]), text="https://doi.org/")
            message = f'"{found[0]}" is an old form of a DOI'
            yield Hit(message=message, at=at, length=len(found[0]), hint="write https://doi.org/", fix=fix)
    for reference in subject.citations.items:
        if reference.location is not None and reference.location.file == subject.file:
            continue
        if OLD.match(str(reference.item.get("URL") or "")) and not reference.item.get("DOI"):
            message = f'the address of "{reference.id}" is an old form of its DOI'
            yield Hit(message=message, at=reference.location, hint="write it in the field doi, without the address")


RULE = Rule(code="L505", name="old-doi", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)

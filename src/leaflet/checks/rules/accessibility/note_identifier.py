"""Note without an identifier of its own.

What it finds:
Tags ``Note`` without ``/ID``, and two with the same.

Why:
Matterhorn 19-003 and 19-004, and PAC's quality check of notes.

Bad:
    <Note>

Good:
    <Note ID="note-1">

When to ignore it:
In PDF/UA-2, which has tags ``FENote`` instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield notes that nobody can tell from each other."""
    seen: set[bytes] = set()
    for tag in subject.all_tags():
        if tag.kind != "Note":
            continue
        given = tag.element.get("/ID")
        name = bytes(given) if given is not None else b""
        if not name or name in seen:
            message = "two notes have one identifier" if name else "a note has no identifier"
            yield Hit(
                message=message, hint="give each note an /ID of its own", panel=subject.where(tag) or subject.whole
            )
        seen.add(name)


RULE = Rule(code="L715", name="note-identifier", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)

"""Tag that is no standard type.

What it finds:
Types of structure that are neither standard nor mapped to a standard type, maps that go in circles, and standard types
that are mapped to others.

Why:
Matterhorn 02-001, 02-003 and 02-004. A program does not know what the part is.

Bad:
    <Überschrift>, without an entry in /RoleMap

Good:
    <Überschrift>, mapped to H1

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import STANDARD_TYPES, PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield types that nobody knows."""
    for name in sorted({tag.kind for tag in subject.all_tags()} - STANDARD_TYPES):
        hint = "map it to a standard type in /RoleMap"
        yield Hit(message=f'"{name}" is no standard tag', hint=hint, panel=subject.whole)
    for name in subject.roles:
        if name.removeprefix("/") in STANDARD_TYPES and subject.roles[name] != name:
            message = f"the standard tag {name.removeprefix('/')} is mapped to {subject.roles[name].removeprefix('/')}"
            yield Hit(message=message, hint="take the entry out of /RoleMap", panel=subject.whole)


RULE = Rule(code="L713", name="unknown-tag", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)

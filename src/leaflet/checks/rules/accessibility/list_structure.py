"""List whose items cannot be counted.

What it finds:
Tags ``L`` that hold something other than items and a caption, and items with something other than a label and a body.

Why:
PDF/UA-1 7.6 and PAC's quality check of lists: a screen reader says "list with four items".

Bad:
    <L><P>one</P></L>

Good:
    <L><LI><LBody>one</LBody></LI></L>

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

ALLOWED = {
    "L": frozenset({"LI", "L", "Caption", "Artifact"}),
    "LI": frozenset({"Lbl", "LBody", "Artifact", "NonStruct"}),
}


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield lists with stray tags."""
    for tag in subject.all_tags():
        stray = {kid.kind for kid in tag.kids} - ALLOWED[tag.kind] if tag.kind in ALLOWED else set()
        if stray or (tag.kind in ALLOWED and tag.content):
            what = ", ".join(sorted(stray)) or "text of its own"
            name = "a list" if tag.kind == "L" else "an item of a list"
            hint = "a list holds LI, and an item Lbl and LBody"
            yield Hit(message=f"{name} holds {what}", hint=hint, panel=subject.where(tag) or subject.whole)


RULE = Rule(code="L712", name="list-structure", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)

"""Link that a screen reader cannot use.

What it finds:
Link annotations without a description (``/Contents``), and links in no tag ``Link``; other annotations that are not in the
tree.

Why:
Matterhorn 28-002, 28-004, 28-011 and 28-012; WCAG 2.4.4.

Bad:
    An annotation /Link that is in no structure element.

Good:
    <Link> with the words and the annotation, and /Contents (The leaflet on the web).

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

HIDDEN = 2
OUTSIDE = frozenset({"/Popup", "/PrinterMark"})


def find(subject: PdfSubject) -> Iterator[Hit]:
    """Yield annotations that are not tagged or say nothing."""
    if not subject.is_tagged:
        return
    holders = {thing.objgen: tag.kind for tag in subject.all_tags() for thing in tag.objects}
    for page, annotation in subject.annotations():
        kind = str(annotation.get("/Subtype", ""))
        if kind in OUTSIDE or int(annotation.get("/F", 0)) & HIDDEN:
            continue
        holder = holders.get(annotation.objgen)
        label = subject.panel(page)
        if holder is None:
            message = f"{'a link' if kind == '/Link' else 'an annotation'} is in no tag"
            yield Hit(message=message, hint="put it into a tag Link or Annot", panel=label)
        elif kind == "/Link" and holder != "Link":
            yield Hit(message=f"a link is in a tag {holder}", hint="put it into a tag Link", panel=label)
        if kind == "/Link" and not str(annotation.get("/Contents", "")).strip():
            yield Hit(message="a link has no description", hint="say in /Contents where it leads", panel=label)


RULE = Rule(code="L708", name="link-tags", area=Area.PDF, packs=packs(Pack.BASE), check=find, page=__doc__)

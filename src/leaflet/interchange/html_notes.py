"""Footnotes and comments of web pages: marks that lead to a text, which leads back."""

from __future__ import annotations

from lxml.etree import _Element
from msgspec import Struct, field

BODIES = frozenset({"p", "li", "div", "aside", "dd", "td"})
GOOGLE_COMMENT = "#cmnt"


class HtmlNotes(Struct, kw_only=True):
    """The notes of a page."""

    notes: dict[_Element, _Element] = field(default_factory=dict)
    """The texts of notes by their marks."""
    bodies: set[_Element] = field(default_factory=set)

    @classmethod
    def of(cls, root: _Element) -> HtmlNotes:
        """Return the notes: links to an element in which a link leads back to them."""
        by_name = {name: each for each in root.iter() for name in (each.get("id"), each.get("name")) if name}
        made = cls()
        for mark in root.iter("a"):
            target = by_name.get(mark.get("href", "")[1:]) if mark.get("href", "").startswith("#") else None
            body = _body(target) if target is not None else None
            if body is None or body in {mark, *mark.iterancestors()} or mark in body.iter():
                continue
            own = {
                name
                for each in (mark, *mark.iter(), *_near(mark))
                for name in (each.get("id"), each.get("name"))
                if name
            }
            back = next((each for each in body.iter("a") if each.get("href", "#")[1:] in own), None)
            if back is not None and not _is_earlier(body, mark, root):
                made.notes[mark] = body
                made.bodies.add(body)
        return made

    def note_of(self, element: _Element) -> _Element | None:
        """Return the text of the note of which an element is the mark."""
        if element in self.notes:
            return self.notes[element]
        if element.tag in {"sup", "span"} and len(element) == 1 and not (element.text or "").strip():
            return self.note_of(element[0])
        return None

    def is_comment(self, mark: _Element) -> bool:
        """Return whether a mark leads to a comment of Google Docs."""
        links = [mark, *mark.iter("a")]
        return any(link.get("href", "").startswith(GOOGLE_COMMENT) for link in links)

    def backs(self, body: _Element) -> list[_Element]:
        """Return the links of a note that lead back to its mark."""
        names = {
            name
            for mark, other in self.notes.items()
            if other is body
            for each in (mark, *mark.iter(), *_near(mark))
            for name in (each.get("id"), each.get("name"))
            if name
        }
        return [each for each in body.iter("a") if each.get("href", "#")[1:] in names]

    def take(self, element: _Element) -> None:
        """Take an element out of the page, and leave the words after it."""
        parent, before = element.getparent(), element.getprevious()
        if parent is None:
            return
        if before is not None:
            before.tail = (before.tail or "") + (element.tail or "")
        else:
            parent.text = (parent.text or "") + (element.tail or "")
        parent.remove(element)


def _body(target: _Element) -> _Element | None:
    """Return the element around a place that holds the whole text of a note."""
    around = next((each for each in (target, *target.iterancestors()) if each.tag in BODIES), None)
    if around is not None and around.tag == "p" and around.getparent() is not None and around.getparent().tag == "div":
        parent = around.getparent()
        if len(parent) == len(parent.findall("p")) and parent[0] is around and "class" not in parent.attrib:
            return parent
    return around


def _near(mark: _Element) -> list[_Element]:
    parent = mark.getparent()
    return [parent] if parent is not None and parent.tag in {"sup", "span"} else []


def _is_earlier(body: _Element, mark: _Element, root: _Element) -> bool:
    """Return whether a text comes before its mark: then the mark is the way back."""
    for element in root.iter():
        if element is body:
            return True
        if element is mark:
            return False
    return False

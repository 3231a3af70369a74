"""Inheritance between entries by ``crossref``: biblatex's table of fields and the names they get in the child."""

from __future__ import annotations

NEVER_INHERITED = frozenset(
    "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shortauthor shorteditor shorthand shorthandintro sortkey sortname sorttitle sortyear sortshorthand "
    "keywords indextitle indexsorttitle file annotation annote abstract".split()
)
"""Fields that describe the parent alone. biblatex's manual, appendix B, and the fields that say what the user
thinks of the parent, which are no facts of the child."""

_PARTS = ("title", "subtitle", "titleaddon")
_BOOK_PARTS = frozenset({"inbook", "bookinbook", "suppbook"})
_COLLECTION_PARTS = frozenset({"incollection", "inreference", "suppcollection"})
_PROCEEDINGS_PARTS = frozenset({"inproceedings", "conference"})
_VOLUMES = {
    "mvbook": frozenset({"book"}) | _BOOK_PARTS,
    "mvcollection": frozenset({"collection"}) | _COLLECTION_PARTS,
    "mvreference": frozenset({"reference", "collection"}) | _COLLECTION_PARTS,
    "mvproceedings": frozenset({"proceedings"}) | _PROCEEDINGS_PARTS,
}
_CONTAINERS = {
    "book": _BOOK_PARTS,
    "collection": _COLLECTION_PARTS | _BOOK_PARTS,
    "reference": _COLLECTION_PARTS,
    "proceedings": _PROCEEDINGS_PARTS,
}
_PERIODICAL_PARTS = frozenset({"article", "suppperiodical"})


def renamed(name: str, parent: str, child: str) -> tuple[str, ...]:
    """Return the names under which a parent's field reaches a child of that type."""
    if child in _VOLUMES.get(parent, ()):
        prefix = "main"
    elif child in _CONTAINERS.get(parent, ()):
        prefix = "book"
    elif parent == "periodical" and child in _PERIODICAL_PARTS:
        prefix = "journal"
    else:
        return (name,)
    if name in _PARTS:
        return (prefix + name,)
    if name in ("shorttitle", "shortjournal"):
        return ()
    if name == "author" and child in _BOOK_PARTS:
        return ("author", "bookauthor")
    return (name,)

"""Fields of BibTeX as programs and people fill them, put into the fields that biblatex has for their content.

EndNote writes its own type of reference as ``type``, and Mendeley has names of its own for types of entries. Google Scholar
writes preprints as articles of a journal called “arXiv preprint” and publishers in small letters; people
write the day of access into the note, the kind of a work into ``howpublished``, and a talk's meeting into the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from leaflet.bibliography.bibtex_entry import BibtexEntry

_ACCESSED = re.compile(
    r"[\[(]?(?:last )?(?:accessed|retrieved|visited)(?: on)?:? *(\d{4}-\d\d-\d\d)[\])]?\.?", re.IGNORECASE
)
_ARXIV = re.compile(
    r"(?:arXiv preprint )?arXiv:(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7})(?: \[[\w.-]+\])?", re.IGNORECASE
)
_PRESENTED = re.compile(
    r"(?P<kind>(?:conference )?paper|poster|lecture|talk|keynote|speech|abstract)s? (?:was )?"
    r"(?:(?:presented|given|delivered|read) )?at (?:the )?(?P<event>[^,]+?)(?:, (?P<place>[^\d]+?))?\.?",
    re.IGNORECASE,
)
_KINDS = frozenset(
    "leaflet pamphlet brochure booklet poster flyer factsheet handout postcard podcast video lecture e-mail email "
    "letter blog tweet dvd cd-rom map dataset software app".split()
)
"""Kinds of works, which nobody published anything with."""
_NO_KINDS = frozenset(
    ("online", "website", "web page", "webpage", "web site", "web", "www", "internet", "print", "electronic")
)
_SMALL = frozenset("and de del der des du for in la of on the und van von y et &".split())


def with_habits(entry: BibtexEntry) -> BibtexEntry:
    """Return the entry with its facts in the fields that are for them."""
    for step in _STEPS:
        entry = step(entry)
    return entry


def _changed(entry: BibtexEntry, changes: dict[str, str], *removed: str, kind: str = "") -> BibtexEntry:
    fields = {name: text for name, text in entry.fields.items() if name not in removed}
    return replace(entry, fields=fields | changes, type=kind or entry.type)


def _day_of_access(entry: BibtexEntry) -> BibtexEntry:
    """Move “Accessed: 2023-05-12” from the note to its field."""
    fields = entry.fields
    found = _ACCESSED.fullmatch(fields.get("note", "").strip())
    if "urldate" in fields or not found:
        accessed = re.fullmatch(r"\d{4}-\d\d-\d\d", fields.get("accessed", "").strip())
        return _changed(entry, {"urldate": accessed[0]}) if accessed and "urldate" not in fields else entry
    return _changed(entry, {"urldate": found[1]}, "note")


def _preprint(entry: BibtexEntry) -> BibtexEntry:
    """Make an article of the journal “arXiv preprint arXiv:2303.12712” a preprint."""
    fields = entry.fields
    found = _ARXIV.fullmatch(fields.get("journal", fields.get("journaltitle", "")).strip())
    if entry.type not in ("article", "misc") or not found:
        return entry
    made = {"eprint": found[1], "eprinttype": "arxiv"}
    return _changed(entry, made, "journal", "journaltitle", "volume", "number", kind="misc")


def _kind_of_work(entry: BibtexEntry) -> BibtexEntry:
    """Take a kind of work in ``howpublished`` for what it is: nobody's name."""
    words = entry.fields.get("howpublished", "").strip().strip("{}").strip()
    inner = words.strip("[]()").strip().rstrip(".")
    if inner.lower() in _NO_KINDS:
        return _changed(entry, {}, "howpublished")
    if inner.lower() not in _KINDS and not (words[:1] == "[" and words[-1:] == "]"):
        return entry
    return _changed(entry, {} if "type" in entry.fields else {"type": inner[:1].upper() + inner[1:]}, "howpublished")


def _talk(entry: BibtexEntry) -> BibtexEntry:
    """Take a note such as “Paper presented at the Infection Conference, Leeds” for a meeting and its place."""
    fields = entry.fields
    found = _PRESENTED.fullmatch(fields.get("note", "").strip())
    if entry.type not in ("unpublished", "misc") or not found or "eventtitle" in fields:
        return entry
    kind = found["kind"].lower().removeprefix("conference ")
    words = {"paper": "Paper presentation", "poster": "Poster presentation", "lecture": "Lecture"}
    made = {"eventtitle": found["event"], "type": fields.get("type") or words.get(kind, "Conference presentation")}
    if found["place"]:
        made["venue"] = found["place"]
    return _changed(entry, made, "note", kind="unpublished")


def _capital_of_publisher(entry: BibtexEntry) -> BibtexEntry:
    """Return publishers without any capital letter with those of a name: “sage publications”, “macmillan”."""
    name = entry.fields.get("publisher", "")
    if not name or name != name.lower() or not name[:1].isalpha() or "\\" in name or "{" in name:
        return entry
    words = (word if word in _SMALL else _with_capital(word) for word in name.split(" "))
    return _changed(entry, {"publisher": " ".join(words)})


def _with_capital(word: str) -> str:
    """Return a word with a capital; one whose first letter has none of its own, as “ß”, as it is."""
    capital = word[:1].upper()
    return capital + word[1:] if len(capital) == 1 else word


_ENDNOTE_TYPES = {
    "Newspaper Article": "newspaper", "Magazine Article": "magazine", "Web Page": "online", "Film or Broadcast": "movie",
    "Statute": "legislation", "Case": "jurisdiction", "Bill": "bill", "Government Document": "report",
    "Unpublished Work": "unpublished", "Edited Book": "book",
} | dict.fromkeys(
    ("Journal Article", "Electronic Article", "Book", "Electronic Book", "Book Section", "Electronic Book Section", "Report",
     "Conference Proceedings", "Conference Paper", "Thesis", "Generic", "Serial"),
    "",
)  # fmt: skip
"""EndNote's types of references and the types of entries that its BibTeX has not; the others say nothing new."""
_MENDELEY_TYPES = {
    "web_page": "online", "generic": "misc", "newspaper_article": "newspaper", "magazine_article": "magazine",
    "encyclopedia_article": "inreference", "computer_program": "software", "working_paper": "report", "film": "movie",
    "conference_proceedings": "inproceedings", "case": "jurisdiction", "statute": "legislation",
}  # fmt: skip


def _types_of_programs(entry: BibtexEntry) -> BibtexEntry:
    """Take EndNote's ``type = {Journal Article}`` and Mendeley's ``@web_page`` for types of entries."""
    if entry.type in _MENDELEY_TYPES:
        entry = replace(entry, type=_MENDELEY_TYPES[entry.type])
    kind = _ENDNOTE_TYPES.get(entry.fields.get("type", "").strip())
    if kind is None:
        return entry
    return _changed(entry, {}, "type", kind=kind if entry.type in ("misc", "article") else "")


_STEPS: tuple[Callable[[BibtexEntry], BibtexEntry], ...] = (
    _types_of_programs,
    _day_of_access,
    _preprint,
    _kind_of_work,
    _talk,
    _capital_of_publisher,
)

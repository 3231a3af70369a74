"""Publication facts of an entry: publisher, place, series, site, archive and court, for which biblatex has several fields."""

from __future__ import annotations

import re

from leaflet.bibliography.bibtex_entry import Fields
from leaflet.bibliography.bibtex_names import literals, split_literals
from leaflet.bibliography.bibtex_types import (
    CARRIERS,
    COUNTRIES,
    EPRINTS,
    GENRES,
    PERIODICALS,
    STATES,
    THESIS_WORDS,
)
from leaflet.bibliography.latex_text import plain, to_rich

_HOUSE_WORDS = re.compile(
    r"(?i)\b(?:press|presses|publish\w*|books?|house|verlag|universit\w*|college|editions?|éditions?|editorial|ediciones|"
    r"edizioni|editore?s?|uitgeverij|förlag|forlag|library|society|academy|institute|foundation|association)\b"
)


def publication(fields: Fields, entry_type: str, kind: str) -> dict[str, str]:
    """Return the variables about publication of an entry that is read as the CSL type ``kind``."""
    place = "; ".join(COUNTRIES.get(place, place) for place in literals(fields.get("location", "")))
    talk = kind == "speech" and "venue" not in fields
    made = {
        "publisher": "; ".join(_houses(fields, entry_type)),
        "jurisdiction" if kind == "patent" else "event-place" if talk else "publisher-place": place,
        "event-title": joined(fields.get("eventtitle", ""), fields.get("eventtitleaddon", "")),
        "original-publisher": "; ".join(_members(fields.get("origpublisher", ""))),
        "original-publisher-place": "; ".join(literals(fields.get("origlocation", ""))),
        "collection-title": _series(to_rich(fields.get("series", "")), entry_type),
        "call-number": plain(fields.get("library", "")),
        "status": state(fields),
        "authority": _court(fields, entry_type),
        "medium": _medium(fields, entry_type),
        **_archive(fields, entry_type),
    }
    if "venue" in fields:
        made["event-place"] = "; ".join(literals(fields["venue"]))
    if talk and not made["event-title"]:
        # An unpublished talk has no field for its meeting but the note, where Zotero writes it.
        made["event-title"] = to_rich(fields.get("note", ""))
    if entry_type in WEB:
        made["container-title"] = to_rich(_site(fields))
    return {key: value for key, value in made.items() if value}


WEB = frozenset({"online", "electronic", "www", "webpage", "blog"})
"""Entry types of pages on the web."""


def _site(fields: Fields) -> str:
    """Return the name of the site.

    biblatex has none but the ``organization`` that "published a manual or sponsored a conference", and reference
    managers write the site there or as ``titleaddon``.
    """
    return fields.get("titleaddon") or fields.get("organization", "")


def _houses(fields: Fields, entry_type: str) -> list[str]:
    used = ["institution", "organization", "howpublished", "publisher"]
    if entry_type in WEB and "titleaddon" not in fields:
        used.remove("organization")
    if entry_type in ("jurisdiction", "legal"):
        used = ["howpublished", "publisher"]
    if entry_type in THESES and "institution" in fields:
        used.remove("publisher")
    if entry_type in CARRIERS or _same(fields.get("howpublished", ""), fields.get("type", "")):
        # Zotero writes the kind of a manuscript or talk as both, and it published neither.
        used.remove("howpublished")
    houses: list[str] = []
    for name in used:
        text = fields.get(name, "")
        if name == "howpublished" and r"\url" in text:
            continue
        houses += [house for house in _members(text) if house not in houses]
    return houses


def _same(one: str, other: str) -> bool:
    return bool(one) and plain(one).casefold() == plain(other).casefold()


def _members(text: str) -> list[str]:
    """Return the publishers of a literal list.

    The manual says that " and " parts them, but programs write names such as Taylor and Francis or Arts and Sciences
    without braces: it parts only what is a house's name on either side.
    """
    members = split_literals(text)
    if all(member.startswith("{") or _HOUSE_WORDS.search(member) for member in members):
        return [shown for member in members if (shown := plain(member))]
    whole = plain(text)
    return [whole] if whole else []


THESES = frozenset({"thesis", "phdthesis", "mastersthesis"})


def _archive(fields: Fields, entry_type: str) -> dict[str, str]:
    """Return the archive that holds the work, or for a thesis with a university the database that sells it."""
    archive = to_rich(fields.get("archive", ""))
    place = plain(fields.get("archivelocation", "") or fields.get("archive_location", ""))
    system, eprint = plain(fields.get("eprinttype", "")), plain(fields.get("eprint", ""))
    if system and eprint and system.lower() not in EPRINTS and not archive:
        archive, place = system, eprint
    if entry_type in THESES and "institution" in fields and not archive:
        archive = "; ".join(_members(fields.get("publisher", "")))
        library = to_rich(fields.get("library", ""))
        if not archive and not any(map(str.isdigit, library)):
            archive = library  # the name of a repository, not the number of a shelf
    return {"archive": archive, "archive_location": place}


def _court(fields: Fields, entry_type: str) -> str:
    text = fields.get("court", "")
    if entry_type in ("jurisdiction", "legal"):
        text = text or fields.get("institution", "") or fields.get("organization", "")
    return to_rich(text)


def _medium(fields: Fields, entry_type: str) -> str:
    text = fields.get("medium", "")
    if not text and entry_type in CARRIERS and r"\url" not in fields.get("howpublished", ""):
        text = fields.get("howpublished", "")
    return to_rich(text)


def _series(text: str, entry_type: str) -> str:
    """Return the series; of a journal it may be a localisation key or a bare number (the manual's section 3.9)."""
    if entry_type not in PERIODICALS:
        return text
    if text.isdigit():
        return f"{_ordinal(int(text))} series"
    return {"newseries": "New series", "oldseries": "Old series"}.get(text, text)


def _ordinal(number: int) -> str:
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{number}{suffix}"


def joined(*texts: str) -> str:
    """Return the texts as rich text with a stop between them."""
    return ". ".join(shown for text in texts if (shown := to_rich(text)))


def state(fields: Fields) -> str:
    """Return the state of publication, which some write in place of the year."""
    given = plain(fields.get("pubstate", ""))
    if not given and "date" not in fields:
        given = plain(fields.get("year", "")).lower().replace(" ", "")
        return STATES.get(given, "")
    return STATES.get(given.lower(), given)


def genre(fields: Fields, kind: str, language: str) -> dict[str, str]:
    """Return the kind of work in the words of its language: of a thesis from its entry type if need be."""
    given = plain(fields.get("type", ""))
    key = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}.get(kind, "")
    key = given.lower() if given else key
    words = THESIS_WORDS.get(language[:2], {}).get(key) or GENRES.get(key) or given
    return {"genre": words} if words and not (kind == "techreport" and not given) else {}

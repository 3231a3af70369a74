"""Parts of CSL items for the machine-readable metadata of a page: plain texts, names and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from leaflet.model.citation import Item

_RICH_TEXT = re.compile(
    r'</?(?:i|b|sup|sub|sc)>|<span class="(?:nocase|nodecor)">|<span style="font-variant: ?small-caps;?">|</span>'
)


def plain(item: Item) -> dict[str, object]:
    """Return ``item`` without CSL's rich text, which other programs would show as tags."""
    return {variable: _bare(value) for variable, value in item.items()}


def _bare(value: object) -> object:
    match value:
        case str():
            return _RICH_TEXT.sub("", value)
        case list() | tuple():
            return [_bare(part) for part in value]
        case Mapping():
            return {key: _bare(part) for key, part in value.items()}
        case _:
            return value


def text(item: Item, variable: str) -> str:
    """Return the text of a variable, empty where it has none."""
    value = item.get(variable)
    return str(value) if isinstance(value, str | int) else ""


def names(item: Item, variable: str = "author") -> Iterator[Mapping[str, str]]:
    """Yield the people and bodies of a name variable."""
    found = item.get(variable)
    yield from (name for name in found if isinstance(name, Mapping)) if isinstance(found, list | tuple) else ()


def spoken(name: Mapping[str, str]) -> str:
    """Return a name in reading order: Ana de la Cruz Jr."""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return name.get("literal") or " ".join(name[part] for part in parts if name.get(part))


def inverted(name: Mapping[str, str]) -> str:
    """Return a name with its family name first: de la Cruz, Ana Jr. Importers divide it at its one comma."""
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if name.get(part))
    given = " ".join(name[part] for part in ("given", "dropping-particle", "suffix") if name.get(part))
    return name.get("literal") or ", ".join(part for part in (family, given) if part)


def iso_date(item: Item, variable: str = "issued") -> str:
    """Return a date as ISO 8601, as exactly as it is known; of a range its first day."""
    value = item.get(variable)
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    if not parts or not parts[0]:
        return ""
    year, *rest = (int(part) for part in parts[0])
    return "-".join((f"{year:04d}", *(f"{part:02d}" for part in rest)))


IMPORTED_AS = {
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "bill": "bill",
    "book": "book",
    "broadcast": "tvBroadcast",
    "chapter": "bookSection",
    "dataset": "dataset",
    "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle",
    "graphic": "artwork",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "case",
    "legislation": "statute",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "film",
    "paper-conference": "conferencePaper",
    "patent": "patent",
    "personal_communication": "letter",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "report": "report",
    "software": "computerProgram",
    "song": "audioRecording",
    "speech": "presentation",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "webpage",
}
"""Zotero's names for CSL's types; its importers take the name from a Dublin Core type."""


def imported_as(item: Item) -> str:
    """Return the item's type for importers; one that they have no name for is a document, which has a publisher."""
    return IMPORTED_AS.get(text(item, "type"), "document")

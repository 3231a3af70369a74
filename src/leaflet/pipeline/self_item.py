"""The leaflet itself as a source that others can cite: its front matter as a CSL item."""

from __future__ import annotations

import re
from datetime import date

from leaflet.model.citation import Item
from leaflet.model.metadata import AccessDate, Metadata, PartialDate, Person


def own_item(metadata: Metadata, *, id: str, today: date) -> Item:  # noqa: A002 - CSL's own word
    """Return the leaflet as CSL-JSON.

    ``issued`` is the day of the present text: the modification date before the first date. ``accessed`` is ``today``, a
    fixed day or absent, as ``cite.access`` says; the citation style decides whether to print it. Metadata is plain
    text, so what looks like CSL's rich text in it is written to print as itself.
    """
    issued = metadata.date_modified or metadata.date
    texts = {
        "title": full_title(metadata),
        "publisher": metadata.publisher,
        "publisher-place": metadata.publisher_place,
        "container-title": metadata.container_title,
        "URL": metadata.url,
        "DOI": metadata.doi,
        "ISBN": metadata.isbn,
        "number": metadata.code,
        "version": metadata.version,
        "edition": metadata.edition,
        "collection-title": metadata.series,
        "collection-number": metadata.series_number,
        "genre": _genre(metadata),
        "abstract": metadata.abstract,
        "keyword": ", ".join(metadata.keywords),
        "language": metadata.lang,
    }
    item: dict[str, object] = {"id": id, "type": metadata.cite.type}
    item |= {key: _literal(text) for key, text in texts.items() if text}
    if metadata.authors:
        item["author"] = [_name(person) for person in metadata.authors]
    if issued:
        item["issued"] = {"date-parts": [list(issued.parts)]}
    accessed = _accessed(metadata, today)
    if accessed:
        item["accessed"] = {"date-parts": [list(accessed.parts)]}
    return item


GENRES = {
    "ar": "مطوية", "cy": "taflen", "de": "Faltblatt", "en": "leaflet", "es": "folleto", "fr": "dépliant", "he": "עלון",
    "it": "pieghevole", "nl": "folder", "pl": "ulotka", "pt": "folheto", "zh": "折页",
}  # fmt: skip
"""The word for a leaflet in the languages that leaflet has words of its own in."""


def _genre(metadata: Metadata) -> str:
    """Return the word that says that the item is a leaflet; empty where the front matter calls it something else."""
    if metadata.cite.type != "pamphlet":
        return ""
    return GENRES.get(metadata.lang.split("-")[0].lower(), GENRES["en"])


def full_title(metadata: Metadata) -> str:
    """Return the title as a library catalogues it, with its subtitle behind a colon."""
    if not metadata.subtitle or metadata.title.endswith(("?", "!")):
        return f"{metadata.title} {metadata.subtitle}".rstrip()
    return f"{metadata.title}: {metadata.subtitle}"


def _accessed(metadata: Metadata, today: date) -> PartialDate | None:
    match metadata.cite.access:
        case AccessDate.NONE:
            return None
        case AccessDate.FIXED:
            return metadata.cite.accessed
        case AccessDate.BUILD:
            return PartialDate(year=today.year, month=today.month, day=today.day)


_TAG = re.compile(r"<(?=/?(?:i|b|sup|sub|sc|span)\b[^<>]*>)")


def _literal(text: str) -> str:
    """Return ``text`` as CSL's rich text, which has no escapes: a sign in a span of its own begins no tag."""
    return _TAG.sub('<span class="nocase"><</span>', text)


def _name(person: Person) -> dict[str, str]:
    if person.literal:
        return {"literal": _literal(person.literal)}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {key: _literal(text) for key, text in parts.items() if text}

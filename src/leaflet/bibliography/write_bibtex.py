"""Writer of BibLaTeX, and of BibTeX for those who still use its classic styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from leaflet.bibliography.bibtex_types import (
    CARRIERS,
    COUNTRIES,
    ISSUED_IN_ISSUES,
    LANGUAGES,
    PERIODICALS,
    SERIES,
    STATES,
    TYPES,
)
from leaflet.bibliography.write_latex import address, escape, rich_field, title_field
from leaflet.bibliography.write_names import name_list, needs_use_prefix, people, short_names
from leaflet.files import to_edtf
from leaflet.model.citation import Item, Reference

ENTRIES = {
    "article": "misc", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "bill": "legislation", "book": "book", "broadcast": "video", "chapter": "incollection", "classic": "book",
    "dataset": "dataset", "entry": "inreference", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "figure": "image", "graphic": "artwork", "hearing": "jurisdiction",
    "legal_case": "jurisdiction", "legislation": "legislation", "manuscript": "unpublished",
    "motion_picture": "movie", "musical_score": "music", "pamphlet": "booklet",
    "paper-conference": "inproceedings", "patent": "patent", "performance": "performance",
    "periodical": "periodical", "personal_communication": "letter", "post": "online", "post-weblog": "online",
    "regulation": "legislation", "report": "report", "review": "review", "review-book": "review",
    "software": "software", "song": "audio", "speech": "unpublished", "standard": "standard", "thesis": "thesis",
    "treaty": "legal", "webpage": "online",
}  # fmt: skip
"""CSL types and BibLaTeX's entry types; what is not here is @misc."""
CLASSIC = {"report": "techreport", "thesis": "phdthesis"}
_CLASSIC_ENTRIES = frozenset(
    "article book booklet incollection inproceedings manual misc techreport unpublished phdthesis mastersthesis".split()
)
_CLASSIC_GENRES = {"PhD thesis": "phdthesis", "Master’s thesis": "mastersthesis"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TAGS = {
    tag: name for name, tag in LANGUAGES.items()
} | {"en-US": "american", "en-GB": "british", "de-DE": "ngerman", "de-AT": "naustrian", "de-CH": "nswissgerman", "fr-FR": "french", "pt-BR": "brazilian", "pt-PT": "portuguese", "hu-HU": "hungarian", "sl-SI": "slovene", "nb-NO": "norsk", "el-GR": "greek", "en-CA": "canadian", "fr-CA": "canadien", "es-MX": "mexican", "id-ID": "bahasa"}  # fmt: skip


class _Dialect(Struct, frozen=True, kw_only=True):
    classic: bool
    protect: bool

    def text(self, value: Any) -> str:
        return rich_field(str(value), ascii_only=self.classic)

    def title(self, value: Any) -> str:
        return title_field(str(value), ascii_only=self.classic, protect=self.protect)

    def proper(self, value: Any) -> str:
        """Return a member of a literal list, in braces where " and " would cut it in two."""
        text = escape(str(value), ascii_only=self.classic)
        return f"{{{text}}}" if re.search(r"(?i)\sand\s", text) else text


def to_bibtex(references: tuple[Reference, ...], *, classic: bool) -> str:
    """Return all entries, each field on its own line. Signs that BibTeX forbids in keys become underscores."""
    taken: set[str] = set()
    return "\n".join(_entry(reference, taken, classic) for reference in references)


def _entry(reference: Reference, taken: set[str], classic: bool) -> str:
    item = reference.item
    kind, subtype = _kind(item, classic)
    english = str(item.get("language", "en")).lower().startswith("en")
    dialect = _Dialect(classic=classic, protect=english or classic)
    fields: dict[str, str | None] = {"entrysubtype": subtype}
    fields |= _names(item, dialect)
    fields |= _titles(item, kind, dialect)
    fields |= _dates(item, dialect)
    fields |= _numbers(item, kind, dialect)
    fields |= _publication(item, kind, dialect)
    fields |= _identifiers(item, dialect)
    fields |= _remarks(item, dialect)
    lines = [f"  {name} = {value}" for name, value in _braced(fields)]
    return "@" + kind + "{" + ",\n".join([_key(reference.id, taken), *lines]) + "\n}\n"


def _braced(fields: Mapping[str, str | None]) -> list[tuple[str, str]]:
    named = [(name, value) for name, value in fields.items() if value]
    return [(name, value if name == "month" and value in _MONTHS else "{" + value + "}") for name, value in named]


def _key(key: str, taken: set[str]) -> str:
    made = re.sub(r"[\s{}()=,\"#%\\~'@]", "_", key) or "_"
    while made in taken:
        made += "_"
    taken.add(made)
    return made


def _kind(item: Item, classic: bool) -> tuple[str, str | None]:
    """Return the entry type, and the CSL type as its subtype where the entry type alone would not tell it."""
    csl = str(item.get("type", "document"))
    kind = ENTRIES.get(csl, "misc")
    if classic:
        kind = _CLASSIC_GENRES.get(str(item.get("genre")), "phdthesis") if kind == "thesis" else CLASSIC.get(kind, kind)
        kind = kind if kind in _CLASSIC_ENTRIES else "misc"
    if csl in ("article-magazine", "article-newspaper"):
        return kind, csl.removeprefix("article-")
    if csl == "speech" and item.get("event-title"):
        return kind, None
    if csl == "manuscript" and item.get("event-title"):
        return kind, csl
    if csl == "article" and _arxiv(item):
        return kind, None
    if csl == "article-journal" and _looks_daily(item):
        return kind, csl
    if csl == "motion_picture" and item.get("author") and not item.get("director") and not classic:
        return "video", None  # the author of a @movie is read as its director
    return kind, None if TYPES.get(kind) == csl else csl


def _looks_daily(item: Item) -> bool:
    """Return whether an article in a journal has nothing to tell it from one in a newspaper."""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    marks = ("volume", "issue", "DOI", "number", "ISSN", "collection-title")
    return len(parts[0]) > 2 and not any(item.get(mark) for mark in marks)


def _arxiv(item: Item) -> str:
    number = str(item.get("number", ""))
    return (
        number[6:] if number.lower().startswith("arxiv:") and item.get("URL") and item.get("type") == "article" else ""
    )


_ROLES = {
    "compiler": "compiler", "organizer": "organizer", "narrator": "narrator", "performer": "performer",
    "producer": "producer", "composer": "composer", "curator": "curator", "series-creator": "founder",
    "contributor": "collaborator", "host": "host", "guest": "guest", "chair": "chair", "script-writer": "writer",
    "executive-producer": "execproducer", "interviewer": "interviewer", "recipient": "recipient",
    "collection-editor": "serieseditor",
}  # fmt: skip


def _names(item: Item, dialect: _Dialect) -> dict[str, str | None]:
    use_prefix = needs_use_prefix(item)
    drops = any(name.get("dropping-particle") for name in people(item))
    # Without the option leaflet keeps particles and biblatex drops them, so that it is always said.
    option = "useprefix=true" if use_prefix else "useprefix=false" if drops else None
    fields: dict[str, str | None] = {"options": option}

    def write(field: str, variable: str) -> None:
        fields[field] = name_list(item.get(variable) or (), classic=dialect.classic, use_prefix=use_prefix)

    for field, variable in (
        ("author", "author"),
        ("bookauthor", "container-author"),
        ("editor", "editor"),
        ("translator", "translator"),
        ("director", "director"),
        ("illustrator", "illustrator"),
        ("reviewedauthor", "reviewed-author"),
    ):
        write(field, variable)
    for field, variable in (("shortauthor", "author"), ("shorteditor", "editor")):
        fields[field] = short_names(item.get(variable) or (), classic=dialect.classic)
    free = ["editora", "editorb", "editorc"]
    for variable, role in _ROLES.items():
        if item.get(variable) and free:
            field = free.pop(0)
            write(field, variable)
            fields[f"{field}type"] = role
    return fields


def _titles(item: Item, kind: str, dialect: _Dialect) -> dict[str, str | None]:
    title, container, volume = (item.get(name) for name in ("title", "container-title", "volume-title"))
    fields: dict[str, str | None] = {}
    part = kind in ("incollection", "inproceedings", "inreference")
    if part and container and volume:
        fields = {
            "title": dialect.title(title or ""),
            "maintitle": dialect.title(container),
            "booktitle": dialect.title(volume),
        }
    elif part:
        fields = {"title": dialect.title(title or ""), "booktitle": dialect.title(container or volume or "")}
    elif volume and not container and kind in SERIES:
        fields = {"title": dialect.title(volume), "maintitle": dialect.title(title or "")}
    elif kind == "online":
        fields = {"title": dialect.title(title or ""), "issuetitle": dialect.title(volume or "")}
    else:
        journal = "journal" if dialect.classic else "journaltitle"
        fields = {
            "title": dialect.title(title or ""),
            journal: dialect.text(container or ""),
            "issuetitle": dialect.title(volume or ""),
        }
    fields["shorttitle"] = dialect.title(item.get("title-short", ""))
    fields["shortjournal"] = dialect.text(item.get("container-title-short") or item.get("journalAbbreviation", ""))
    fields["origtitle"] = dialect.text(item.get("original-title", ""))
    fields["reviewedtitle"] = dialect.title(item.get("reviewed-title", ""))
    fields["eventtitle"] = dialect.text(item.get("event-title", item.get("event", "")))
    fields["series"] = dialect.text(item.get("collection-title", ""))
    return fields


def _dates(item: Item, dialect: _Dialect) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    issued = item.get("issued")
    if issued:
        fields |= _issued(issued, dialect)
    for field, variable in (("eventdate", "event-date"), ("origdate", "original-date"), ("urldate", "accessed")):
        value = item.get(variable)
        if value:
            fields[field] = to_edtf(value) or dialect.text(value.get("literal") or value.get("raw") or "")
    return fields


def _issued(issued: dict[str, Any], dialect: _Dialect) -> dict[str, str | None]:
    edtf = to_edtf(issued)
    if edtf is None:
        return {"year": dialect.text(issued.get("literal") or issued.get("raw") or "")}
    if not dialect.classic:
        return {"date": edtf}
    simple = re.fullmatch(r"([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", edtf)
    if simple is None:
        # Classic styles know years alone; the exact date stays beside it for readers that know more.
        years = "--".join(dict.fromkeys(re.findall(r"(?<![-\d])\d{4}", edtf)))
        return {"year": years or None, "date": edtf}
    year, month, day = simple.groups()
    return {"year": year, "month": _MONTHS[int(month) - 1] if month else None, "day": str(int(day)) if day else None}


def _numbers(item: Item, kind: str, dialect: _Dialect) -> dict[str, str | None]:
    fields = {
        "volume": "volume", "volumes": "number-of-volumes", "part": "part-number", "chapter": "chapter-number",
        "edition": "edition", "version": "version", "pagetotal": "number-of-pages",
    }  # fmt: skip
    number = "collection-number" if kind in SERIES else "number"
    if kind in PERIODICALS or item.get("type") in ISSUED_IN_ISSUES:
        number = "issue"
    if kind == "inproceedings" and not item.get("collection-title"):
        number = "number"
    if _arxiv(item):
        number = ""
    written: dict[str, str | None] = {field: dialect.text(item.get(variable, "")) for field, variable in fields.items()}
    written["number"] = dialect.text(item.get(number, ""))
    if number == "issue":
        written["eid"] = dialect.text(item.get("number", ""))
    written["pages"] = re.sub(r"(?<=\d)[-–](?=\d)", "--", dialect.text(item.get("page", "")))
    return written


_INSTITUTION = frozenset({"report", "techreport", "thesis", "phdthesis", "mastersthesis"})
_HOWPUBLISHED = frozenset({"booklet", "unpublished"})
_ORGANIZATION = frozenset({"online", "misc", "standard", "software"})


def _publication(item: Item, kind: str, dialect: _Dialect) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    house = item.get("publisher")
    if house and not (_arxiv(item) and house == "arXiv"):
        named = dialect.proper(house)
        # Readers take a name without any capital for one that was typed in haste; braces say that it is meant so.
        small = named and house == house.lower() and not named.startswith("{")
        fields[_house_field(item, kind, dialect.classic)] = f"{{{named}}}" if small else named
    if kind == "online" and item.get("container-title"):
        fields["titleaddon" if house else "organization"] = dialect.text(item["container-title"])
    court = dialect.text(item.get("authority", ""))
    fields["institution" if kind == "jurisdiction" and not house else "court"] = court
    fields["howpublished" if kind in CARRIERS else "medium"] = dialect.text(item.get("medium", ""))
    fields["archive"] = dialect.text(item.get("archive", ""))
    fields["archivelocation"] = dialect.text(item.get("archive_location", ""))
    patent = item.get("type") == "patent"
    place = item.get("jurisdiction" if patent else "publisher-place", "")
    place = next((key for key, name in COUNTRIES.items() if name == place), place) if patent else place
    fields["address" if dialect.classic else "location"] = dialect.proper(place)
    fields["venue"] = dialect.proper(item.get("event-place", ""))
    fields["origpublisher"] = dialect.proper(item.get("original-publisher", ""))
    fields["origlocation"] = dialect.proper(item.get("original-publisher-place", ""))
    fields["library"] = dialect.text(item.get("call-number", ""))
    status = str(item.get("status", ""))
    fields["pubstate"] = next((key for key, word in STATES.items() if word == status), dialect.text(status))
    genre = str(item.get("genre", ""))
    if not (dialect.classic and _CLASSIC_GENRES.get(genre) == kind):
        fields["type"] = dialect.text(genre)
    language = str(item.get("language", ""))
    fields["langid"] = _TAGS.get(language, language)
    return fields


def _house_field(item: Item, kind: str, classic: bool) -> str:
    if kind == "online" and not item.get("container-title"):
        return "publisher"  # an organization alone is the site
    if kind in _INSTITUTION:
        return "school" if classic and kind != "techreport" else "institution"
    if kind in _HOWPUBLISHED or (classic and kind == "misc"):
        return "howpublished"
    return "organization" if kind in _ORGANIZATION else "publisher"


def _identifiers(item: Item, dialect: _Dialect) -> dict[str, str | None]:
    eprint = _arxiv(item)
    return {
        "eprint": eprint or None,
        "archiveprefix" if dialect.classic else "eprinttype": "arxiv" if eprint else None,
        "doi": address(str(item.get("DOI", ""))),
        "url": address(str(item.get("URL", ""))),
        "isbn": dialect.text(item.get("ISBN", "")),
        "issn": dialect.text(item.get("ISSN", "")),
        "pmid": dialect.text(item.get("PMID", "")),
        "pmcid": dialect.text(item.get("PMCID", "")),
    }


def _remarks(item: Item, dialect: _Dialect) -> dict[str, str | None]:
    talk = item.get("type") == "speech" and not item.get("event-title")  # its note would be read as the event
    return {
        "addendum" if talk else "note": dialect.text(item.get("note", "")),
        "annote" if dialect.classic else "annotation": dialect.text(item.get("annote", "")),
        "keywords": dialect.text(item.get("keyword", "")),
        "abstract": dialect.text(item.get("abstract", "")),
        "shorthand": dialect.text(item.get("citation-label", "")),
    }

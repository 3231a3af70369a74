"""Conversion of one BibTeX or BibLaTeX entry into a CSL item, as the biblatex manual gives its fields their meaning."""

from __future__ import annotations

import re
from itertools import zip_longest

from leaflet.bibliography.bibtex_entry import BibtexEntry, Fields
from leaflet.bibliography.bibtex_habits import with_habits
from leaflet.bibliography.bibtex_names import Name, names
from leaflet.bibliography.bibtex_publication import WEB, genre, joined, publication
from leaflet.bibliography.bibtex_titles import titles
from leaflet.bibliography.bibtex_types import (
    COUNTED,
    EPRINTS,
    ISSUED_IN_ISSUES,
    LANGUAGES,
    PERIODICALS,
    ROLES,
    SERIES,
    STATES,
    SUBTYPES,
    TALKS,
    TYPES,
    VARIANTS,
)
from leaflet.bibliography.csl_items import TYPES as CSL_TYPES
from leaflet.bibliography.formats import Particles
from leaflet.bibliography.latex_text import plain, to_rich
from leaflet.errors import Problem
from leaflet.files import Date, DateError, bare_doi, read_edtf, year_and_month


def to_item(entry: BibtexEntry, particles: Particles) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Return the entry as CSL-JSON, and what in it could not be understood."""
    entry = with_habits(entry)
    fields = _with_biblatex_names(entry.fields)
    language = _language(fields)
    problems: list[Problem] = []
    kind = _type(entry, fields, problems)
    item: dict[str, object] = {"id": entry.key, "type": kind}
    item |= titles(_without_site(fields, entry.type), entry.type, language)
    item |= _names(fields, entry.type, particles)
    item |= _dates(entry, fields, problems)
    item |= _numbers(fields, entry.type, kind)
    item |= publication(fields, entry.type, kind)
    item |= genre(fields, entry.type, language)
    item |= _identifiers(fields)
    if kind == "article" and _arxiv(fields):
        item |= {"number": f"arXiv:{_arxiv(fields)}", "publisher": item.get("publisher", "arXiv")}
    item |= _remarks(fields, item)
    if language:
        item["language"] = language
    return {key: value for key, value in item.items() if value not in ("", [], None)}, tuple(problems)


_ALIASES = {
    "journal": "journaltitle", "address": "location", "annote": "annotation", "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass", "school": "institution", "hyphenation": "langid", "key": "sortkey",
    "pdf": "file", "keyword": "keywords", "city": "location", "pmc": "pmcid",
    "nationality": "location",
}  # fmt: skip
"""BibTeX's names of fields, the manual's section 2.2.5, and those of patents that BibTeX styles and Zotero use."""


def _with_biblatex_names(fields: Fields) -> Fields:
    named = dict(fields)
    for old, new in _ALIASES.items():
        if old in named:
            named.setdefault(new, named[old])
    return named


def _type(entry: BibtexEntry, fields: Fields, problems: list[Problem]) -> str:
    subtype = fields.get("entrysubtype", "").lower()
    if subtype in CSL_TYPES:
        return subtype
    if re.fullmatch("custom[a-f]", entry.type):
        return "document"
    kind = TYPES.get(entry.type)
    if kind is None:
        problems.append(entry.warning(f"@{entry.type} is not a known type of entry; it is read as @misc"))
        return "document"
    if entry.type in ("article", "periodical", "suppperiodical"):
        return SUBTYPES.get(subtype) or (_of_the_day(fields) if entry.type == "article" else "") or kind
    if (entry.type == "unpublished" and "eventtitle" in fields) or (
        entry.type in ("unpublished", "misc") and _spoken(fields)
    ):
        return "speech"
    if entry.type in ("misc", "online") and _arxiv(fields):
        return "article"
    return kind


def _spoken(fields: Fields) -> bool:
    return not TALKS.isdisjoint(re.findall(r"\w+", plain(fields.get("type", "")).lower()))


_OF_JOURNALS = frozenset("volume number issue doi eid eprint issn series".split())


def _of_the_day(fields: Fields) -> str:
    """Return the type of an ``@article`` that has a day and nothing that journals are found by.

    BibTeX and biblatex have one entry type for journals, newspapers and magazines, and programs do not add the
    ``entrysubtype``.
    """
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", fields.get("date", "").strip()) or fields.get("day")
    if not day or not _OF_JOURNALS.isdisjoint(fields):
        return ""
    pages = plain(fields.get("pages", ""))
    return "article-magazine" if re.match(r"\d+\s*[-–]", pages) else "article-newspaper"


def _without_site(fields: Fields, entry_type: str) -> Fields:
    """Return the fields without the addition to a page's title, which is the name of its site."""
    return {name: text for name, text in fields.items() if name != "titleaddon"} if entry_type in WEB else fields


def _language(fields: Fields) -> str:
    given = plain(fields.get("langid") or fields.get("language", "")).split(",")[0].strip()
    variant = re.search(r"variant\s*=\s*([a-z]+)", fields.get("langidopts", ""))
    if variant and variant[1] in VARIANTS:
        return VARIANTS[variant[1]]
    named = LANGUAGES.get(given.lower())
    if named:
        return named
    return given if re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", given) else ""


_NAME_FIELDS = {
    "author": "author", "bookauthor": "container-author", "translator": "translator",
    "director": "director", "illustrator": "illustrator", "annotator": "contributor", "commentator": "contributor",
    "collaborator": "contributor", "reviewedauthor": "reviewed-author", "producer": "producer",
    "writer": "script-writer", "performer": "performer", "host": "host", "guest": "guest", "chair": "chair",
    "composer": "composer", "narrator": "narrator", "interviewer": "interviewer", "recipient": "recipient",
}  # fmt: skip
"""Fields of names. Those after the commentator are not in the manual; reference managers write them."""


def _names(fields: Fields, entry_type: str, particles: Particles) -> dict[str, list[Name]]:
    asked = re.search(r"\buseprefix\s*(?:=\s*(true|false)\b|(?=,|$))", fields.get("options", ""))
    use_prefix = asked[1] != "false" if asked else particles is Particles.KEEP
    found: dict[str, list[Name]] = {}

    def add(variable: str, text: str) -> None:
        listed = names(text, use_prefix=use_prefix)
        found[variable] = found.get(variable, []) + [name for name in listed if name not in found.get(variable, [])]

    for field, variable in _NAME_FIELDS.items():
        if field in fields:
            role = plain(fields.get("authortype", "")).lower() if field == "author" else ""
            add(ROLES.get(role, variable), fields[field])
    for field in ("editor", "editora", "editorb", "editorc"):
        if field in fields:
            add(_role(fields, field, entry_type), fields[field])
    if "holder" in fields:  # "the holder(s) of a @patent, if different from the author"
        add("contributor" if "author" in fields else "author", fields["holder"])
    elif "assignee" in fields:  # BibTeX's patents, where it is one text and mostly a firm's name
        holder = [{"literal": plain(fields["assignee"])}]
        found.setdefault("contributor" if "author" in fields else "author", holder)
    if entry_type == "movie" and "director" not in found and "author" in found:
        found["director"] = found.pop("author")  # the author of a film is its director
    if "contributor" in found and fields.keys().isdisjoint(("holder", "assignee")) and _PRINCIPALS.isdisjoint(found):
        # Zotero writes sponsors of bills and makers of maps and music as collaborators without an author.
        found["author"] = found.pop("contributor")
    for variable, field in (("author", "shortauthor"), ("editor", "shorteditor")):
        if field in fields and variable in found:
            found[variable] = _abbreviated(found[variable], names(fields[field], use_prefix=use_prefix))
    return {variable: listed for variable, listed in found.items() if listed}


def _abbreviated(people: list[Name], short: list[Name]) -> list[Name]:
    """Return organisations with the abbreviation that has the same place in ``shortauthor``, as CSL's ``short``.

    The names of people stay: a style abbreviates them itself.
    """
    pairs = zip_longest(people, short[: len(people)], fillvalue=Name())
    return [
        name | {"short": other.get("literal") or other.get("family", "")} if "literal" in name and other else name
        for name, other in pairs
    ]


_PRINCIPALS = frozenset({"author", "editor", "translator", "director", "container-author", "recipient"})


def _role(fields: Fields, field: str, entry_type: str) -> str:
    """Return the name variable of an ``editor`` field by the ``editortype`` that belongs to it."""
    role = plain(fields.get(f"{field}type", "editor")).lower()
    if entry_type == "letter" and role == "collaborator":
        return "recipient"  # nobody else has a part in a letter; Zotero writes the recipient so
    if role == "redactor" and "series" in fields:
        return "collection-editor"  # Zotero's word for the editor of a series
    return ROLES.get(role, "editor" if field == "editor" else "contributor")


_DATE_FIELDS = {"": "issued", "event": "event-date", "orig": "original-date", "url": "accessed"}


def _dates(entry: BibtexEntry, fields: Fields, problems: list[Problem]) -> dict[str, Date]:
    found: dict[str, Date] = {}
    for prefix, variable in _DATE_FIELDS.items():
        text, year = fields.get(f"{prefix}date", ""), fields.get(f"{prefix}year", "")
        shown = plain(text or year)
        if not shown:
            continue
        try:
            if text:
                found[variable] = read_edtf(text.strip().strip("{}"))
            else:
                month, day = (plain(fields.get(f"{prefix}{part}", "")) for part in ("month", "day"))
                found[variable] = year_and_month(plain(year.replace("~", "\\textasciitilde ")), month, day)
        except DateError:
            found[variable] = {"literal": shown}
            if shown.lower().replace(" ", "") in STATES:
                continue
            problems.append(
                entry.warning(
                    f'{prefix}{"date" if text else "year"} = "{shown}" is not a date; it is printed as written',
                    hint="write YYYY, YYYY-MM, YYYY-MM-DD, or two of them with / between",
                )
            )
    if "event-date" in found:
        # Things said or shown are dated by the day of it; biblatex dates such an entry so too (\\DeclareLabeldate).
        found.setdefault("issued", found["event-date"])
    state = found.get("issued", {}).get("literal", "").lower().replace(" ", "")
    if state in STATES and "pubstate" not in fields:
        del found["issued"]
    return found


def _numbers(fields: Fields, kind: str, csl: str) -> dict[str, str]:
    shown = {
        name: _numbered(fields[name])
        for name in (
            "volume",
            "number",
            "issue",
            "part",
            "chapter",
            "edition",
            "version",
            "volumes",
            "pagetotal",
            "eid",
        )
        if name in fields
    }
    made = {
        "volume": shown.get("volume"),
        "part-number": shown.get("part"),
        "chapter-number": shown.get("chapter"),
        "edition": shown.get("edition"),
        "version": shown.get("version"),
        "number-of-volumes": shown.get("volumes"),
        "number-of-pages": shown.get("pagetotal"),
        "page": _pages(fields.get("pages", "")),
    }
    if kind in COUNTED and "pagetotal" not in shown and (made["page"] or "").isdigit():
        made["number-of-pages"], made["page"] = made["page"], None  # EndNote has the pages of a whole book so
    number, issue = shown.get("number"), shown.get("issue")
    if kind in PERIODICALS or csl in ISSUED_IN_ISSUES:
        made["issue"] = ", ".join(part for part in (number, issue) if part)
    elif kind in SERIES and ("series" in fields or kind not in ("proceedings", "inproceedings", "conference")):
        made["collection-number"] = number
    else:
        made["number"] = number
    if "eid" in shown:
        made.setdefault("number", shown["eid"])
    return {key: value for key, value in made.items() if value}


def _numbered(text: str) -> str:
    return to_rich(text).replace("–", "-") if re.search(r"\d", text) else to_rich(text)


def _pages(text: str) -> str:
    """Return page ranges with CSL's plain hyphen, which a style turns into its own kind of dash."""
    return re.sub(r"\s*[–—]\s*|(?<=\d)\s*-+\s*(?=\d)", "-", plain(text))


def _identifiers(fields: Fields) -> dict[str, str]:
    made = {
        "DOI": bare_doi(_verbatim(fields.get("doi", ""))),
        "URL": _verbatim(fields.get("url", "")) or _address(fields.get("howpublished", "")),
        "ISBN": plain(fields.get("isbn", "")),
        "ISSN": plain(fields.get("issn", "")),
        "PMID": plain(fields.get("pmid", "")),
        "PMCID": plain(fields.get("pmcid", "")),
    }
    made["ISBN"], made["ISSN"] = (made[name].replace("–", "-") for name in ("ISBN", "ISSN"))
    eprint, system = _verbatim(fields.get("eprint", "")), plain(fields.get("eprinttype", "")).lower()
    if eprint and system in EPRINTS:
        if system == "pubmed":
            made["PMID"] = made["PMID"] or eprint
        elif not made["URL"]:
            made["URL"] = EPRINTS[system].format(eprint)
    return {key: value for key, value in made.items() if value}


def _arxiv(fields: Fields) -> str:
    """Return the number of a preprint on arXiv, which CSL describes as an article with arXiv as its publisher."""
    return _verbatim(fields.get("eprint", "")) if fields.get("eprinttype", "").lower() == "arxiv" else ""


def _verbatim(text: str) -> str:
    """Return a field that biblatex reads letter by letter, without the escapes that BibTeX needs in it."""
    text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", text.strip())
    text = re.sub(r"\\(?:textunderscore|_)(?:\{\})?", "_", text)
    text = re.sub(r"\{?\\(?:textasciitilde|~|sim)\s*(?:\{\s*\})?\}?|\$\\sim\$", "~", text)
    return re.sub(r"\\([%&#{}$])", r"\1", text).strip("{} ")


def _address(howpublished: str) -> str:
    match = re.search(r"\\url\s*\{([^{}]*)\}", howpublished)
    return _verbatim(match[1]) if match else ""


def _remarks(fields: Fields, item: dict[str, object]) -> dict[str, str]:
    words = ", ".join(part for part in (plain(word) for word in re.split(r"[,;]", fields.get("keywords", ""))) if part)
    note = joined(fields.get("note", ""), fields.get("addendum", ""))
    return {
        "note": "" if note == item.get("event-title") else note,
        "annote": to_rich(fields.get("annotation", "")),
        "abstract": to_rich(fields.get("abstract", "")),
        "keyword": words,
        "citation-label": plain(fields.get("shorthand", "")),
    }

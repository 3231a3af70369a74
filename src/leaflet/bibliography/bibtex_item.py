"""One BibTeX or BibLaTeX entry turned into a CSL item, as the biblatex manual gives its fields their meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from leaflet.bibliography.bibtex_names import Name, literals, names
from leaflet.bibliography.bibtex_read import Entry
from leaflet.bibliography.bibtex_titles import titles
from leaflet.bibliography.bibtex_types import (
    COUNTRIES,
    EPRINTS,
    GENRES,
    ISSUED_IN_ISSUES,
    LANGUAGES,
    PERIODICALS,
    ROLES,
    SERIES,
    STATES,
    SUBTYPES,
    THESIS_WORDS,
    TYPES,
    VARIANTS,
)
from leaflet.bibliography.csl_items import TYPES as CSL_TYPES
from leaflet.bibliography.edtf_dates import Date, DateError, date, year_and_month
from leaflet.bibliography.identifiers import bare_doi
from leaflet.bibliography.latex import plain, to_rich
from leaflet.errors import Problem, Severity

Fields = Mapping[str, str]


def to_item(entry: Entry) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The entry as CSL-JSON, and what in it could not be understood."""
    fields = _with_biblatex_names(entry.fields)
    language = _language(fields)
    problems: list[Problem] = []
    item: dict[str, Any] = {"id": entry.key, "type": _type(entry, fields, problems)}
    item |= titles(fields, entry.type, language)
    item |= _names(fields)
    item |= _dates(entry, fields, problems)
    item |= _numbers(fields, entry.type, item["type"])
    item |= _publication(fields, entry.type, item["type"])
    item |= _genre(fields, entry.type, language)
    item |= _identifiers(fields)
    if item["type"] == "article" and _arxiv(fields):
        item |= {"number": f"arXiv:{_arxiv(fields)}", "publisher": item.get("publisher", "arXiv")}
    item |= _remarks(fields)
    if language:
        item["language"] = language
    return {key: value for key, value in item.items() if value not in ("", [], None)}, tuple(problems)


_ALIASES = {
    "journal": "journaltitle", "address": "location", "annote": "annotation", "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass", "school": "institution", "hyphenation": "langid", "key": "sortkey",
    "pdf": "file", "keyword": "keywords", "city": "location", "pmc": "pmcid",
}  # fmt: skip
"""BibTeX's names of fields, the manual's section 2.2.5."""


def _with_biblatex_names(fields: Fields) -> Fields:
    named = dict(fields)
    for old, new in _ALIASES.items():
        if old in named:
            named.setdefault(new, named[old])
    return named


def _type(entry: Entry, fields: Fields, problems: list[Problem]) -> str:
    subtype = fields.get("entrysubtype", "").lower()
    if subtype in CSL_TYPES:
        return subtype
    if re.fullmatch("custom[a-f]", entry.type):
        return "document"
    kind = TYPES.get(entry.type)
    if kind is None:
        problems.append(_warning(entry, f"@{entry.type} is not a known type of entry; it is read as @misc"))
        return "document"
    if entry.type in ("article", "periodical", "suppperiodical"):
        return SUBTYPES.get(subtype, kind)
    if entry.type == "unpublished" and "eventtitle" in fields:
        return "speech"
    if entry.type in ("misc", "online") and _arxiv(fields):
        return "article"
    return kind


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
}  # fmt: skip


def _names(fields: Fields) -> dict[str, list[Name]]:
    use_prefix = bool(re.search(r"\buseprefix\s*(=\s*true\b|,|$)", fields.get("options", "")))
    found: dict[str, list[Name]] = {}

    def add(variable: str, text: str) -> None:
        listed = names(text, use_prefix=use_prefix)
        found[variable] = found.get(variable, []) + [name for name in listed if name not in found.get(variable, [])]

    for field, variable in _NAME_FIELDS.items():
        if field in fields:
            add(variable, fields[field])
    for field in ("editor", "editora", "editorb", "editorc"):
        if field in fields:
            role = plain(fields.get(f"{field}type", "editor")).lower()
            add(ROLES.get(role, "editor" if field == "editor" else "contributor"), fields[field])
    if "holder" in fields:  # "the holder(s) of a @patent, if different from the author"
        add("contributor" if "author" in fields else "author", fields["holder"])
    return {variable: listed for variable, listed in found.items() if listed}


_DATE_FIELDS = {"": "issued", "event": "event-date", "orig": "original-date", "url": "accessed"}


def _dates(entry: Entry, fields: Fields, problems: list[Problem]) -> dict[str, Date]:
    found: dict[str, Date] = {}
    for prefix, variable in _DATE_FIELDS.items():
        text, year = fields.get(f"{prefix}date", ""), fields.get(f"{prefix}year", "")
        shown = plain(text or year)
        if not shown:
            continue
        try:
            if text:
                found[variable] = date(text.strip().strip("{}"))
            else:
                month, day = (plain(fields.get(f"{prefix}{part}", "")) for part in ("month", "day"))
                found[variable] = year_and_month(plain(year.replace("~", "\\textasciitilde ")), month, day)
        except DateError:
            found[variable] = {"literal": shown}
            if shown.lower().replace(" ", "") in STATES:
                continue
            problems.append(
                _warning(
                    entry,
                    f'{prefix}{"date" if text else "year"} = "{shown}" is not a date; it is printed as it stands',
                    hint="write YYYY, YYYY-MM, YYYY-MM-DD, or two of them with / between",
                )
            )
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
        "page": _pages(fields.get("pages", "")) or shown.get("eid"),
    }
    number, issue = shown.get("number"), shown.get("issue")
    if kind in PERIODICALS or csl in ISSUED_IN_ISSUES:
        made["issue"] = ", ".join(part for part in (number, issue) if part)
    elif kind in SERIES and ("series" in fields or kind not in ("proceedings", "inproceedings", "conference")):
        made["collection-number"] = number
    else:
        made["number"] = number
    return {key: value for key, value in made.items() if value}


def _numbered(text: str) -> str:
    return to_rich(text).replace("–", "-") if re.search(r"\d", text) else to_rich(text)


def _pages(text: str) -> str:
    """Page ranges with CSL's plain hyphen, which a style turns into its own kind of dash."""
    return re.sub(r"\s*[–—]\s*|(?<=\d)\s*-+\s*(?=\d)", "-", plain(text))


def _publication(fields: Fields, entry_type: str, kind: str) -> dict[str, str]:
    houses: list[str] = []
    for name in ("institution", "organization", "howpublished", "publisher"):
        text = fields.get(name, "")
        if name == "howpublished" and r"\url" in text:
            continue
        houses += [house for house in literals(text) if house not in houses]
    place = "; ".join(COUNTRIES.get(place, place) for place in literals(fields.get("location", "")))
    made = {
        "publisher": "; ".join(houses),
        "jurisdiction" if kind == "patent" else "publisher-place": place,
        "event-title": _joined(fields.get("eventtitle", ""), fields.get("eventtitleaddon", "")),
        "event-place": "; ".join(literals(fields.get("venue", ""))),
        "original-publisher": "; ".join(literals(fields.get("origpublisher", ""))),
        "original-publisher-place": "; ".join(literals(fields.get("origlocation", ""))),
        "collection-title": _series(to_rich(fields.get("series", "")), entry_type),
        "call-number": plain(fields.get("library", "")),
        "status": _state(fields),
    }
    return {key: value for key, value in made.items() if value}


def _series(text: str, entry_type: str) -> str:
    """The series of a journal may be a localisation key or a bare number: the manual's section 3.9."""
    if entry_type not in PERIODICALS:
        return text
    if text.isdigit():
        return f"{_ordinal(int(text))} series"
    return {"newseries": "New series", "oldseries": "Old series"}.get(text, text)


def _ordinal(number: int) -> str:
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{number}{suffix}"


def _joined(*texts: str) -> str:
    return ". ".join(shown for text in texts if (shown := to_rich(text)))


def _state(fields: Fields) -> str:
    given = plain(fields.get("pubstate", ""))
    if not given and "date" not in fields:
        given = plain(fields.get("year", "")).lower().replace(" ", "")
        return STATES.get(given, "")
    return STATES.get(given.lower(), given)


def _genre(fields: Fields, kind: str, language: str) -> dict[str, str]:
    given = plain(fields.get("type", ""))
    key = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}.get(kind, "")
    key = given.lower() if given else key
    words = THESIS_WORDS.get(language[:2], {}).get(key) or GENRES.get(key) or given
    return {"genre": words} if words and not (kind == "techreport" and not given) else {}


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
    """The number of a preprint on arXiv, which CSL describes as an article with arXiv as its publisher."""
    return _verbatim(fields.get("eprint", "")) if fields.get("eprinttype", "").lower() == "arxiv" else ""


def _verbatim(text: str) -> str:
    """A field that biblatex reads letter by letter; the escapes that BibTeX users put in all the same go."""
    text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", text.strip())
    text = re.sub(r"\\(?:textunderscore|_)(?:\{\})?", "_", text)
    text = re.sub(r"\{?\\(?:textasciitilde|~|sim)\s*(?:\{\s*\})?\}?|\$\\sim\$", "~", text)
    return re.sub(r"\\([%&#{}$])", r"\1", text).strip("{} ")


def _address(howpublished: str) -> str:
    match = re.search(r"\\url\s*\{([^{}]*)\}", howpublished)
    return _verbatim(match[1]) if match else ""


def _remarks(fields: Fields) -> dict[str, str]:
    words = ", ".join(part for part in (plain(word) for word in re.split(r"[,;]", fields.get("keywords", ""))) if part)
    return {
        "note": _joined(fields.get("note", ""), fields.get("addendum", "")),
        "annote": to_rich(fields.get("annotation", "")),
        "abstract": to_rich(fields.get("abstract", "")),
        "keyword": words,
        "citation-label": plain(fields.get("shorthand", "")),
    }


def _warning(entry: Entry, message: str, hint: str | None = None) -> Problem:
    return Problem(message=f"{entry.key}: {message}", location=entry.location, hint=hint, severity=Severity.WARNING)

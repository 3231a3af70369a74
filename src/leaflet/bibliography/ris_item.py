"""Conversion of one RIS record into a CSL item."""

from __future__ import annotations

import re

from leaflet.bibliography.bibtex_names import FUSED, spaced_initials
from leaflet.bibliography.bibtex_types import ISSUED_IN_ISSUES
from leaflet.bibliography.ris_record import Record
from leaflet.bibliography.ris_types import BOUND, NAMES, PAGED, READ, TEXTS, meaning
from leaflet.files import SEASONS, Date, DateError, bare_doi, is_doi, is_isbn, is_issn, read_edtf, year_and_month


def to_item(record: Record, key: str) -> tuple[dict[str, object], list[str]]:
    """Return the record as CSL-JSON, and what in it could not be understood."""
    warnings: list[str] = []
    kind = READ.get(record.kind)
    if kind is None:
        warnings.append(f'TY "{record.kind}" is not a known type; it is read as a document')
        kind = "document"
    if record.kind == "ICOMM" and record.first("UR") and not record.first("A2"):
        kind = "webpage"  # Mendeley writes pages on the web so; letters have no address
    item: dict[str, object] = {"id": key, "type": kind}
    for tag, value in record.values:
        variable = meaning(TEXTS, tag, kind)
        if variable and value:
            item.setdefault(variable, value)
    if kind == "paper-conference":
        item |= _conference(record, item)
    item |= _genre(record, kind, item)
    if kind == "thesis":
        item |= _degree(str(item.get("genre", "")))
    item |= _names(record, kind)
    item |= _dates(record, kind, warnings)
    item |= _numbers(record, kind)
    item |= _identifiers(record, kind)
    item |= _archive(record, kind)
    if str(item.get("archive", "")).lower() in INDEXES:
        del item["archive"]
    item |= _without_catalogue_marks(item, record)
    item |= _notes(record)
    return item, warnings


def _conference(record: Record, item: dict[str, object]) -> dict[str, str]:
    """Return the conference and its proceedings.

    ``T2`` names the conference and ``C3`` the proceedings; without ``C3`` most databases write the proceedings as
    ``T2``, and a paper that was printed in nothing is of the conference alone.
    """
    event, place = record.first("T2"), record.first("CY")
    found: dict[str, str] = {}
    if "container-title" in item:
        found["event-title"] = event
    else:
        printed = record.first("SP", "EP", "VL", "PB", "SN", "DO", "ED", "A2")
        found["container-title" if printed else "event-title"] = event
    # EndNote has the place of the conference in CY and that of the publisher in C1.
    found["event-place" if "publisher-place" in item else "publisher-place"] = place
    return {variable: value for variable, value in found.items() if value}


def _genre(record: Record, kind: str, item: dict[str, object]) -> dict[str, str]:
    """Return the kind of work: EndNote's ``M3``, in which Mendeley writes the DOI; of pictures and interviews the medium."""
    given = record.first("M3")
    if not given or is_doi(bare_doi(given)):
        return {}
    if kind in ("graphic", "interview") or (kind == "song" and "medium" not in item):
        return {"medium": given}
    return {"genre": given}


def _degree(genre: str) -> dict[str, object]:
    """Return the kind of thesis that goes with a degree alone, which EndNote and ProQuest have in its place."""
    kind = _DEGREES.get(re.sub(r"[.\s]", "", genre))
    return {"genre": kind} if kind else {}


_DEGREES = {"PhD": "PhD thesis", "DPhil": "DPhil thesis", **dict.fromkeys(("MA", "MS", "MSc"), "Master’s thesis")}
"""Degrees, without their stops, and the thesis for each."""


def _names(record: Record, kind: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    tags: dict[tuple[str, str], str] = {}
    for tag, value in record.values:
        variable = meaning(NAMES, tag, kind)
        if variable == "author" and record.kind == "EDBOOK":
            variable = "editor"  # an edited book has no authors, and EndNote's first names of it are the editors
        if not variable or not value:
            continue
        if tags.setdefault((variable, value), tag) == tag:  # some programs write one editor as A3 and as ED
            found.setdefault(variable, []).append(name(value))
    return found


def name(text: str) -> dict[str, str]:
    """Return the parts of a name: ``Family, Given, Suffix``.

    A comma at the end, or several words without one, mean a corporate body, as EndNote has it. Small words before the
    family name do not drop; small words after the given names do.
    """
    if text.endswith(",") or ("," not in text and " " in text):
        return {"literal": text.removesuffix(",").strip()}
    parts = [part.strip() for part in text.split(",", 2)]
    particle, family = _leading_small(parts[0])
    if not particle and (fused := FUSED.match(family)):
        particle, family = fused[0], family[fused.end() :]
    given, dropping = _trailing_small(parts[1] if len(parts) > 1 else "")
    named = {
        "family": family,
        "given": spaced_initials(given),
        "non-dropping-particle": particle,
        "dropping-particle": dropping,
        "suffix": parts[2] if len(parts) > 2 else "",
    }
    return {part: value for part, value in named.items() if value} or {"literal": text}


def _leading_small(text: str) -> tuple[str, str]:
    words = text.split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _trailing_small(text: str) -> tuple[str, str]:
    words = text.split(" ")
    count = len(words)
    while count > 1 and words[count - 1][:1].islower():
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def _dates(record: Record, kind: str, warnings: list[str]) -> dict[str, Date]:
    found: dict[str, Date] = {}
    year = record.first("PY", "Y1")[:4]
    for variable, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",)), ("original-date", ("OP",))):
        if variable == "original-date" and meaning(TEXTS, "OP", kind):
            continue
        for text in (value for tag in tags for value in record.all(tag)):
            made = read_date(text) or (_worded(f"{text.strip()} {year}") if variable == "issued" else None)
            if made is None:
                warnings.append(f'"{text}" is not a date; write YYYY/MM/DD')
                made = {"literal": text}
            known = found.get(variable)
            if known is None or _precision(made) > _precision(known):
                found[variable] = made
    if kind == "patent" and (filed := read_date(record.first("C1") or "?")):
        found["submitted"] = filed
    if kind == "webpage" and "accessed" not in found and (day := _worded(f"{record.first('M1')} {record.first('VL')}")):
        found["accessed"] = day  # EndNote has the day of access in M1 and its year in VL
    return found


def _precision(value: Date) -> int:
    """Return how much a date says: words nothing, a year less than a day, a range more than one end of it."""
    return len(str(value.get("date-parts", ""))) + ("season" in value)


def read_date(text: str) -> Date | None:
    """Return the date of ``YYYY/MM/DD/other``.

    The last part may hold a season, or a range or doubt in EDTF; of the day on which a page was seen, it holds the
    time.
    """
    year, *rest = (part.strip() for part in text.split("/", 3))
    month, day, other = (*rest, "", "", "")[:3]
    try:
        if (years := _YEARS.fullmatch(text.strip())) and years[1] < years[2]:
            return read_edtf("/".join(years.groups()))
        if other and other.lower() not in SEASONS and not (month and day):
            return read_edtf(other)
    except DateError:
        pass
    try:
        if not rest:
            return read_edtf(text) if re.match(r"-?\d{4}(?!\s)", text) else _worded(text)
        return year_and_month(year, month or other, day)
    except DateError:
        return None


_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[A-Za-z]{3,9})\.?(?:\s*[-–/]\s*(?P<last>[A-Za-z]{3,9})\.?)?"
    r"(?:\s+(?P<after>\d{1,2}))?,?\s+(?P<year>\d{4})"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s+([A-Za-z]{3,9}\.?(?:\s+\d{1,2})?)")


def _worded(text: str) -> Date | None:
    """Return the date of ``12 May 2001``, ``May 12, 2001``, ``May-Jun 2001`` or ``May 2001``.

    EndNote writes the day and the month in words as ``DA`` beside the year in ``PY``, and some databases write all in
    one.
    """
    match = _WORDED.fullmatch(_YEAR_FIRST.sub(r"\2 \1", text.strip()))  # ProQuest has “2018 Jun 07”
    if not match:
        return None
    month = f"{match['month']}/{match['last']}" if match["last"] else match["month"]
    made = year_and_month(match["year"], month, match["day"] or match["after"] or "")
    return made if len(str(made)) > len(str(year_and_month(match["year"], ""))) else None


def _numbers(record: Record, kind: str) -> dict[str, str]:
    found = _pages(record, kind)
    issue, number = record.first("IS", "CP"), record.first("M1")
    if kind in ISSUED_IN_ISSUES:
        found["issue"] = issue or number
    elif kind == "chapter":
        found["number-of-volumes"] = record.first("NV") or issue or number
    elif kind == "software":
        found["medium"] = number  # the system that the program runs on
    elif kind in BOUND:
        found["collection-number"] = number or issue
    elif kind not in ("webpage", "patent") and (number or issue):
        found["number"] = number or issue
    if kind in NUMBERED and (own := _number_of(record, kind)):
        found["number"] = own
    return {variable: value for variable, value in found.items() if value}


def _pages(record: Record, kind: str) -> dict[str, str]:
    """Return the pages of ``SP`` and ``EP``.

    Of a book, a thesis or a report the one number alone is how many pages it has; of a film, how long it is.
    """
    start, end = record.first("SP"), record.first("EP")
    pages = f"{start}-{end}" if start and end and end != start and "-" not in start else start or end
    pages = re.sub(r"\s*[–—]\s*|(?<=\d)--(?=\d)", "-", pages)
    if kind in PAGED and pages.isdigit() and not end:
        return {"number-of-pages": pages}
    if kind == "motion_picture":
        return {"dimensions": pages}
    return {"page": pages}


NUMBERED = ("report", "patent", "standard")
"""Types whose ``SN`` is the number of the work."""


def _number_of(record: Record, kind: str) -> str:
    """Return the number of a report, a patent or a standard: its ``SN``, where that is no ISBN or ISSN."""
    number = record.first("SN")
    return "" if kind != "patent" and (is_isbn(number) or is_issn(number)) else number


def _identifiers(record: Record, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    doi = bare_doi(record.first("DO") or next((text for text in record.all("M3") if is_doi(bare_doi(text))), ""))
    for address in record.all("UR"):
        if not doi and is_doi(bare_doi(address)):
            doi = bare_doi(address)
        else:
            found.setdefault("URL", address)
    if doi:
        found["DOI"] = doi
    numbers = record.all("SN") if kind not in NUMBERED or not _number_of(record, kind) else []
    for number in (part.strip() for value in numbers for part in re.split(r"[;,]", value)):
        digits = re.sub(r"[\s‐‑–-]|\(.*", "", number)
        if number:
            found.setdefault("ISSN" if len(digits) == 8 else "ISBN", number)
    if record.first("C2").startswith("PMC"):
        found["PMCID"] = record.first("C2")
    return found


def _archive(record: Record, kind: str) -> dict[str, str]:
    """Return ``AN``, the number of the work in the database or archive ``DB``; PubMed's is an identifier of its own, of a
    thesis it is the number under which it is published, and of an article it finds the record and not the article.
    """
    accession, database = record.first("AN"), record.first("DB", "DP").lower()
    if database in ("pubmed", "medline"):
        return {"PMID": accession} if accession.isdigit() else {}
    if not accession or not record.first("DB") or kind in ISSUED_IN_ISSUES or database in INDEXES:
        return {}
    return {"number" if kind == "thesis" else "archive_location": accession}


INDEXES = frozenset(
    (
        "cinahl", "cinahl complete", "embase", "google scholar", "medline", "psycinfo", "apa psycinfo", "pubmed", "scopus",
        "web of science", "wos",
    )
)  # fmt: skip
"""Databases that list works and do not hold them."""
_NLM_PLACE = re.compile(r"\s\([A-Z][^()]*(?:, |: )[^()]*\)$|\s\((?:[12]\d{3})\)$")
_LAST_STOP = re.compile(r"(?<=[a-z]{3})\.$")


def _without_catalogue_marks(item: dict[str, object], record: Record) -> dict[str, object]:
    """Return the texts of ``item`` without what only a catalogue writes: the stop behind a title, and in PubMed the place
    behind the name of a journal.
    """
    found: dict[str, object] = {"title": _LAST_STOP.sub("", str(item["title"]))} if "title" in item else {}
    if "PMID" in item or record.first("DB", "DP").lower() in ("pubmed", "medline"):
        found |= (
            {"container-title": _NLM_PLACE.sub("", str(item["container-title"]))} if "container-title" in item else {}
        )
    return found


def _notes(record: Record) -> dict[str, str]:
    found = {"keyword": ", ".join(record.all("KW")), "note": ". ".join(record.all("N1")), "annote": record.first("RN")}
    return {variable: value for variable, value in found.items() if value}

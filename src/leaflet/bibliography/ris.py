"""RIS files, as EndNote, RefWorks, publishers and databases write them, read into CSL items.

The format is one tag a line; it is split here and not by a library because every record and every stray line needs
its line number in the message about it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from leaflet.bibliography.bibtex_names import FUSED
from leaflet.bibliography.bibtex_types import ISSUED_IN_ISSUES
from leaflet.bibliography.edtf_dates import SEASONS, Date, DateError, date, year_and_month
from leaflet.bibliography.identifiers import bare_doi, is_doi
from leaflet.bibliography.ris_types import BOUND, NAMES, READ, TEXTS
from leaflet.errors import Location, Problem, Severity
from leaflet.model.citation import Reference

_LINE = re.compile(r"\s{0,3}([A-Z][A-Z0-9]) {1,3}-(?: (.*)|\s*)$")


@dataclass(slots=True, kw_only=True)
class _Record:
    line: int
    kind: str
    values: list[tuple[str, str]] = field(default_factory=list)

    def all(self, tag: str) -> list[str]:
        return [value for name, value in self.values if name == tag and value]

    def first(self, *tags: str) -> str:
        return next((value for tag in tags for value in self.all(tag)), "")


def read_ris(
    text: str, name: str, wanted: Collection[str] | None = None
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The references of an RIS file and what is wrong with it. A record without an ``ID`` gets a key made of its
    first author and its year."""
    problems: list[Problem] = []
    references: dict[str, Reference] = {}
    for record in _records(text.removeprefix("\ufeff"), name, problems):
        location = Location(file=name, line=record.line)
        key = record.first("ID", "LB") or _made_key(record, references)
        if wanted is not None and key not in wanted:
            continue
        item, warnings = _item(record, key)
        problems += [_warning(f"{key}: {warning}", location) for warning in warnings]
        if key in references:
            problems.append(_warning(f"{key}: this ID was already used; the later record is used", location))
        references[key] = Reference(id=key, item=item, location=location)
    return tuple(references.values()), tuple(problems)


def _warning(message: str, location: Location) -> Problem:
    return Problem(message=message, location=location, severity=Severity.WARNING)


def _records(text: str, name: str, problems: list[Problem]) -> Iterator[_Record]:
    """The records of the file. A line without a tag carries the field before it on."""
    record: _Record | None = None
    strayed = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        match = _LINE.match(line.rstrip())
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag == "TY":
            if record is not None:
                problems.append(_unclosed(record, name))
                yield record
            record, strayed = _Record(line=number, kind=value.upper()), False
        elif tag == "ER":
            if record is not None:
                yield record
            record = None
        elif record is None:
            if value and not strayed and not value.isdigit() and not value.endswith("."):
                strayed = True
                problems.append(_stray(number, name))
        elif tag:
            record.values.append((tag, value))
        elif value:
            _carry_on(record, value)
    if record is not None:
        problems.append(_unclosed(record, name))
        yield record


def _carry_on(record: _Record, value: str) -> None:
    if record.values:
        tag, before = record.values[-1]
        record.values[-1] = (tag, f"{before} {value}".strip())


def _unclosed(record: _Record, name: str) -> Problem:
    key = record.first("ID") or "a record"
    return _warning(f"{key}: the record does not end with ER", Location(file=name, line=record.line))


def _stray(number: int, name: str) -> Problem:
    return Problem(
        message="this line is outside of any record",
        location=Location(file=name, line=number),
        hint='a record starts with "TY  - JOUR" and ends with "ER  - "',
    )


def _made_key(record: _Record, taken: Collection[str]) -> str:
    family = (
        re.sub(r"\W", "", (record.first("AU", "A1", "A2", "ED", "TI", "T1").split(",")[0]).split(" ")[-1]) or "item"
    )
    year = re.search(r"\d{4}", record.first("PY", "Y1", "DA"))
    key = f"{family.lower()}{year[0] if year else ''}"
    marks = ("", *"bcdefghijklmnopqrstuvwxyz")
    return next((key + mark for mark in marks if key + mark not in taken), f"{key}-{record.line}")


def _item(record: _Record, key: str) -> tuple[dict[str, Any], list[str]]:
    warnings: list[str] = []
    kind = READ.get(record.kind)
    if kind is None:
        warnings.append(f'TY "{record.kind}" is not a known type; it is read as a document')
        kind = "document"
    item: dict[str, Any] = {"id": key, "type": kind}
    for tag, value in record.values:
        variable = TEXTS.get(tag)
        if variable and value:
            item.setdefault(variable, value)
    if kind == "book" and "container-title" in item:
        # A book stands in a series, and programs write its title as T2.
        item.setdefault("collection-title", item.pop("container-title"))
    item |= _names(record)
    item |= _dates(record, warnings)
    item |= _numbers(record, kind)
    item |= _identifiers(record)
    item |= _notes(record)
    if item.get("archive", "").lower() in ("pubmed", "medline") and "PMID" in item:
        del item["archive"]
    return item, warnings


def _names(record: _Record) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for tag, value in record.values:
        if tag in NAMES and value:
            found.setdefault(NAMES[tag], []).append(name(value))
    return found


def name(text: str) -> dict[str, str]:
    """``Family, Given, Suffix``. A comma at the end, or several words without one, mean a corporate body, as
    EndNote has it. Small words before the family name do not drop; small words after the given names do."""
    if text.endswith(",") or ("," not in text and " " in text):
        return {"literal": text.removesuffix(",").strip()}
    parts = [part.strip() for part in text.split(",", 2)]
    particle, family = _leading_small(parts[0])
    if not particle and (fused := FUSED.match(family)):
        particle, family = fused[0], family[fused.end() :]
    given, dropping = _trailing_small(parts[1] if len(parts) > 1 else "")
    named = {
        "family": family,
        "given": given,
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


def _dates(record: _Record, warnings: list[str]) -> dict[str, Date]:
    found: dict[str, Date] = {}
    for variable, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",)), ("original-date", ("OP",))):
        for text in (value for tag in tags for value in record.all(tag)):
            made = _date(text)
            if made is None:
                warnings.append(f'"{text}" is not a date; write YYYY/MM/DD')
                made = {"literal": text}
            known = found.get(variable)
            if known is None or _precision(made) > _precision(known):
                found[variable] = made
    return found


def _precision(value: Date) -> int:
    """How much a date says: words nothing, a year less than a day, a range more than one end of it."""
    return len(str(value.get("date-parts", "")))


def _date(text: str) -> Date | None:
    """``YYYY/MM/DD/other``. The last part may hold a season, or a range or doubt in EDTF."""
    year, *rest = (part.strip() for part in text.split("/", 3))
    month, day, other = (*rest, "", "", "")[:3]
    try:
        if other and (other.lower() not in SEASONS):
            return date(other)
    except DateError:
        pass
    try:
        if not rest:
            return date(text) if re.match(r"-?\d{4}", text) else _worded(text)
        made = year_and_month(year, month or other, day)
    except DateError:
        return None
    return made


def _worded(text: str) -> Date | None:
    """``12 May 2001`` or ``May 2001``, which some databases write."""
    match = re.fullmatch(r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})", text)
    return year_and_month(match["year"], match["month"], match["day"] or "") if match else None


def _numbers(record: _Record, kind: str) -> dict[str, str]:
    start, end = record.first("SP"), record.first("EP")
    pages = f"{start}-{end}" if start and end and end != start and "-" not in start else start or end
    issue, number = record.first("IS", "CP"), record.first("M1")
    found = {"page": re.sub(r"\s*[–—]\s*|(?<=\d)--(?=\d)", "-", pages) or record.first("C7")}
    if kind in ISSUED_IN_ISSUES:
        found["issue"] = issue or number
    elif kind in BOUND:
        found["collection-number"] = number or issue
    else:
        found["number"] = number or issue
    return {variable: value for variable, value in found.items() if value}


def _identifiers(record: _Record) -> dict[str, str]:
    found: dict[str, str] = {}
    doi = bare_doi(record.first("DO"))
    for address in record.all("UR"):
        if not doi and is_doi(bare_doi(address)):
            doi = bare_doi(address)
        else:
            found.setdefault("URL", address)
    if doi:
        found["DOI"] = doi
    for number in (part.strip() for value in record.all("SN") for part in re.split(r"[;,]", value)):
        digits = re.sub(r"[\s‐‑–-]|\(.*", "", number)
        if number:
            found.setdefault("ISSN" if len(digits) == 8 else "ISBN", number)
    accession = record.first("AN")
    if accession.isdigit() and record.first("DB", "DP").lower() in ("pubmed", "medline"):
        found["PMID"] = accession
    if record.first("C2").startswith("PMC"):
        found["PMCID"] = record.first("C2")
    return found


def _notes(record: _Record) -> dict[str, str]:
    found = {"keyword": ", ".join(record.all("KW")), "note": ". ".join(record.all("N1")), "annote": record.first("RN")}
    return {variable: value for variable, value in found.items() if value}

"""Writer of RIS, with the line ends that the format prescribes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from leaflet.bibliography.bibtex_types import ISSUED_IN_ISSUES
from leaflet.bibliography.rich_text_runs import bare
from leaflet.bibliography.ris_types import BOUND, NAMES, PAGED, READ, TEXTS, WRITE, meaning
from leaflet.files import is_isbn, is_issn, to_edtf
from leaflet.model.citation import Item, Reference

Line = tuple[str, object]

_NAME_TAGS = ("AU", "A2", "ED", "A3", "A4", "C1", "C2", "PB")
_TEXT_TAGS = tuple("TI T2 T3 A2 J2 VL ET NV PB CY PP C1 C3 C5 C7 SE SV RI OP JF".split())
"""Tags that mean different things in different types. The first that means a variable is written for it."""
_TEXTS = (
    "title", "container-title", "collection-title", "container-title-short", "volume", "edition", "version",
    "number-of-volumes", "publisher", "publisher-place", "event-title", "event-place", "authority", "section",
    "chapter-number", "scale", "dimensions", "division", "reviewed-title", "references", "jurisdiction",
)  # fmt: skip
_ALWAYS = (
    ("ST", "title-short"), ("CN", "call-number"), ("LA", "language"), ("DO", "DOI"), ("UR", "URL"), ("SN", "ISBN"),
    ("SN", "ISSN"), ("C2", "PMCID"), ("AB", "abstract"), ("J2", "journalAbbreviation"), ("N1", "note"), ("RN", "annote"), ("DP", "source"),
)  # fmt: skip


def to_ris(references: tuple[Reference, ...]) -> str:
    """Return all records. RIS has no formatting: italics and the like go, and the text stays."""
    return "".join(_record(reference) for reference in references)


def _record(reference: Reference) -> str:
    item = reference.item
    written = WRITE.get(str(item.get("type", "document")), "GEN")
    kind = READ[written]  # what a reader takes it for decides what its tags mean
    lines: list[Line] = [("TY", written), ("ID", reference.id)]
    lines += _names(item, kind)
    lines += _dates(item)
    lines += _texts(item, kind)
    lines += _genre(item, kind)
    lines += [(tag, item.get(variable)) for tag, variable in _ALWAYS]
    lines += _pages(item, kind)
    lines += _numbers(item, kind)
    lines += [("KW", word) for word in re.split(r"\s*[,;]\s*", str(item.get("keyword", "")))]
    lines += _archive(item)
    shown = (f"{tag}  - {text}\r\n" for tag, value in lines if value is not None and (text := _one_line(value)))
    return "".join(shown) + "ER  - \r\n\r\n"


def _one_line(value: object) -> str:
    return " ".join(bare(str(value)).split())


def _archive(item: Item) -> list[Line]:
    if item.get("PMID"):
        return [("AN", item["PMID"]), ("DB", "PubMed")]
    return [("DB", item.get("archive")), ("AN", item.get("archive_location") if item.get("archive") else None)]


def _names(item: Item, kind: str) -> Iterator[Line]:
    done: set[str] = set()
    for tag in _NAME_TAGS:
        variable = meaning(NAMES, tag, kind)
        if variable == "director" and not item.get("director"):
            variable = "author"  # AU has whoever is named first of a film
        if variable and variable not in done:
            done.add(variable)
            for name in item.get(variable) or ():
                yield tag, _name(name)


def _texts(item: Item, kind: str) -> Iterator[Line]:
    for variable in _TEXTS:
        tag = next((tag for tag in _TEXT_TAGS if meaning(TEXTS, tag, kind) == variable), None)
        if kind == "paper-conference":
            tag = _conference_tag(variable, tag, item)
        if tag:
            yield tag, item.get(variable)


def _conference_tag(variable: str, tag: str | None, item: Item) -> str | None:
    """Return the tag of a paper: ``C3`` names the proceedings and ``T2`` the conference; ``C1`` places the publisher, if ``CY`` the conference."""
    if variable == "container-title":
        return "C3"
    if variable == "publisher-place":
        return "C1" if item.get("event-place") else "CY"
    return {"event-title": "T2", "event-place": "CY" if item.get("publisher-place") else None}.get(variable, tag)


def _genre(item: Item, kind: str) -> Iterator[Line]:
    medium = {"graphic": "M3", "interview": "M3", "song": "C5", "motion_picture": "C5", "software": "M1"}.get(kind)
    if medium:
        yield medium, item.get("medium")
    if medium != "M3":
        yield "M3", item.get("genre")


def _name(name: Mapping[str, object]) -> str:
    """Return ``Family, Given, Suffix``; a body of one word, or with a comma, has a comma at its end."""
    family, given, suffix = (str(name.get(part, "")) for part in ("family", "given", "suffix"))
    fixed, dropping = str(name.get("non-dropping-particle", "")), str(name.get("dropping-particle", ""))
    if not family:
        literal = str(name.get("literal") or given)
        return f"{literal}," if "," in literal or " " not in literal else literal
    joined = fixed + family if fixed[-1:] in ("'", "’", "-") else f"{fixed} {family}".strip()
    given = f"{given} {dropping}".strip()
    if suffix:
        return f"{joined}, {given}, {suffix}"
    return f"{joined}, {given}" if given else joined


def _dates(item: Item) -> Iterator[Line]:
    for tag, variable in (("DA", "issued"), ("Y2", "accessed"), ("OP", "original-date")):
        value = item.get(variable)
        if not value:
            continue
        edtf = to_edtf(value)
        if edtf is None:
            yield ("PY" if tag == "DA" else tag), value.get("literal") or value.get("raw")
            continue
        simple = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf)
        plain = simple is not None and int(simple[2] or 1) <= 12
        first = re.search(r"\d{4}", edtf)
        year = first[0] if first else ""
        if tag == "DA" and year:
            yield "PY", year
        if plain and simple is not None:
            if simple[2] or tag != "DA":
                yield tag, f"{year}/{simple[2] or ''}/{simple[3] or ''}/"
        else:
            # The fourth part is free: it holds what RIS's own parts cannot say.
            yield tag, f"{year}///{edtf}"


def _pages(item: Item, kind: str) -> Iterator[Line]:
    if kind == "motion_picture":
        return  # SP is how long a film is
    start, dash, end = str(item.get("page", "")).partition("-")
    if dash and "-" not in end and "," not in start + end:
        yield from (("SP", start), ("EP", end))
    elif item.get("page"):
        yield "SP", item["page"]
        if kind in PAGED and start.isdigit():
            yield "EP", start  # one number alone would count the pages
    elif kind in PAGED:
        yield "SP", item.get("number-of-pages")


def _numbers(item: Item, kind: str) -> Iterator[Line]:
    number = str(item.get("number", ""))
    if kind == "motion_picture":
        yield "SP", item.get("dimensions")
    if kind in ISSUED_IN_ISSUES:
        yield "IS", item.get("issue")
        yield from [("C7", number)] if kind == "article-journal" else []
    elif kind == "chapter":
        yield "SV", item.get("collection-number")
    elif kind in BOUND:
        yield "M1", item.get("collection-number")
    elif kind == "patent" or (kind == "report" and not (is_isbn(number) or is_issn(number) or item.get("ISBN"))):
        yield "SN", number
    elif kind not in ("software", "webpage"):
        yield "M1", number

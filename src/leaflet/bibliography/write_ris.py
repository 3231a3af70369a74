"""References written as RIS, with the line ends that the format prescribes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from leaflet.bibliography.bibtex_types import ISSUED_IN_ISSUES
from leaflet.bibliography.edtf_dates import to_edtf
from leaflet.bibliography.rich_text import bare
from leaflet.bibliography.ris_types import BOUND, PARTS, WRITE
from leaflet.model.citation import Item, Reference

Line = tuple[str, Any]

_TEXTS = (
    ("TI", "title"), ("ST", "title-short"), ("T3", "collection-title"), ("J2", "container-title-short"),
    ("VL", "volume"), ("ET", "edition"), ("NV", "number-of-volumes"), ("PB", "publisher"),
    ("CY", "publisher-place"), ("M3", "genre"), ("SE", "section"), ("CN", "call-number"), ("LA", "language"),
    ("DO", "DOI"), ("UR", "URL"), ("SN", "ISBN"), ("SN", "ISSN"), ("C2", "PMCID"), ("AB", "abstract"),
    ("N1", "note"), ("RN", "annote"),
)  # fmt: skip


def to_ris(references: tuple[Reference, ...]) -> str:
    """All records. RIS has no formatting: italics and the like go, and the text stays."""
    return "".join(_record(reference) for reference in references)


def _record(reference: Reference) -> str:
    item = reference.item
    kind = str(item.get("type", "document"))
    lines: list[Line] = [("TY", WRITE.get(kind, "GEN")), ("ID", reference.id)]
    lines += _names(item, kind)
    lines += _dates(item)
    lines += [("T2", item.get("container-title"))]
    lines += [(tag, item.get(variable)) for tag, variable in _TEXTS]
    lines += _numbers(item, kind)
    lines += [("KW", word) for word in re.split(r"\s*[,;]\s*", str(item.get("keyword", "")))]
    lines += _archive(item)
    written = (f"{tag}  - {text}\r\n" for tag, value in lines if value is not None and (text := _one_line(value)))
    return "".join(written) + "ER  - \r\n\r\n"


def _one_line(value: Any) -> str:
    return " ".join(bare(str(value)).split())


def _archive(item: Item) -> list[Line]:
    if item.get("PMID"):
        return [("AN", item["PMID"]), ("DB", "PubMed")]
    return [("DB", item.get("archive"))]


def _names(item: Item, kind: str) -> Iterator[Line]:
    editor = "A2" if kind in PARTS else "ED"
    for tag, variable in (("AU", "author"), (editor, "editor"), ("A3", "collection-editor"), ("A4", "translator")):
        for name in item.get(variable) or ():
            yield tag, _name(name)


def _name(name: Mapping[str, Any]) -> str:
    """``Family, Given, Suffix``; a body of one word, or with a comma, has a comma at its end."""
    family, given, suffix = (str(name.get(part, "")) for part in ("family", "given", "suffix"))
    kept, dropping = str(name.get("non-dropping-particle", "")), str(name.get("dropping-particle", ""))
    if not family:
        literal = str(name.get("literal") or given)
        return f"{literal}," if "," in literal or " " not in literal else literal
    joined = kept + family if kept[-1:] in ("'", "’", "-") else f"{kept} {family}".strip()
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


def _numbers(item: Item, kind: str) -> Iterator[Line]:
    start, dash, end = str(item.get("page", "")).partition("-")
    if dash and "-" not in end and "," not in start + end:
        yield from (("SP", start), ("EP", end))
    else:
        yield "SP", item.get("page")
    if kind in ISSUED_IN_ISSUES:
        yield "IS", item.get("issue")
    else:
        yield "M1", item.get("collection-number" if kind in BOUND else "number")

"""Prints the differences between a record's exports: exports.py [biblatex|bibtex|ris].

``zotero/`` holds 72 invented records as Zotero's own translators export them. CSL-JSON says most; of each other
file only the facts are compared that the record in it holds, found by looking for their words in its text.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaflet.bibliography import read_text
from leaflet.citations import CitationCaches, CitationProcessor

CACHES = CitationCaches()
FOLDER = Path(__file__).parent / "zotero"
FILES = {"biblatex": "records-biblatex.bib", "bibtex": "records-bibtex.bib", "ris": "records.ris"}
STYLES = (
    "apa-corrected",
    "modern-language-association-corrected",
    "chicago-notes-bibliography-corrected",
    "harvard-cite-them-right-corrected",
)

UNTOLD = {
    "biblatex": re.compile(r"@(?:misc|online|jurisdiction|legislation|audio|movie|video)\b"),
    "bibtex": re.compile(r"@misc\b"),
    "ris": re.compile(r"TY  - (?:GEN|MPCT|SOUND|ICOMM|PCOMM)\b"),
}
"""Kinds of record that Zotero writes for several types of item, so that the file does not say which it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One record: as CSL-JSON says it, cut down to what the other file holds, and as that file was read."""

    key: str
    expected: dict[str, Any]
    found: dict[str, Any]


def exports(kind: str) -> Iterator[Export]:
    """Every record of one of the files beside the same in CSL-JSON."""
    whole = read_text((FOLDER / "records.csl.json").read_text(encoding="utf-8"), "csl-json", "records.csl.json")[0]
    text = (FOLDER / FILES[kind]).read_text(encoding="utf-8")
    records = re.split(r"^ER  - *\n", text, flags=re.M) if kind == "ris" else re.split(r"^(?=@)", text, flags=re.M)[1:]
    read, problems = read_text(text, kind, FILES[kind])
    assert problems == ()
    for reference, other, record in zip(whole, read, filter(str.strip, records), strict=True):
        expected = held(dict(reference.item), record)
        if UNTOLD[kind].match(record.strip()):
            expected["type"] = other.item["type"]
        yield Export(key=reference.id, expected=expected, found={**other.item, "id": reference.id})


def words(text: str) -> str:
    """Letters and digits alone, with one blank between words and at both ends, so that parts of words are not found."""
    plain = re.sub(r"<[^>]+>|\\[a-z]+\b|[{}\\]", "", text)
    plain = unicodedata.normalize("NFKD", plain).casefold()
    return " " + " ".join(re.findall(r"\w+", plain)) + " "


_ADDRESSES = re.compile(r"^\s*(?:url|doi|UR|DO)\s.*$", re.MULTILINE)
_LANGUAGES = re.compile(r"^\s*(?:langid|language|LA)\s", re.MULTILINE)
_WORDS_FOR = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_SAID_OTHERWISE = re.compile("|".join(_WORDS_FOR))


def held(item: dict[str, Any], record: str) -> dict[str, Any]:
    """The facts of ``item`` that ``record`` holds."""
    said = words(_SAID_OTHERWISE.sub(lambda match: _WORDS_FOR[match[0]], _ADDRESSES.sub("", record)))
    kept: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("id", "type") or (name == "language" and _LANGUAGES.search(record)):
            kept[name] = value
        elif name in ("URL", "DOI"):
            if str(value) in record:
                kept[name] = value
        elif isinstance(value, list):
            people = [person for person in value if all(words(str(part)) in said for part in person.values())]
            if people:
                kept[name] = people
        elif isinstance(value, dict):
            if date := _held_date(value, record):
                kept[name] = date
        elif name == "page":
            if all(f" {number} " in said for number in words(str(value)).split()):
                kept[name] = value
        elif words(str(value)) in said:
            kept[name] = value
    return kept


def _held_date(value: dict[str, Any], record: str) -> dict[str, Any] | None:
    """As much of a date as stands in the record: a day only where a date of eight digits or a field for it is there."""
    parts = [[int(part) for part in point] for point in value.get("date-parts", ())]
    if not parts:
        return value if words(str(value.get("literal", ""))) in words(record) else None
    year, month, day = (parts[0] + [0, 0, 0])[:3]
    whole = rf"{year:04d}[-/]{month:02d}"
    if day and re.search(rf"{whole}[-/]{day:02d}", record):
        return {"date-parts": [[year, month, day]]}
    named = "jan feb mar apr may jun jul aug sep oct nov dec".split()[month - 1] if month else "none"
    if month and (re.search(whole, record) or re.search(rf"month = {named},[\s\S]*year = \{{{year}\}}", record)):
        return {"date-parts": [[year, month]]}
    season = str(value.get("season", ""))
    if season and season.lower() in record.lower():
        return {"date-parts": [[year]], "season": season}
    return {"date-parts": [[year]]} if str(year) in record else None


def printed(item: dict[str, Any], style: str) -> str:
    """The entry of a reference list."""
    processor = CitationProcessor(style, [item], locale="en-US", caches=CACHES)
    return "".join(entry.html for entry in processor.process([], nocite=(item["id"],)).bibliography)


def differences(export: Export) -> dict[str, tuple[str, str]]:
    """By style, what should be printed and what is, where the two differ."""
    both = {style: (printed(export.expected, style), printed(export.found, style)) for style in STYLES}
    return {style: pair for style, pair in both.items() if pair[0] != pair[1]}


def main() -> None:
    """Print every difference, and how many records print the same."""
    for kind in sys.argv[1:] or FILES:
        same = apa = count = 0
        for export in exports(kind):
            found = differences(export)
            count, same, apa = count + 1, same + (not found), apa + ("apa-corrected" not in found)
            for style, (expected, actual) in found.items():
                print(f"{kind} {export.key} {style}\n  - {expected}\n  + {actual}")  # noqa: T201
            if found:
                names = sorted({*export.expected, *export.found})
                both = {name: (export.expected.get(name), export.found.get(name)) for name in names}
                unlike = {name: pair for name, pair in both.items() if pair[0] != pair[1]}
                print(f"  {json.dumps(unlike, ensure_ascii=False)}")  # noqa: T201
        print(f"{kind}: {same} of {count} the same in all of {len(STYLES)} styles, {apa} in APA")  # noqa: T201


if __name__ == "__main__":
    main()

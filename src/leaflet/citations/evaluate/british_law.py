"""Acts and cases of Britain and Ireland, which have their year in their title or in front of the report.

Manuals cite them by the custom of their country: “Care Act 2014, c. 23”, “Montgomery v Lanarkshire Health Board [2015]
UKSC 11”. CSL's styles only know the custom of the United States.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from leaflet.citations.data.item import Item

_CHAPTER = re.compile(r"(?:c|ch|chap|cap)\.? ?(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:asp|anaw|asc|nawm|S\.?I\.?|SSI|S\.?R\.?|WSI)[ .]*(?:No\.? )?\d.*", re.IGNORECASE)
_SITES = ("legislation.gov.uk", "irishstatutebook.ie")


def british(item: Item, *, undated: bool) -> Item:
    """Return an Act, an instrument or a case by British custom; every other item as it is.

    The short title of an Act has no year where the style prints one behind it (``undated``).
    """
    if "jurisdiction" in item.text:  # the styles ask for it, and mean Britain
        item = replace(item, text={name: value for name, value in item.text.items() if name != "jurisdiction"})
    match item.type:
        case "legislation" | "bill":
            return _act(item, undated=undated)
        case "legal_case":
            return _case(item)
        case _:
            return item


def _act(item: Item, *, undated: bool) -> Item:
    """Return an Act with its year and chapter in its title."""
    title, number = item.text.get("title", ""), item.text.get("number", "").strip()
    issued = item.dates.get("issued")
    year = str(issued.start.year) if issued and issued.start else ""
    chapter = _CHAPTER.fullmatch(number)
    told = bool(chapter or _NUMBER.fullmatch(number) or any(site in item.text.get("URL", "") for site in _SITES))
    dated = bool(year) and title.endswith(f" {year}") and not title.endswith(f" of {year}")
    if not year or not title or "container-title" in item.text or not (told or (dated and not number)):
        return item
    whole = title if year in title else f"{title} {year}"
    cited = f"c. {chapter[1]}" if chapter else number
    text = {name: value for name, value in item.text.items() if name != "number"}
    text |= {"title": f"{whole}, {cited}" if cited else whole, "jurisdiction": "UK"}
    return replace(item, text={"title-short": whole.removesuffix(f" {year}") if undated else whole, **text})


_REPORT = r"(?:\[\d{4}\]|\(\d{4}\)) (?:\d+ )?[A-Z][A-Za-z.&]*(?: [A-Z][a-z]+)*(?: \d+)?(?: \(\w+\))?"
_CITATION = re.compile(rf"(?:(?P<title>.+?),? )?(?P<citation>{_REPORT}(?:[,;] {_REPORT})*)")
_PARTIES = re.compile(r".+ v .+|(?:Re|In re|R) .+")


def _case(item: Item) -> Item:
    """Return a case with its citation in ``number`` and its country in ``jurisdiction``, which styles ask for."""
    found = {
        name: _CITATION.fullmatch(item.text.get(name, "").strip()) for name in ("number", "container-title", "title")
    }
    title = item.text.get("title", "")
    match = next((one for one in found.values() if one), None)
    if match:
        citation = match["citation"]
        if found["title"] and match is found["title"]:
            title = match["title"] or title
    else:
        citation = _neutral(item) or (_reported(item) if _PARTIES.fullmatch(title) else "")
    if not citation:
        return item
    gone = ("number", "container-title", "volume", "page", "page-first", "authority")
    text = {name: value for name, value in item.text.items() if name not in gone}
    return replace(item, text={**text, "title": title, "number": citation, "jurisdiction": "UK"})


_COURT = re.compile(r"(?:UK|EW|NI|IE)[A-Z]{2,4}(?: [A-Z][a-z]+)?|CS[IO]H|HCJAC")


def _neutral(item: Item) -> str:
    """Return the neutral citation of a case whose court has the letters of one."""
    court, number, issued = item.text.get("authority", ""), item.text.get("number", ""), item.dates.get("issued")
    if not _COURT.fullmatch(court) or not number.isdecimal() or not issued or not issued.start:
        return ""
    return f"[{issued.start.year}] {court} {number}"


def _reported(item: Item) -> str:
    """Return the place of a case in a British series of reports, whose names have no full stops."""
    report, page, volume = (item.text.get(name, "") for name in ("container-title", "page", "volume"))
    issued = item.dates.get("issued")
    if not report or "." in report or not page or not issued or not issued.start:
        return ""
    year = issued.start.year
    return f"({year}) {volume} {report} {page}" if volume else f"[{year}] {report} {page}"

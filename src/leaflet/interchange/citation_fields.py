"""Citations as programs for references store them in a document: Zotero, Mendeley, EndNote, and Word itself."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from leaflet.errors import SourceError
from leaflet.interchange.cited_items import CitedItems, ItemData, locator_text
from leaflet.interchange.field_words import field_words
from leaflet.interchange.imported_content import CitedSource, SourceCitation
from leaflet.interchange.office_package import parse_xml

ENDNOTE_TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal", "magazine article": "article-magazine",
    "newspaper article": "article-newspaper", "book": "book", "edited book": "book", "electronic book": "book",
    "book section": "chapter", "electronic book section": "chapter", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "report": "report", "government document": "report",
    "thesis": "thesis", "web page": "webpage", "blog": "post-weblog", "dataset": "dataset", "patent": "patent",
    "standard": "standard", "statute": "legislation", "case": "legal_case", "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary", "pamphlet": "pamphlet", "manuscript": "manuscript", "map": "map",
    "film or broadcast": "motion_picture", "computer program": "software", "personal communication": "personal_communication",
}  # fmt: skip
PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference"})


def csl_citation(text: str, items: CitedItems) -> SourceCitation | None:
    """Return the citation of Zotero's or Mendeley's JSON (CSL citation data); None where it cannot be read."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    return citation_data(data, items)


def citation_data(data: object, items: CitedItems) -> SourceCitation | None:
    """Return the citation that CSL citation data describes; None where it names no item."""
    listed = data.get("citationItems") if isinstance(data, Mapping) else None
    if not isinstance(listed, list) or not isinstance(data, Mapping):
        return None
    properties = data.get("properties")
    mode = properties.get("mode") if isinstance(properties, Mapping) else None
    in_text = mode in {"composite", "author-in-text"}
    cites = []
    for entry in listed:
        item = entry.get("itemData") if isinstance(entry, Mapping) else None
        if not isinstance(item, Mapping):
            return None
        uris = entry.get("uris") or entry.get("uri") or []
        identity = str(uris[0]) if isinstance(uris, list) and uris else f"{entry.get('id', '')} {item.get('id', '')}"
        cites.append(
            CitedSource(
                key=items.key(item, identity),
                locator=locator_text(str(entry.get("label") or "page"), str(entry.get("locator") or "")),
                prefix=_text(entry.get("prefix")),
                suffix=_text(entry.get("suffix")),
                hides_author=bool(entry.get("suppress-author")),
                in_text=in_text,
            )
        )
    return SourceCitation(cites=tuple(cites)) if cites else None


def mendeley_tag(tag: str, items: CitedItems) -> SourceCitation | None:
    """Return the citation that Mendeley Cite stores in the tag of a content control; None where it is none."""
    found = re.fullmatch(r"MENDELEY_CITATION_v\d+_(?P<data>[A-Za-z0-9+/=_-]+)", tag)
    if found is None:
        return None
    padded = found["data"] + "=" * (-len(found["data"]) % 4)
    try:
        return citation_data(json.loads(base64.b64decode(padded)), items)
    except (ValueError, binascii.Error, RecursionError):
        return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


# ---------------------------------------------------------------- EndNote


def endnote_citation(text: str, items: CitedItems, name: str) -> SourceCitation | None:
    """Return the citation of EndNote's XML; None where it cannot be read."""
    found = re.search(r"<EndNote>.*?</EndNote>", text, re.DOTALL)
    if found is None:
        return None
    try:
        root = parse_xml(found[0].encode(), name)
    except SourceError:
        return None
    cites = []
    for cite in root.findall("Cite"):
        record = cite.find("record")
        if record is None:
            return None
        item = _endnote_item(record)
        identity = f"endnote {record.findtext('rec-number', '')} {record.findtext('database', '')}"
        cites.append(
            CitedSource(
                key=items.key(item, identity),
                locator=locator_text("page", re.sub(r"^pp?\.\s*", "", cite.findtext("Pages", "") or "")),
                prefix=_text(cite.findtext("Prefix")),
                suffix=_text(cite.findtext("Suffix")),
                hides_author=cite.get("ExcludeAuth") == "1",
                in_text=cite.get("AuthorYear") == "1",
            )
        )
    return SourceCitation(cites=tuple(cites)) if cites else None


def endnote_data(data: str) -> str:
    """Return the XML that EndNote stores beside a field, in base64."""
    try:
        return base64.b64decode("".join(data.split())).decode("utf-8", "replace").rstrip("\0")
    except (ValueError, binascii.Error):
        return ""


def _endnote_item(record: _Element) -> ItemData:
    def text(path: str) -> str:
        found = record.find(path)
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    kind = record.find("ref-type")
    csl = ENDNOTE_TYPES.get((kind.get("name", "") if kind is not None else "").casefold(), "document")
    container = "container-title" if csl in PERIODICALS else "collection-title"
    item: ItemData = {"type": csl, "title": text("titles/title"), container: text("titles/secondary-title")}
    if csl in {"webpage", "post-weblog"}:
        item["container-title"] = item.pop("collection-title")
    for field, path in (
        ("volume", "volume"), ("issue", "number"), ("page", "pages"), ("publisher", "publisher"),
        ("publisher-place", "pub-location"), ("DOI", "electronic-resource-num"), ("edition", "edition"),
        ("URL", "urls/related-urls/url"),
    ):  # fmt: skip
        item[field] = text(path)
    item["ISSN" if csl.startswith("article") else "ISBN"] = text("isbn")
    authors = [_person("".join(each.itertext())) for each in record.findall("contributors/authors/author")]
    editors = [_person("".join(each.itertext())) for each in record.findall("contributors/secondary-authors/author")]
    item |= {"author": authors, "editor": editors}
    year = re.search(r"\d{4}", text("dates/year"))
    if year:
        item["issued"] = {"date-parts": [[int(year[0])]]}
    return {field: value for field, value in item.items() if value}


def _person(name: str) -> dict[str, str]:
    name = " ".join(name.split())
    if name.endswith(","):
        return {"literal": name.rstrip(",")}
    family, comma, given = name.partition(",")
    if comma:
        return {"family": family.strip(), "given": given.strip()}
    *first, last = name.split(" ")
    return {"family": last, "given": " ".join(first)} if first else {"literal": name}


# ---------------------------------------------------------------- Word's own

B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
WORD_TYPES = {
    "JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine", "Book": "book",
    "BookSection": "chapter", "ConferenceProceedings": "paper-conference", "Report": "report",
    "InternetSite": "webpage", "DocumentFromInternetSite": "webpage", "ElectronicSource": "webpage",
    "Patent": "patent", "Film": "motion_picture", "SoundRecording": "song", "Interview": "interview", "Case": "legal_case",
    "Art": "graphic", "Performance": "performance",
}  # fmt: skip


def word_sources(root: _Element) -> dict[str, ItemData]:
    """Return the sources of a document that Word itself manages, by their tags."""
    if root.tag != f"{B}Sources":
        return {}
    return {
        tag: _word_item(source)
        for source in root.findall(f"{B}Source")
        if (tag := source.findtext(f"{B}Tag", "").strip())
    }


def _word_item(source: _Element) -> ItemData:
    def text(*names: str) -> str:
        return next((found for name in names if (found := source.findtext(B + name, "").strip())), "")

    csl = WORD_TYPES.get(text("SourceType"), "document")
    item: ItemData = {
        "type": csl,
        "title": text("Title"),
        "container-title": text(
            "JournalName", "PeriodicalTitle", "BookTitle", "ConferenceName", "InternetSiteTitle", "PublicationTitle"
        ),
        "volume": text("Volume"),
        "issue": text("Issue"),
        "page": text("Pages"),
        "publisher": text("Publisher", "Institution", "ProductionCompany"),
        "publisher-place": text("City"),
        "edition": text("Edition"),
        "DOI": text("DOI"),
        "URL": text("URL"),
        "ISSN" if csl.startswith("article") else "ISBN": text("StandardNumber"),
    }
    for role, names in (
        ("author", ("Author", "Artist", "Performer", "Inventor", "Interviewee")),
        ("editor", ("Editor",)),
    ):
        for name in names:
            found = source.find(f"{B}Author/{B}{name}")
            if found is not None and role not in item:
                item[role] = list(_word_people(found))
    for field, prefix in (("issued", ""), ("accessed", "Accessed")):
        parts = [text(f"{part}{prefix}") for part in ("Year", "Month", "Day")]
        if parts[0].isdigit():
            numbers = [int(part) for part in parts if part.isdigit()]
            item[field] = {"date-parts": [numbers if all(parts[1:]) else numbers[:1]]}
    return {field: value for field, value in item.items() if value}


def _word_people(element: _Element) -> Iterator[dict[str, str]]:
    corporate = element.findtext(f"{B}Corporate", "").strip()
    if corporate:
        yield {"literal": corporate}
    for person in element.iter(f"{B}Person"):
        parts = [person.findtext(B + part, "").strip() for part in ("Last", "First", "Middle")]
        given = " ".join(part for part in parts[1:] if part)
        yield {"family": parts[0], "given": given} if parts[0] and given else {"literal": parts[0] or given}


def word_citation(code: str, sources: Mapping[str, ItemData], items: CitedItems) -> SourceCitation | None:
    r"""Return the citation of a field such as ``CITATION Bel12 \l 1033 \p 4``; None where its source is unknown."""
    words = field_words(code)[1:]
    cites: list[CitedSource] = []
    tag, switches = "", dict[str, str]()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "\\m":
            cites += _word_cite(tag, switches, sources, items)
            tag, switches = "", {}
        elif word.startswith("\\"):
            switches[word[1:2].lower()] = following if not following.startswith("\\") else ""
        elif not tag:
            tag = word
    cites += _word_cite(tag, switches, sources, items)
    wanted = 1 + words.count("\\m")
    return SourceCitation(cites=tuple(cites)) if len(cites) == wanted else None


def _word_cite(
    tag: str, switches: Mapping[str, str], sources: Mapping[str, ItemData], items: CitedItems
) -> list[CitedSource]:
    found = sources.get(tag)
    if found is None:
        return []
    key = items.key({**found, "citation-key": tag}, f"word {tag}")
    locator = locator_text("page", switches.get("p", "")) or locator_text("volume", switches.get("v", ""))
    return [
        CitedSource(
            key=key,
            locator=locator,
            prefix=switches.get("f", ""),
            suffix=switches.get("s", ""),
            hides_author="n" in switches,
        )
    ]

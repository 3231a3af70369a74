"""What machines read in the web page: schema.org as JSON-LD, and citation tags for reference managers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from leaflet.html.parts import online_address, safe_address
from leaflet.model.citation import Citations
from leaflet.model.metadata import Metadata, PartialDate, Person

MEDICAL_STYLE_WORDS = frozenset(
    {"health", "medicine", "medical", "nhs", "patient", "treatment", "disease", "drug", "drugs"}
)


def json_ld(metadata: Metadata, citations: Citations) -> Markup:
    """The leaflet as a schema.org object, safe within ``<script>``: nothing in it can end the element."""
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage" if _is_medical(metadata) else "Article",
        "headline": metadata.title,
        "alternativeHeadline": metadata.subtitle,
        "description": metadata.abstract,
        "inLanguage": metadata.lang,
        "author": [_person(person) for person in metadata.authors],
        "reviewedBy": [_person(person) for person in metadata.reviewers] if _is_medical(metadata) else [],
        "publisher": {"@type": "Organization", "name": metadata.publisher} if metadata.publisher else {},
        "datePublished": _iso(metadata.date),
        "dateModified": _iso(metadata.date_modified),
        "lastReviewed": _iso(metadata.last_reviewed) if _is_medical(metadata) else "",
        "version": metadata.version,
        "keywords": list(metadata.keywords),
        "url": online_address(metadata),
        "identifier": metadata.doi or metadata.isbn or metadata.code,
        "license": metadata.license,
        "copyrightNotice": metadata.copyright,
        "audience": {"@type": "Audience", "audienceType": metadata.audience} if metadata.audience else {},
        "citation": [_cited(reference.item) for reference in citations.items],
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, indent=1)
    for char, safe in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(char, safe)
    return Markup(text)  # noqa: S704 - JSON without any character that HTML could take for markup


def meta_tags(metadata: Metadata, citations: Citations) -> tuple[tuple[str, str], ...]:
    """Names and contents of the ``citation_*`` tags (Highwire Press) and of Dublin Core."""
    return tuple((name, content) for name, content in _meta(metadata, citations) if content)


def _meta(metadata: Metadata, citations: Citations) -> Iterator[tuple[str, str]]:
    published = (metadata.date_modified or metadata.date) and _iso(metadata.date_modified or metadata.date)
    yield "citation_title", metadata.title
    yield from (("citation_author", _inverted(person)) for person in metadata.authors)
    yield "citation_publication_date", (published or "").replace("-", "/")
    yield "citation_publisher", metadata.publisher
    yield "citation_journal_title", metadata.container_title
    yield "citation_doi", metadata.doi
    yield "citation_isbn", metadata.isbn
    yield "citation_language", metadata.lang
    yield "citation_public_url", safe_address(metadata.url)
    yield "citation_keywords", "; ".join(metadata.keywords)
    yield from (("citation_reference", entry.text) for entry in citations.references)
    yield "DC.title", metadata.title
    yield from (("DC.creator", _inverted(person)) for person in metadata.authors)
    yield "DC.publisher", metadata.publisher
    yield "DC.date", published or ""
    yield "DC.language", metadata.lang
    yield "DC.identifier", metadata.doi or safe_address(metadata.url)
    yield "DC.rights", metadata.license or metadata.copyright
    yield "DC.subject", "; ".join(metadata.keywords)
    yield "DC.description", metadata.abstract


def _is_medical(metadata: Metadata) -> bool:
    """Whether readers come for their health: a review date or keywords say so."""
    words = {word.strip(".,").lower() for keyword in metadata.keywords for word in keyword.replace("-", " ").split()}
    return metadata.last_reviewed is not None or bool(words & MEDICAL_STYLE_WORDS)


def _iso(day: PartialDate | None) -> str:
    return day.iso if day else ""


def _inverted(person: Person) -> str:
    if person.literal or not person.family:
        return person.name
    return ", ".join(part for part in (f"{person.particle} {person.family}".strip(), person.given) if part)


def _person(person: Person) -> dict[str, Any]:
    if person.literal:
        return {"@type": "Organization", "name": person.literal}
    found = {
        "@type": "Person",
        "name": person.name,
        "givenName": person.given,
        "familyName": person.family,
        "jobTitle": person.role,
        "affiliation": {"@type": "Organization", "name": person.affiliation} if person.affiliation else {},
        "identifier": f"https://orcid.org/{person.orcid.rsplit('/', 1)[-1]}" if person.orcid else "",
    }
    return {key: value for key, value in found.items() if value}


SCHEMA_TYPES = {
    "article-journal": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}


def _cited(item: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL item as schema.org names it."""
    address = str(item.get("URL") or "")
    doi = str(item.get("DOI") or "")
    found = {
        "@type": SCHEMA_TYPES.get(str(item.get("type")), "CreativeWork"),
        "name": str(item.get("title") or ""),
        "author": [_cited_person(person) for person in item.get("author") or ()],
        "datePublished": _cited_date(item.get("issued")),
        "isPartOf": str(item.get("container-title") or ""),
        "identifier": f"https://doi.org/{doi}" if doi else "",
        "url": safe_address(address),
    }
    return {key: value for key, value in found.items() if value}


def _cited_person(person: Mapping[str, Any]) -> dict[str, str]:
    if person.get("literal"):
        return {"@type": "Organization", "name": str(person["literal"])}
    name = " ".join(str(person[key]) for key in ("given", "non-dropping-particle", "family") if person.get(key))
    return {"@type": "Person", "name": name}


def _cited_date(issued: object) -> str:
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    if not parts or not parts[0]:
        return ""
    year, *rest = parts[0]
    return "-".join((f"{int(year):04d}", *(f"{int(part):02d}" for part in rest)))

"""Structured data for search engines: the leaflet and its sources as schema.org objects, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from leaflet.html.citation_metadata import iso_date, names, plain, spoken, text
from leaflet.html.page_parts import online_address, safe_address
from leaflet.model.citation import Citations, Item
from leaflet.model.metadata import Metadata, PartialDate, Person

MEDICAL_WORDS = frozenset(
    (
        "disease",
        "drug",
        "drugs",
        "health",
        "medical",
        "medicine",
        "medicines",
        "nhs",
        "patient",
        "patients",
        "treatment",
    )
)
SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_ld(metadata: Metadata, citations: Citations) -> Markup:
    """Return the leaflet as a schema.org object, safe within ``<script>``: nothing in it can end the element."""
    data = {
        "@context": "https://schema.org",
        "@type": _type(metadata),
        "headline": metadata.title,
        "alternativeHeadline": metadata.subtitle,
        "description": metadata.abstract,
        "inLanguage": metadata.lang,
        "author": [_person(person) for person in metadata.authors],
        "reviewedBy": [_person(person) for person in metadata.reviewers],
        "publisher": _organisation(metadata.publisher),
        "datePublished": _iso(metadata.date or metadata.date_modified),
        "dateModified": _iso(metadata.date_modified),
        "lastReviewed": _iso(metadata.last_reviewed),
        "version": metadata.version,
        "keywords": list(metadata.keywords),
        "isPartOf": {"@type": "CreativeWork", "name": metadata.container_title} if metadata.container_title else {},
        "url": safe_address(metadata.url) or online_address(metadata),
        "sameAs": _doi(metadata.doi),
        "identifier": _identifiers(metadata),
        "license": metadata.license,
        "copyrightNotice": metadata.copyright,
        "audience": {"@type": "Audience", "audienceType": metadata.audience} if metadata.audience else {},
        "citation": [_cited(plain(reference.item)) for reference in citations.items],
    }
    shown = json.dumps(_filled(data), ensure_ascii=False, indent=1)
    return Markup("".join(SAFE.get(sign, sign) for sign in shown))  # noqa: S704 - no sign that HTML takes for markup


def _type(metadata: Metadata) -> str | list[str]:
    """Return the type: ``lastReviewed`` and ``reviewedBy`` belong to pages, so an article that has them is a page too."""
    words = {word.strip(".,").lower() for keyword in metadata.keywords for word in keyword.replace("-", " ").split()}
    if words & MEDICAL_WORDS:
        return "MedicalWebPage"
    return ["Article", "WebPage"] if metadata.last_reviewed or metadata.reviewers else "Article"


def _filled(data: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if value}


def _iso(day: PartialDate | None) -> str:
    return day.iso if day else ""


def _doi(doi: str) -> str:
    return f"https://doi.org/{doi}" if doi else ""


def _identifiers(metadata: Metadata) -> list[dict[str, str]]:
    known = (("doi", metadata.doi), ("isbn", metadata.isbn), ("code", metadata.code))
    return [{"@type": "PropertyValue", "propertyID": kind, "value": value} for kind, value in known if value]


def _organisation(name: str) -> dict[str, object]:
    return {"@type": "Organization", "name": name} if name else {}


def _person(person: Person) -> dict[str, object]:
    if person.literal:
        return _organisation(person.literal)
    return _filled(
        {
            "@type": "Person",
            "name": person.name,
            "givenName": person.given,
            "familyName": f"{person.particle} {person.family}".strip(),
            "honorificSuffix": person.suffix,
            "jobTitle": person.role,
            "affiliation": _organisation(person.affiliation),
            "identifier": f"https://orcid.org/{person.orcid.rsplit('/', 1)[-1]}" if person.orcid else "",
        }
    )


SCHEMA_TYPES = {
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "motion_picture": "Movie",
    "report": "Report",
    "software": "SoftwareApplication",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
CONTAINER_TYPES = {
    "ScholarlyArticle": "Periodical",
    "Article": "Periodical",
    "NewsArticle": "Newspaper",
    "Chapter": "Book",
}


def _cited(item: Item) -> dict[str, object]:
    """Return a source as a schema.org object."""
    kind = SCHEMA_TYPES.get(text(item, "type"), "CreativeWork")
    container = text(item, "container-title")
    return _filled(
        {
            "@type": kind,
            "name": text(item, "title"),
            "author": [_cited_author(name) for name in names(item)],
            "datePublished": iso_date(item),
            "isPartOf": {"@type": CONTAINER_TYPES.get(kind, "CreativeWork"), "name": container} if container else {},
            "pagination": text(item, "page"),
            "publisher": _organisation(text(item, "publisher")),
            "isbn": text(item, "ISBN") if kind == "Book" else "",
            "identifier": _doi(text(item, "DOI")),
            "url": safe_address(text(item, "URL")),
        }
    )


def _cited_author(name: Mapping[str, str]) -> dict[str, str]:
    if name.get("literal"):
        return {"@type": "Organization", "name": name["literal"]}
    return {"@type": "Person", "name": spoken(name)}

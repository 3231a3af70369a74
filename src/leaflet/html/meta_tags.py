"""The leaflet's own item in the tags that importers read: Highwire Press (``citation_*``) and Dublin Core."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.html.citation_metadata import imported_as, inverted, iso_date, names, plain, text
from leaflet.html.page_parts import safe_address
from leaflet.model.citation import Citations, Item
from leaflet.model.metadata import Metadata

CONTAINERS = {
    "article-journal": "citation_journal_title",
    "article-magazine": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "chapter": "citation_book_title",
    "paper-conference": "citation_conference_title",
}
"""An importer takes the type from the container's tag, so only these types name their container in one."""
ISSUERS = {"report": "citation_technical_report_institution", "thesis": "citation_dissertation_institution"}
SCHEMAS = (("DC", "http://purl.org/dc/elements/1.1/"), ("DCTERMS", "http://purl.org/dc/terms/"))
"""The meaning of the prefixes of Dublin Core, as DCMI's "Expressing Dublin Core in HTML" declares it."""


def meta_tags(metadata: Metadata, citations: Citations) -> tuple[tuple[str, str], ...]:
    """Return names and contents of the tags. Both kinds describe the same item as the files beside the page."""
    item = plain(citations.own_item or {})
    tags = (*_highwire(item, metadata, citations), *_dublin_core(item, metadata, citations))
    return tuple((name, " ".join(content.splitlines())) for name, content in tags if content.strip())


def _highwire(item: Item, metadata: Metadata, citations: Citations) -> Iterator[tuple[str, str]]:
    kind = text(item, "type")
    yield "citation_title", text(item, "title")
    for name, person in zip(names(item), metadata.authors, strict=False):
        yield "citation_author", inverted(name)
        yield "citation_author_institution", person.affiliation
        yield "citation_author_orcid", _orcid(person.orcid)
    yield "citation_publication_date", iso_date(item).replace("-", "/")
    yield ISSUERS.get(kind, "citation_publisher"), text(item, "publisher")
    if kind in CONTAINERS:
        yield CONTAINERS[kind], text(item, "container-title")
    if kind == "report":
        yield "citation_technical_report_number", text(item, "number")
    yield "citation_doi", text(item, "DOI")
    yield "citation_isbn", text(item, "ISBN")
    yield "citation_language", text(item, "language")
    yield "citation_public_url", safe_address(text(item, "URL"))
    yield "citation_fulltext_html_url", safe_address(text(item, "URL"))
    yield "citation_keywords", "; ".join(metadata.keywords)
    yield "citation_abstract", text(item, "abstract")
    yield from (("citation_reference", entry.text) for entry in citations.references)


def _dublin_core(item: Item, metadata: Metadata, citations: Citations) -> Iterator[tuple[str, str]]:
    yield "DC.title", text(item, "title")
    yield from (("DC.creator", inverted(name)) for name in names(item))
    yield from (("DC.contributor", person.name) for person in metadata.reviewers)
    yield "DC.publisher", text(item, "publisher")
    yield "DC.date", iso_date(item)
    yield "DC.type", imported_as(item) if item else ""
    yield "DC.format", "text/html"
    yield "DC.language", text(item, "language")
    yield "DC.identifier", safe_address(text(item, "URL"))
    yield "DC.identifier", f"doi:{text(item, 'DOI')}" if item.get("DOI") else ""
    yield "DC.identifier", f"urn:isbn:{text(item, 'ISBN')}" if item.get("ISBN") else ""
    yield "DC.relation", text(item, "container-title")
    yield from (("DC.rights", words) for words in (metadata.copyright, metadata.license))
    yield from (("DC.subject", keyword) for keyword in metadata.keywords)
    yield "DC.description", text(item, "abstract")
    yield "DCTERMS.issued", metadata.date.iso if metadata.date else ""
    yield "DCTERMS.modified", metadata.date_modified.iso if metadata.date_modified else ""
    yield "DCTERMS.audience", metadata.audience
    yield from (("DCTERMS.bibliographicCitation", line.text) for line in citations.own[:1])


def _orcid(identifier: str) -> str:
    return f"https://orcid.org/{identifier.rsplit('/', 1)[-1]}" if identifier else ""

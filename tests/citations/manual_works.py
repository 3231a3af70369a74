"""Works for tests of the manuals' rules, and what the corrected styles print for them."""

from __future__ import annotations

from typing import Any

from leaflet.citations import CitationCaches, CitationProcessor

APA, MLA, CHICAGO = "apa-corrected", "modern-language-association-corrected", "chicago-author-date-corrected"
CACHES = CitationCaches()
HARVARD = "harvard-cite-them-right-corrected"


def person(family: str, given: str = "A.") -> dict[str, str]:
    return {"family": family, "given": given}


def work(key: str, *authors: dict[str, str], year: int = 2019, **fields: Any) -> dict[str, Any]:
    made = {"id": key, "type": "book", "title": "Wards", "author": list(authors), "issued": {"date-parts": [[year]]}}
    return {**made, **fields}


def cited(style: str, items: list[dict[str, Any]], *clusters: Any, lang: str = "en-US") -> list[str]:
    """The clusters as text; each is a list of cites, or such a list with the mode behind it."""
    made = []
    for cluster in clusters:
        cites, mode = cluster if isinstance(cluster, tuple) else (cluster, "")
        items_cited = [cite if isinstance(cite, dict) else {"id": cite} for cite in cites]
        made.append({"citationItems": items_cited, "properties": {"mode": mode, "as-written": True}})
    return list(CitationProcessor(style, items, lang, caches=CACHES).process(made).texts)


def listed(style: str, item: dict[str, Any], lang: str = "en-US") -> str:
    processor = CitationProcessor(style, [item], lang, caches=CACHES)
    return processor.process([], nocite=[item["id"]]).bibliography[0].html

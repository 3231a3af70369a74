"""Preprint, perhaps with a published version.

What it finds:
Cited works that are preprints by their type, their server or their DOI, and no published version beside them.

Why:
A preprint was not reviewed. Most are published within a year or two, some after changes; the published version counts.

Bad:
    @online{lee2021, eprinttype = {medrxiv}, doi = {10.1101/2021.03.01.21252}}

Good:
    @article{lee2022, journaltitle = {The Lancet}, doi = {10.1016/…}}

When to ignore it:
Where you looked, and there is no published version. Say in the text that it is a preprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.citation import Item

SERVERS = re.compile(
    r"\b(?:arXiv|bioRxiv|medRxiv|chemRxiv|PsyArXiv|SocArXiv|OSF Preprints|Research Square|Preprints\.org|SSRN)\b", re.I
)
PREFIXES = re.compile(
    r"10\.(?:1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{5,}|48550/arxiv|21203/rs|31234/osf|31219/osf|20944/preprints|26434/chemrxiv)",
    re.I,
)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield preprints."""
    for reference in subject.citations.items:
        if _is_preprint(reference.item):
            hint = "look for the published version, and cite that"
            yield Hit(message=f'"{reference.id}" is a preprint', at=reference.location, hint=hint)


def _is_preprint(item: Item) -> bool:
    kind = str(item.get("type") or "")
    if "preprint" in str(item.get("genre") or "").casefold():
        return True
    if kind == "article-journal" and item.get("volume"):
        return False
    server = " ".join(str(item.get(name) or "") for name in ("publisher", "container-title", "archive"))
    return bool(PREFIXES.match(str(item.get("DOI") or "")) or SERVERS.search(server))


RULE = Rule(code="L506", name="preprint", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)

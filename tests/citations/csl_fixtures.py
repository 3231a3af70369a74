"""Reading fixtures in the form of the CSL test suite, and running them through the public door."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaflet.citations import CitationCaches, CitationProcessor, ProcessedCitations

CACHES = CitationCaches()
_SECTION = re.compile(r">>=+ ([A-Z-]+) =+>>\r?\n(.*?)\r?\n?<<=+ \1 =+<<", re.DOTALL)


def official_suite() -> Path | None:
    """Return the folder of the official fixtures in LEAFLET_CSL_SUITE, None where there is none."""
    named = os.environ.get("LEAFLET_CSL_SUITE")
    folders = (Path(named), Path(named, "fixtures")) if named else ()
    return next((folder for folder in folders if any(folder.glob("*_*.txt"))), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixture:
    """One test of the suite."""

    name: str
    mode: str
    expected: str
    csl: str
    items: list[dict[str, Any]]
    citation_items: list[list[dict[str, Any]]] | None
    citations: list[Any] | None

    @classmethod
    def read(cls, file: Path) -> Fixture:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        sections = dict(_SECTION.findall(text))
        return cls(
            name=file.stem,
            mode=sections["MODE"].strip(),
            expected=sections["RESULT"].strip("\n"),
            csl=sections["CSL"],
            items=[{"id": f"ITEM-{index}", **item} for index, item in enumerate(json.loads(sections["INPUT"]), 1)],
            citation_items=_json(sections, "CITATION-ITEMS"),
            citations=_json(sections, "CITATIONS"),
        )

    def run(self) -> str:
        """The output of the processor, in the form of the suite's results."""
        processor = CitationProcessor(self.csl, self.items, caches=CACHES)
        uncited = list(dict.fromkeys(str(item["id"]) for item in self.items))
        if self.citations is not None:
            session = Session(self)
            changed: set[int] = set()
            for citation, before, after in self.citations:
                changed = session.insert(citation, before, after)
            if self.mode == "bibliography":
                return _bibliography(session.result)
            return "\n".join(
                f"{'>>' if index in changed else '..'}[{index}] {html}"
                for index, html in enumerate(session.result.citations)
            )
        clusters: list[dict[str, Any]] = []
        if self.citation_items is not None:
            clusters = [{"citationItems": items} for items in self.citation_items]
        elif self.mode == "citation":
            # The suite makes the citation of all items, in the order that the bibliography puts them in.
            order = [entry.id for entry in processor.process([], uncited).bibliography] or uncited
            clusters = [{"citationItems": [{"id": identifier} for identifier in order]}]
        result = processor.process(clusters, uncited)
        if self.mode == "bibliography":
            return _bibliography(result)
        return "\n".join(result.citations)


class Session:
    """An editing session: citations come, move and are sent again, as a word processor does it.

    A citation is refreshed when it was just sent, when it prints otherwise than before, or when one of its items is
    touched: later cites point back to another note, an earlier cite took the first place, the item is cited again
    under a style that tests for disambiguation, or its list of names was lengthened and a new item begins with the
    same name."""

    def __init__(self, fixture: Fixture) -> None:
        self.processor = CitationProcessor(fixture.csl, fixture.items, caches=CACHES)
        self.known: dict[str, dict[str, Any]] = {}
        self.printed: dict[str, str] = {}
        self.places: dict[str, tuple[str, int, int]] = {}
        self.result: ProcessedCitations = self.processor.process([])
        self.tests_disambiguation = 'disambiguate="true"' in fixture.csl
        self.looks = _looks(fixture)
        self.first_names = {
            str(item["id"]): str((item.get("author") or [{}])[0].get("family")) for item in fixture.items
        }

    def insert(self, citation: dict[str, Any], before: list[list[Any]], after: list[list[Any]]) -> set[int]:
        """Puts a citation between others; the indexes of those that are refreshed."""
        own = citation.get("citationID") or f"CITATION-{len(self.known) + 1}"
        self.known[own] = citation
        note = (citation.get("properties") or {}).get("noteIndex", 0)
        order = [*before, [own, note], *after]
        clusters = [self._cluster(name, index) for name, index in order]
        self.result = self.processor.process(clusters)
        touched = self._touched([name for name, _ in order], clusters)
        printed = dict(zip((name for name, _ in order), self.result.citations, strict=True))
        changed = {
            index
            for index, (name, _) in enumerate(order)
            if name == own or self.printed.get(name) != printed[name] or touched & _ids(clusters[index])
        }
        self.printed = printed
        return changed

    def _touched(self, names: list[str], clusters: list[dict[str, Any]]) -> set[str]:
        """The items whose cites have to be looked at again."""
        places: dict[str, tuple[str, int, int]] = {}
        for name, cluster in zip(names, clusters, strict=True):
            note = cluster["properties"]["noteIndex"]
            for item in cluster["citationItems"]:
                first, first_note, count = places.get(str(item["id"]), (name, note, 0))
                places[str(item["id"])] = (first, first_note, count + 1)
        before, self.places = self.places, places
        new = {self.first_names[identifier] for identifier in places.keys() - before.keys()}
        return {
            identifier
            for identifier, (first, note, count) in places.items()
            if identifier in before
            and (
                first != before[identifier][0]
                or (count > 1 and before[identifier][2] > 1 and note != before[identifier][1])
                or (
                    self.tests_disambiguation
                    and count > before[identifier][2]
                    and self._has_namesake(identifier, places)
                )
                or (self.first_names[identifier] in new and self._lengthened(identifier, names, clusters))
            )
        }

    def _has_namesake(self, identifier: str, cited: Iterable[str]) -> bool:
        return sum(self.first_names[other] == self.first_names[identifier] for other in cited) > 1

    def _lengthened(self, identifier: str, names: list[str], clusters: list[dict[str, Any]]) -> bool:
        look = self.looks[identifier].rstrip(")")
        return any(
            name in self.printed and not self.printed[name].startswith(look)
            for name, cluster in zip(names, clusters, strict=True)
            if _ids(cluster) == {identifier} and " et al." in look
        )

    def _cluster(self, name: str, note: int) -> dict[str, Any]:
        cluster = self.known[name]
        return {**cluster, "properties": {**(cluster.get("properties") or {}), "noteIndex": note}}


def _ids(cluster: dict[str, Any]) -> set[str]:
    return {str(item["id"]) for item in cluster["citationItems"]}


def _looks(fixture: Fixture) -> dict[str, str]:
    """The form in which each item is cited the second time, when nothing is done to tell it from others."""
    bare = re.sub(r'\s(disambiguate-add-[a-z-]+)="true"', "", fixture.csl)
    ids = [str(item["id"]) for item in fixture.items]
    result = CitationProcessor(bare, fixture.items, caches=CACHES).process(
        [{"citationItems": [{"id": one}]} for one in (*ids, *ids)]
    )
    return dict(zip(ids, result.citations[len(ids) :], strict=True))


def _bibliography(result: ProcessedCitations) -> str:
    entries = "".join(f'  <div class="csl-entry">{entry.html}</div>\n' for entry in result.bibliography)
    return f'<div class="csl-bib-body">\n{entries}</div>'


def _json(sections: dict[str, str], name: str) -> Any:
    return json.loads(sections[name]) if name in sections else None

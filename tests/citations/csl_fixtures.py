"""Reading fixtures in the form of the CSL test suite, and running them through the public door."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaflet.citations import CitationProcessor, ProcessedCitations

REPOSITORY = Path(__file__).parents[2]
_SECTION = re.compile(r">>=+ ([A-Z-]+) =+>>\r?\n(.*?)\r?\n?<<=+ \1 =+<<", re.DOTALL)


def official_suite() -> Path | None:
    """The folder of the official fixtures, None where there is none."""
    named = os.environ.get("LEAFLET_CSL_SUITE")
    root = Path(named) if named else REPOSITORY.parent / "shared" / "csl-test-suite"
    for folder in (root, root / "fixtures"):
        if any(folder.glob("*_*.txt")):
            return folder
    return None


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
        sections = {name: body for name, body in _SECTION.findall(text)}
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
        """What the processor prints, in the form of the suite's results."""
        processor = CitationProcessor(self.csl, self.items)
        uncited = list(dict.fromkeys(str(item["id"]) for item in self.items))
        if self.citations is not None:
            session = Session(processor)
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
    """An editing session: citations come, move and are sent again, as a word processor does it."""

    def __init__(self, processor: CitationProcessor) -> None:
        self.processor = processor
        self.known: dict[str, dict[str, Any]] = {}
        self.printed: dict[str, str] = {}
        self.result: ProcessedCitations = processor.process([])

    def insert(self, citation: dict[str, Any], before: list[list[Any]], after: list[list[Any]]) -> set[int]:
        """Puts a citation between others; the indexes of those that print anew."""
        own = citation.get("citationID") or f"CITATION-{len(self.known) + 1}"
        self.known[own] = citation
        note = (citation.get("properties") or {}).get("noteIndex", 0)
        order = [*before, [own, note], *after]
        self.result = self.processor.process([self._cluster(name, index) for name, index in order])
        printed = dict(zip((name for name, _ in order), self.result.citations, strict=True))
        changed = {
            index for index, (name, _) in enumerate(order) if name == own or self.printed.get(name) != printed[name]
        }
        self.printed = printed
        return changed

    def _cluster(self, name: str, note: int) -> dict[str, Any]:
        cluster = self.known[name]
        return {**cluster, "properties": {**(cluster.get("properties") or {}), "noteIndex": note}}


def _bibliography(result: ProcessedCitations) -> str:
    entries = "".join(f'  <div class="csl-entry">{entry.html}</div>\n' for entry in result.bibliography)
    return f'<div class="csl-bib-body">\n{entries}</div>'


def _json(sections: dict[str, str], name: str) -> Any:
    return json.loads(sections[name]) if name in sections else None

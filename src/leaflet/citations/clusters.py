"""Citation clusters as citeproc-js and its users write them, read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.citations.data.item import Item
from leaflet.citations.data.vocabulary import AUDIOVISUAL_TYPES, LOCATOR_ABBREVIATIONS, LOCATORS
from leaflet.citations.evaluate.item_context import CiteData, Position
from leaflet.citations.evaluate.position import ClusterData
from leaflet.errors import CitationError, Location, Problem
from leaflet.files import closest

MODES = ("", "composite", "author-only", "suppress-author")


class ReadClusters(Struct, frozen=True, kw_only=True):
    """The clusters, and all cited items in the order of their first mention, uncited ones last."""

    clusters: tuple[ClusterData, ...]
    cited: tuple[str, ...]


def read_clusters(
    clusters: Sequence[Mapping[str, object] | ClusterData], nocite: Iterable[str], items: Mapping[str, Item]
) -> ReadClusters:
    """Return the clusters as the evaluator wants them; CitationError with all mistakes."""
    reader = _Reader(items)
    read = tuple(
        reader.known_cluster(cluster, f"clusters[{index}]")
        if isinstance(cluster, ClusterData)
        else reader.cluster(cluster, f"clusters[{index}]")
        for index, cluster in enumerate(clusters)
    )
    cited = {cite.id: None for cluster in read for cite in cluster.cites}
    for identifier in nocite:
        if str(identifier) == "*":
            cited.update(dict.fromkeys(items))
        elif reader.known(str(identifier), "nocite"):
            cited[str(identifier)] = None
    if reader.problems:
        raise CitationError(reader.problems)
    return ReadClusters(clusters=read, cited=tuple(cited))


class _Reader:
    """Reader of clusters, which collects mistakes."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self.items = items
        self.problems: list[Problem] = []

    def report(self, place: str, message: str, hint: str) -> None:
        self.problems.append(Problem(location=Location(file=place), message=message, hint=hint))

    def known(self, identifier: str, place: str) -> bool:
        if identifier in self.items:
            return True
        close = closest(identifier, self.items, most=3)
        hint = f"did you mean {' or '.join(close)}?" if close else "add the reference, or correct the key"
        self.report(place, f'there is no reference "{identifier}"', hint)
        return False

    def known_cluster(self, cluster: ClusterData, place: str) -> ClusterData:
        """Return a typed cluster with the cites whose references there are."""
        cites = [
            self._with_label(cite)
            for index, cite in enumerate(cluster.cites)
            if self.known(cite.id, f"{place}.cites[{index}]")
        ]
        return replace(cluster, cites=tuple(cites))

    def _with_label(self, cite: CiteData) -> CiteData:
        """Return ``cite`` with the label of a time, where its place is one."""
        if cite.label == "page" and _is_time(cite.locator, self.items[cite.id].type):
            return replace(cite, label="timestamp")
        if cite.label == "page" and _PASSAGE.fullmatch(cite.locator):
            return replace(cite, label="")
        return cite

    def cluster(self, cluster: Mapping[str, object], place: str) -> ClusterData:
        items = cluster.get("citationItems") if isinstance(cluster, Mapping) else None
        if not isinstance(items, Sequence) or isinstance(items, str):
            self.report(place, "a cluster has no citationItems", 'write {"citationItems": [{"id": "…"}]}')
            return ClusterData(cites=())
        if not items:
            self.report(
                place, "a cluster cites nothing", 'name at least one reference: {"citationItems": [{"id": "…"}]}'
            )
        properties = self._properties(cluster, place)
        cites = [self._cite(item, f"{place}.citationItems[{index}]") for index, item in enumerate(items)]
        mode = str(properties.get("mode") or "")
        if mode not in MODES:
            self.report(f"{place}.properties", f'"{mode}" is not a mode of a citation', f"use {', '.join(MODES[1:])}")
            mode = ""
        found = [(cite, forced) for cite, forced in cites if cite is not None]
        return ClusterData(
            cites=tuple(cite for cite, _ in found),
            note=self._note(properties, place),
            mode=mode,
            infix=str(properties.get("infix") or ""),
            unsorted=self._flag(properties, "unsorted", f"{place}.properties") or False,
            in_sentence=self._flag(properties, "in-sentence", f"{place}.properties") or False,
            after_words=self._flag(properties, "after-words", f"{place}.properties") or False,
            as_written=self._flag(properties, "as-written", f"{place}.properties") or False,
            forced=tuple(forced for _, forced in found),
        )

    def _properties(self, cluster: Mapping[str, object], place: str) -> Mapping[str, object]:
        properties = cluster.get("properties")
        if properties is None or isinstance(properties, Mapping):
            return properties or {}
        self.report(place, "properties is not an object", 'write "properties": {"noteIndex": 1}, or leave it out')
        return {}

    def _note(self, properties: Mapping[str, object], place: str) -> int:
        note = properties.get("noteIndex") or 0
        if isinstance(note, int):
            return note
        if str(note).isdecimal() and len(str(note)) < 10:
            return int(str(note))
        self.report(f"{place}.properties", f'noteIndex "{note}" is not a whole number', "use 0 for cites in the text")
        return 0

    def _cite(self, item: object, place: str) -> tuple[CiteData | None, tuple[Position | None, bool | None]]:
        if not isinstance(item, Mapping) or item.get("id") in (None, ""):
            self.report(place, "a cite has no id", 'write {"id": "…"}')
            return None, (None, None)
        identifier = str(item["id"])
        if not self.known(identifier, place):
            return None, (None, None)
        label = str(item.get("label") or "page")
        if label not in LOCATORS:
            close = closest(label, LOCATORS, most=3, cutoff=0.5)
            self.report(place, f'"{label}" is not a kind of locator', f"use {' or '.join(sorted(close) or ['page'])}")
        locator = self._text(item, "locator", place).strip()
        if item.get("label") is None and locator:
            label, locator = _split_label(locator)
        cite = CiteData(
            id=identifier,
            locator=locator,
            label=label,
            prefix=self._text(item, "prefix", place),
            suffix=self._text(item, "suffix", place),
            suppress_author=self._flag(item, "suppress-author", place) or False,
            author_only=self._flag(item, "author-only", place) or False,
        )
        return self._with_label(cite), (self._position(item, place), self._flag(item, "near-note", place))

    def _text(self, item: Mapping[str, object], name: str, place: str) -> str:
        value = item.get(name)
        if value is None or isinstance(value, str | int | float):
            return "" if value is None else str(value)
        self.report(place, f"{name} is not text", f'write "{name}": "…"')
        return ""

    def _flag(self, holder: Mapping[str, object], name: str, place: str) -> bool | None:
        value = holder.get(name)
        if value is None or isinstance(value, int):
            return None if value is None else bool(value)
        self.report(place, f"{name} is neither true nor false", f'write "{name}": true, without quotation marks')
        return None

    def _position(self, item: Mapping[str, object], place: str) -> Position | None:
        value = item.get("position")
        if value is None:
            return None
        try:
            return Position(int(str(value)))
        except (ValueError, TypeError):
            self.report(
                place, f'position "{value}" is not a position', "use 0 first, 1 subsequent, 2 ibid, 3 ibid with locator"
            )
            return None


# Act, scene and line, or book, chapter and verse: no page has such a number.
_PASSAGE = re.compile(r"\d+(?:\.\d+){2,}(?:\s*[-–]\s*\d+(?:\.\d+)*)?")
_TIME = re.compile(r"\d{1,2}:[0-5]\d(?P<seconds>:[0-5]\d)?(?:\s*[-–]\s*\d{1,2}:[0-5]\d(?::[0-5]\d)?)?")


def _is_time(locator: str, item_type: str) -> bool:
    """Return whether ``locator`` is a time: “1:30:40” of any work, “12:10” only of one that is heard or watched."""
    found = _TIME.fullmatch(locator)
    return found is not None and (found["seconds"] is not None or item_type in AUDIOVISUAL_TYPES)


_LABELLED = re.compile(r"^([A-Za-z]+)\.\s*(\S.*)$")


def _split_label(locator: str) -> tuple[str, str]:
    """Return the label that a locator carries in its own text, such as “fol. 7”, and the rest.

    A text that holds several labels is printed as written, without another.
    """
    match = _LABELLED.match(locator)
    if match is None or match[1].lower() not in LOCATOR_ABBREVIATIONS:
        return "page", locator
    if re.search(r"[^\W\d_]{2}", match[2]):
        return "", locator
    return LOCATOR_ABBREVIATIONS[match[1].lower()], match[2]

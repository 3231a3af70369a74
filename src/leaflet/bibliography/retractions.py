"""Lists of retracted sources in the form of the Retraction Watch data set, read without a network."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from msgspec import Struct

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files import bare_doi, is_doi, open_file
from leaflet.model.citation import Item, Reference

COLUMNS = (
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionDate",
    "RetractionDOI",
    "RetractionNature",
    "Reason",
)
"""The columns that are read, by their names in the data set's own description."""

GRAVE = frozenset({"retraction", "expression of concern"})
"""Notices that stop a build; a correction or a reinstatement is a reason to look again."""

LONGEST_FIELD = 1_000_000


class Notice(Struct, frozen=True, kw_only=True):
    """Notice in the list about one source."""

    nature: str
    date: str
    doi: str
    reason: str


Notices: TypeAlias = Mapping[str, tuple[Notice, ...]]
"""Notices by the identifiers of the sources that they are about."""


def check_retractions(
    path: Path, references: Iterable[Reference], *, name: str, inside: tuple[Path, ...]
) -> tuple[Problem, ...]:
    """Return a problem for each of ``references`` that the list at ``path`` names; messages call the list ``name``.

    Raises:
        UnsafeError: the list lies in none of the folders ``inside``.
        SourceError: the list cannot be read, or is of another form.
    """
    return RetractionList(path, name=name, inside=inside).check(references)


class RetractionList:
    """List of retractions in one file, for several builds.

    It is searched again only for other sources, or when the file has another time or size. Threads may share it; it
    changes no result.
    """

    def __init__(self, path: Path, *, name: str, inside: tuple[Path, ...], most: int = 8) -> None:
        self._path = path
        self._name = name
        self._inside = inside
        self._most = most
        self._lock = Lock()
        self._found: dict[tuple[int, int, frozenset[str]], Notices] = {}

    def check(self, references: Iterable[Reference]) -> tuple[Problem, ...]:
        """Return a problem for each of ``references`` that the list names.

        Raises:
            UnsafeError: the list lies in none of the folders ``inside``.
            SourceError: the list cannot be read, or is of another form.
        """
        identified = [(reference, found) for reference in references if (found := _identifiers(reference.item))]
        if not identified:
            return ()
        notices = self._notices(frozenset(word for _, found in identified for word in found))
        return tuple(
            _problem(reference, notice, self._name)
            for reference, found in identified
            for notice in dict.fromkeys(notice for word in found for notice in notices.get(word, ()))
        )

    def _notices(self, wanted: frozenset[str]) -> Notices:
        try:
            state = self._path.stat()
            question = (state.st_mtime_ns, state.st_size, wanted)
            with self._lock:
                known = self._found.pop(question, None)
            known = _search(self._path, self._name, wanted, self._inside) if known is None else known
        except OSError as error:
            raise SourceError(_unreadable(self._name, str(error.strerror))) from None
        with self._lock:
            self._found[question] = known
            while len(self._found) > self._most:
                del self._found[next(iter(self._found))]
        return known


def _identifiers(item: Item) -> tuple[str, ...]:
    """Return the identifiers of a source: its DOI in small letters and its PubMed number."""
    pubmed = re.sub(r"\D", "", str(item.get("PMID") or "")).lstrip("0")
    return tuple(word for word in (_doi(str(item.get("DOI") or "")), pubmed and f"pmid:{pubmed}") if word)


def _doi(text: str) -> str:
    bare = bare_doi(text.lower())
    return bare if is_doi(bare) else ""


def _search(path: Path, name: str, wanted: frozenset[str], inside: tuple[Path, ...]) -> Notices:
    found: dict[str, tuple[Notice, ...]] = {}
    for row in _rows(path, name, inside):
        pubmed = row["OriginalPaperPubMedID"].strip().lstrip("0")
        for word in (_doi(row["OriginalPaperDOI"]), f"pmid:{pubmed}"):
            if word in wanted:
                found[word] = (*found.get(word, ()), _notice(row))
    return found


def _rows(path: Path, name: str, inside: tuple[Path, ...]) -> Iterator[dict[str, str]]:
    csv.field_size_limit(LONGEST_FIELD)
    with (
        open_file(path, inside=inside) as stream,
        io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="") as file,
    ):
        reader = csv.reader(file)
        try:
            heads = [head.strip() for head in next(reader, [])]
            missing = [column for column in COLUMNS if column not in heads]
            if missing:
                raise SourceError(_other_form(name, missing))
            places = {column: heads.index(column) for column in COLUMNS}
            for row in reader:
                yield {column: row[place] if place < len(row) else "" for column, place in places.items()}
        except csv.Error as error:
            raise SourceError(_unreadable(name, str(error), line=reader.line_num)) from None


def _notice(row: Mapping[str, str]) -> Notice:
    reasons = (reason.strip(" +") for reason in row["Reason"].split(";"))
    return Notice(
        nature=" ".join(row["RetractionNature"].split()) or "Retraction",
        date=_day(row["RetractionDate"]),
        doi=_doi(row["RetractionDOI"]),
        reason=", ".join(reason for reason in reasons if reason),
    )


def _day(text: str) -> str:
    """Return the data set's month/day/year as ISO 8601; anything else unchanged."""
    found = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    return f"{found[3]}-{int(found[1]):02d}-{int(found[2]):02d}" if found else text.strip()


def _problem(reference: Reference, notice: Notice, name: str) -> Problem:
    details = [notice.nature.lower(), f"of {notice.date}" if notice.date else ""]
    notes = [" ".join(filter(None, details)), f"notice https://doi.org/{notice.doi}" if notice.doi else ""]
    notes.append(f"reason: {notice.reason}" if notice.reason else "")
    known = "retracted" in str(reference.item.get("status", "")).lower()
    grave = notice.nature.lower() in GRAVE and not known
    hint = "cite another source; if it is cited because of this, give it the status retracted (BibLaTeX: pubstate)"
    return Problem(
        message=f'"{reference.id}" is named by {name}: {"; ".join(filter(None, notes))}',
        location=reference.location,
        hint=hint if grave else "read the notice, and see whether the text still holds",
        severity=Severity.ERROR if grave else Severity.WARNING,
    )


def _other_form(name: str, missing: Iterable[str]) -> Problem:
    return Problem(
        message=f"this list of retractions has no column {', '.join(missing)}",
        location=Location(file=name, line=1),
        hint="use a CSV file in the form of the Retraction Watch data set",
    )


def _unreadable(name: str, what: str, line: int | None = None) -> Problem:
    place = Location(file=name, line=line)
    return Problem(message=f"this list of retractions cannot be read: {what}", location=place, hint="save it as CSV")

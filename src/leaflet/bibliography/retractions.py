"""Sources that were retracted, by a list in the form of the Retraction Watch data set, read without a network."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leaflet.errors import Location, Problem, Severity, SourceError
from leaflet.files import open_file
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the list says of one source."""

    nature: str
    date: str
    doi: str
    reason: str


def check_retractions(
    path: Path, references: Iterable[Reference], *, name: str, inside: tuple[Path, ...]
) -> tuple[Problem, ...]:
    """A problem for each of ``references`` that the list at ``path`` names; messages call the list ``name``.

    Raises:
        UnsafeError: the list lies in none of the folders ``inside``.
        SourceError: the list cannot be read, or is of another form.
    """
    identified = [(reference, found) for reference in references if (found := _identifiers(reference.item))]
    if not identified:
        return ()
    wanted = frozenset(word for _, found in identified for word in found)
    try:
        state = path.stat()
        notices = _notices(path, name, (state.st_mtime_ns, state.st_size), wanted, inside)
    except OSError as error:
        raise SourceError(_unreadable(name, str(error.strerror))) from None
    return tuple(
        _problem(reference, notice, name)
        for reference, found in identified
        for notice in dict.fromkeys(notice for word in found for notice in notices.get(word, ()))
    )


def _identifiers(item: Item) -> tuple[str, ...]:
    """What a source is known by: its DOI in small letters and its PubMed number."""
    pubmed = re.sub(r"\D", "", str(item.get("PMID") or "")).lstrip("0")
    return tuple(word for word in (_doi(str(item.get("DOI") or "")), pubmed and f"pmid:{pubmed}") if word)


def _doi(text: str) -> str:
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip().lower())
    return bare if bare.startswith("10.") else ""


@lru_cache(maxsize=8)
def _notices(
    path: Path,
    name: str,
    state: tuple[int, int],  # noqa: ARG001 - part of the key
    wanted: frozenset[str],
    inside: tuple[Path, ...],
) -> Mapping[str, tuple[Notice, ...]]:
    """The notices on ``wanted``. A list is read again only where its ``state`` (time and size) differs."""
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
    """The data set's month/day/year as ISO 8601; anything else as it stands."""
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

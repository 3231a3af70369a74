"""References written in the front matter itself, as CSL-JSON's keys in YAML."""

from __future__ import annotations

from collections.abc import Mapping

from leaflet.errors import Problem
from leaflet.files import LocatedData, ValuePath, edtf_dates, value_checks
from leaflet.model.citation import Reference

DATES = ("issued", "accessed", "original-date", "event-date", "submitted", "available-date")


def read_references(
    entries: list[object], located: LocatedData, path: ValuePath
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return the references of the list at ``path``, and the problems with them."""
    references: list[Reference] = []
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        here = (*path, index)
        if not isinstance(entry, Mapping):
            continue
        found = _check(entry, located, here)
        problems += found
        if not found:
            item = _with_dates(entry, located, here, problems)
            references.append(Reference(id=str(entry["id"]), item=item, location=located.place(here)))
    return tuple(references), tuple(problems)


def _check(entry: Mapping[str, object], located: LocatedData, here: ValuePath) -> list[Problem]:
    missing = [key for key in ("id", "type") if not isinstance(entry.get(key), str | int) or entry.get(key) == ""]
    cures = {"id": "add id: and the key that citations use", "type": "add type:, for example article-journal or book"}
    return [
        Problem(message=f"this reference has no {key}", location=located.place(here), hint=cures[key])
        for key in missing
    ]


def _with_dates(
    entry: Mapping[str, object], located: LocatedData, here: ValuePath, problems: list[Problem]
) -> dict[str, object]:
    """Return ``entry`` with dates that were typed as a text or as year, month and day in CSL-JSON's own form."""
    item = dict(entry)
    for key in DATES:
        value = item.get(key)
        if isinstance(value, str | int):
            try:
                item[key] = edtf_dates.read_edtf(str(value))
            except edtf_dates.DateError as error:
                reason = f": {error.reason}" if error.reason else ""
                message = f"{key}: {value_checks.shown(str(value))} is not a date{reason}"
                hint = "write the year first: 2026, 2026-05 or 2026-05-12; a range has a slash: 2026-05/2026-07"
                problems.append(Problem(message=message, location=located.place((*here, key)), hint=hint))
        elif isinstance(value, Mapping) and "year" in value:
            parts = [value.get(part) for part in ("year", "month", "day")]
            known = [part for part in parts if part is not None]
            item[key] = {"date-parts": [known]}
    return item

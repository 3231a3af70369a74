"""Rules of CSL 1.0.2 for items: their types, and the shape of their names, dates and texts."""

from __future__ import annotations

import math
import re

from leaflet.errors import Location, Problem, Severity
from leaflet.files import DAYS, Date, DateError, bare_doi, read_edtf

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard "
    "thesis treaty webpage".split()
)
NAMES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editorial-director", "editortranslator", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
    "reviewed-author", "script-writer", "series-creator", "translator",
)  # fmt: skip
LAST_SEASON = 24
DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")


def check_item(item: dict[str, object], location: Location | None) -> tuple[dict[str, object], list[Problem]]:
    """Return the item with pandoc's short names and dates made whole, without unreadable parts, and its problems."""
    problems: list[Problem] = []

    def warn(message: str, hint: str | None = None) -> None:
        problems.append(
            Problem(message=f"{item['id']}: {message}", location=location, hint=hint, severity=Severity.WARNING)
        )

    checked: dict[str, object] = {}
    for key, value in item.items():
        if value is None:
            continue
        made: object
        if key in NAMES:
            made = _names(value)
        elif key in DATES:
            made = _date(value)
            if made is not None and (beyond := _beyond_calendar(made)):
                warn(f"{key}: there is no {beyond}", "correct it: write the year, the month (1 to 12) and the day")
        elif key in ("custom", "categories"):
            made = value
        else:
            made = _text(key, value)
        if made is None:
            warn(f"{key} cannot be read, so it was left out", _HINTS.get(key) or _shape_hint(key))
        else:
            checked[key] = made
    if "type" not in checked:
        warn("type is missing; it is taken for a document", "write type: book, article-journal, webpage, ...")
        checked["type"] = "document"
    elif checked["type"] not in TYPES:
        warn(
            f'"{checked["type"]}" is not a type of CSL', "use a type such as book, article-journal, chapter or webpage"
        )
    return checked, problems


_HINTS = {"type": "write one word: type: book"}


def _shape_hint(key: str) -> str:
    if key in NAMES:
        return f"write {key}: [{{family: Smith, given: Ann}}]"
    return f"write {key}: 2020-05-17" if key in DATES else f"write {key} as plain text"


def _text(key: str, value: object) -> object:
    """Return texts and numbers unchanged, DOIs without an address, and lists of keywords joined.

    NaN and infinity are no numbers of JSON.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return bare_doi(value) if key == "DOI" and isinstance(value, str) else value
    if key == "keyword" and isinstance(value, list) and all(isinstance(word, str) for word in value):
        return ", ".join(value)
    return None


def _names(value: object) -> list[dict[str, object]] | None:
    listed = value if isinstance(value, list) else [value]
    made = [_name(name) for name in listed]
    return None if None in made else [name for name in made if name]


def _name(value: object) -> dict[str, object] | None:
    if isinstance(value, str):
        return {"literal": value} if value.strip() else {}
    if not isinstance(value, dict):
        return None
    if all(isinstance(part, (str, int, bool)) or part is None for part in value.values()):
        return {
            key: part if isinstance(part, bool) else str(part) for key, part in value.items() if part not in (None, "")
        }
    return None


_POINT = re.compile(r"-?\d{1,8}(?:-\d{1,2}(?:-\d{1,2})?)?")


def _date(value: object) -> dict[str, object] | None:
    """Return a CSL date; pandoc's ``2020``, ``2020-05-17``, ``{year: 2020}`` and lists of them are made into one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, str)):
        try:
            return read_edtf(str(value)) if not isinstance(value, int) else {"date-parts": [[value]]}
        except DateError:
            return {"literal": value} if str(value).strip() else None
    if isinstance(value, list) and 1 <= len(value) <= 2 and all(isinstance(point, dict) for point in value):
        points = [_split_date(point) for point in value]
        return None if None in points else {"date-parts": points}
    if not isinstance(value, dict):
        return None
    if "year" in value:
        point = _split_date(value)
        circa = {"circa": value["circa"]} if "circa" in value else {}
        return None if point is None else {"date-parts": [point], **circa}
    return _with_parts(value)


def _with_parts(value: dict[str, object]) -> dict[str, object] | None:
    parts = value.get("date-parts")
    if parts is None:
        return value if value else None
    if not isinstance(parts, list) or len(parts) > 2 or not all(isinstance(point, list) for point in parts):
        return None
    numbers = [number for point in parts for number in point]
    if not all(isinstance(number, (int, str)) and re.fullmatch(r"\s*-?\d{1,8}\s*|", str(number)) for number in numbers):
        return None
    return value


def _beyond_calendar(date: Date) -> str | None:
    """Return the first month or day of ``date`` that no calendar has. Months 13 to 24 are the seasons of CSL and EDTF."""
    for point in date.get("date-parts", ()):
        _, month, day = ([int(str(number).strip() or 0) for number in point] + [0, 0, 0])[:3]
        if not 0 <= month <= LAST_SEASON:
            return f"month {month}"
        if not 0 <= day <= (DAYS[month - 1] if 1 <= month <= len(DAYS) else max(DAYS)):
            return f"day {day} in month {month}"
    return None


def _split_date(value: dict[str, object]) -> list[int] | None:
    point: list[int] = []
    for key in ("year", "month", "day"):
        if key in value:
            if not re.fullmatch(r"-?\d{1,8}", str(value[key])):
                return None
            point.append(int(str(value[key])))
    return point

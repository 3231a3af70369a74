"""Dates as CSL-JSON gives them: parts, ranges, seasons, raw text and EDTF."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Day(NamedTuple):
    """One end of a date; 0 means not known. ``month`` 13 to 16 is a season."""

    year: int
    month: int = 0
    day: int = 0


class DateValue(NamedTuple):
    """A date, a range (``end``), an open range, or text that is no date (``literal``)."""

    start: Day | None = None
    end: Day | None = None
    open_end: bool = False
    circa: bool = False
    literal: str = ""


class NotADateError(ValueError):
    """A value that is no date."""


_MONTHS = {
    name: index
    for index, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
    for name in (names,)
}
_SEASONS = {"spring": 13, "summer": 14, "autumn": 15, "fall": 15, "winter": 16}
_EDTF_DAY = r"([+-]?\d{1,7}|\d{2,3}[Xu]{1,2}|[uX]{4})(?:-(\d{1,2}|[uX]{2})(?:-(\d{1,2}|[uX]{2}))?)?"
_EDTF = re.compile(rf"^{_EDTF_DAY}([?~%]?)$")
_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*$")
_SPAN = re.compile(
    r"(?P<first>\d{4})-(?P<last>\d{4})|(?P<from>[^\W\d_]{3,})\.?\s*[-–/]\s*(?P<to>[^\W\d_]{3,})\.?,?\s+(?P<year>\d{4})"
)
_EDTF_SEASONS = {21: 13, 22: 14, 23: 15, 24: 16}


def read_date(value: object) -> DateValue | None:
    """Return the date in a CSL-JSON value; None when there is nothing. NotADateError when it cannot be understood."""
    if value in (None, "", {}, []):
        return None
    if isinstance(value, int | str):
        return parse_raw(str(value))
    if not isinstance(value, Mapping):
        raise NotADateError("a date is an object with date-parts, raw or literal")
    circa = value.get("circa") not in (None, "", 0, False, "0", "false")
    parts = value.get("date-parts")
    if parts:
        return _read_parts(parts, value, circa)
    literal = value.get("literal")
    raw = value.get("raw") or value.get("edtf")
    if raw:
        found = parse_raw(str(raw))
        return found._replace(circa=found.circa or circa)
    if literal:
        return DateValue(literal=str(literal), circa=circa)
    if value.get("year"):
        return _read_parts([[value["year"], value.get("month") or 0, value.get("day") or 0]], value, circa)
    return None


def _read_parts(parts: object, value: Mapping[str, object], circa: bool) -> DateValue | None:
    if not isinstance(parts, Sequence) or isinstance(parts, str):
        raise NotADateError("date-parts is a list of [year, month, day] lists")
    days = [_read_day(day) for day in parts[:2] if day not in (None, [], "")]
    start = days[0] if days else None
    if start is None:
        literal = value.get("literal")
        return DateValue(literal=str(literal), circa=circa) if literal else None
    season = value.get("season")
    if season not in (None, "") and not start.month:
        start = _with_season(start, season)
    end = days[1] if len(days) > 1 else None
    open_end = len(days) > 1 and end is None
    return DateValue(start=start, end=None if end == start else end, open_end=open_end, circa=circa)


def _with_season(day: Day, season: object) -> Day:
    text = str(season).strip().lower()
    if text.isdecimal() and 1 <= int(text) <= 4:
        return day._replace(month=12 + int(text))
    return day._replace(month=_SEASONS.get(text, 0))


def _read_day(day: object) -> Day | None:
    if isinstance(day, int | str):
        day = [day]
    if not isinstance(day, Sequence):
        raise NotADateError("date-parts is a list of [year, month, day] lists")
    numbers = [_number(part) for part in day[:3]]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    if not numbers or numbers[0] == 0:
        return None
    year, month, number = (*numbers, 0, 0)[:3]
    if month in _EDTF_SEASONS:
        month = _EDTF_SEASONS[month]
    if not 0 <= month <= 20:
        month = 0
    return Day(year, month, number if 0 <= number <= 31 else 0)


def _number(part: object) -> int:
    if part in (None, ""):
        return 0
    try:
        return int(str(part).strip())
    except ValueError:
        raise NotADateError(f'"{part}" is not a number') from None


def parse_raw(text: str) -> DateValue:
    """Return a date written as text: EDTF, or the ways people write one; anything else is a literal."""
    text = text.strip()
    match = _TIME.match(text)
    if match:
        text = match[1]
    span = _parse_span(text)
    if span:
        return span
    if "/" in text:
        left, _, right = text.partition("/")
        start = _parse_point(left.strip())
        if start and right.strip() in ("", ".."):
            return DateValue(start=start[0], open_end=True, circa=start[1])
        end = _parse_point(right.strip())
        if start and end:
            return DateValue(start=start[0], end=end[0], circa=start[1] or end[1])
    point = _parse_point(text)
    if point:
        return DateValue(start=point[0], circa=point[1])
    for separator in (" - ", "–", " – ", "--"):
        left, found, right = text.partition(separator)
        start, end = (_parse_point(left.strip()), _parse_point(right.strip())) if found else (None, None)
        if start and end:
            return DateValue(start=start[0], end=end[0], circa=start[1] or end[1])
    return DateValue(literal=text)


def _parse_span(text: str) -> DateValue | None:
    """Return “1996-2004” and “May-June 2004”."""
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    if match["first"]:
        start, end = Day(int(match["first"]), 0, 0), Day(int(match["last"]), 0, 0)
        return DateValue(start=start, end=end) if start < end else None
    first, last = (_parse_words(f"{match[part]} {match['year']}") for part in ("from", "to"))
    return DateValue(start=first[0], end=last[0]) if first and last and first[0].month and last[0].month else None


MOST_DIGITS = 12
"""Of a year: the universe is younger."""


def _parse_point(text: str) -> tuple[Day, bool] | None:
    match = _EDTF.match(text)
    if match:
        return _edtf_day(match)
    return _parse_words(text)


def _edtf_day(match: re.Match[str]) -> tuple[Day, bool] | None:
    year_text, month_text, day_text, mark = match.groups()
    unknown = re.search(r"[uX]", year_text)
    if unknown:
        if not re.match(r"\d", year_text):
            return None
        year_text = re.sub(r"[uX]", "0", year_text)
    month = int(month_text) if month_text and month_text.isdecimal() else 0
    day = int(day_text) if day_text and day_text.isdecimal() else 0
    month = _EDTF_SEASONS.get(month, month)
    if month > 16 or day > 31:
        return None
    if len(year_text) > MOST_DIGITS:
        return None
    year = int(year_text)
    if year == 0 or year_text[0] == "-":
        year -= 1  # EDTF counts a year 0: 0000 is 1 BC
    return Day(year, month, day), bool(mark) or bool(unknown)


def _parse_words(text: str) -> tuple[Day, bool] | None:
    """Return the day of “31 August 2000”, “Aug 31, 2000”, “Spring 1999” or “8/31/2000”."""
    circa = bool(re.match(r"^(?:c\.|ca\.?|circa)\s+", text, re.IGNORECASE)) or text.endswith("?")
    body = re.sub(r"^(?:c\.|ca\.?|circa)\s+", "", text, flags=re.IGNORECASE).rstrip("?")
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", body)
    if slashed:
        first, second, year = (int(part) for part in slashed.groups())
        month, day = (first, second) if first <= 12 else (second, first)
        return Day(year, month, day), circa
    year = month = day = 0
    for word in re.findall(r"[^\W\d_]+|\d+", body):
        lowered = word.lower()
        if word.isdecimal():
            if 3 <= len(word) <= MOST_DIGITS and not year:
                year = int(word)
            elif len(word) <= 2 and not day:
                day = int(word)
            else:
                return None
        elif lowered[:3] in _MONTHS and not month and re.match(r"[a-z]{3,9}$", lowered):
            month = _MONTHS[lowered[:3]]
        elif lowered in _SEASONS and not month:
            month = _SEASONS[lowered]
        elif lowered not in ("st", "nd", "rd", "th", "of"):
            return None
    return (Day(year, month, day), circa) if year else None

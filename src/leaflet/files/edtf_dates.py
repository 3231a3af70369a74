"""Dates in EDTF (levels 0 and 1), which ISO 8601 and biblatex use, and in BibTeX's words, as CSL dates."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

Date = dict[str, Any]

MONTHS = {
    name: number
    for number, pair in enumerate(
        "jan january/feb february/mar march/apr april/may may/jun june/jul july/aug august/sep september/"
        "oct october/nov november/dec december".split("/"),
        start=1,
    )
    for name in pair.split()
} | {"sept": 9}
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
FIRST_SEASON = 21
"""EDTF writes the seasons as months 21 (spring) to 24 (winter)."""

_POINT = re.compile(
    r"y?(?P<year>-?\d{1,8}|\d[\dXu]{3})(?:-(?P<month>\d\d|XX|uu)(?:-(?P<day>\d\d|XX|uu))?)?(?:T[\d:.Z+-]*)?(?P<mark>[~?%]{0,2})"
)
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DateError(ValueError):
    """Text that is no date of the known kinds; ``reason`` says why, where it has the form of one."""

    def __init__(self, text: str, reason: str = "") -> None:
        self.reason = reason
        super().__init__(text)


def read_edtf(text: str) -> Date:
    """Return an EDTF date or range as a CSL date.

    An open end is CSL's year 0. A year before Christ is astronomical in EDTF (-0043 is 44 BC) and historical in
    CSL (-44). ``199X`` is the range from 1990 to 1999. Approximate and uncertain dates are ``circa``.

    Raises:
        DateError: it is none.
    """
    text = text.strip().replace("\u2013", "/") if "\u2013" in text else text.strip()
    ends = text.split("/")
    if len(ends) > 2 or not any(end.strip(" .") for end in ends):
        raise DateError(text)
    parts: list[list[int]] = []
    circa = False
    for end in ends:
        found, doubtful = _end(end.strip())
        parts += found
        circa = circa or doubtful
    return _csl(parts, circa)


def _csl(parts: list[list[int]], circa: bool) -> Date:
    if len(parts) == 1 and len(parts[0]) == 2 and parts[0][1] >= FIRST_SEASON:
        year, season = parts[0]
        made: Date = {"date-parts": [[year]], "season": season - FIRST_SEASON + 1}
    else:
        made = {"date-parts": parts}
    return made | {"circa": True} if circa else made


def _end(text: str) -> tuple[list[list[int]], bool]:
    if text in ("", ".."):
        return [[0]], False
    match = _POINT.fullmatch(text)
    if not match:
        raise DateError(text)
    circa = bool(match["mark"])
    year = match["year"]
    if not year.lstrip("-").isdigit():
        low, high = re.sub("[Xu]", "0", year), re.sub("[Xu]", "9", year)
        return [[int(low)], [int(high)]], circa
    point = [historical(int(year))]
    month, day = match["month"], match["day"]
    if month and month.isdigit():
        point.append(_month(int(month), text))
        if day and day.isdigit():
            point.append(_day(int(year), int(month), int(day), text))
    return [point], circa


def historical(year: int) -> int:
    """Return EDTF's astronomical year as CSL counts: there is no year 0."""
    return year if year > 0 else year - 1


def _month(month: int, text: str) -> int:
    if 1 <= month <= 12 or FIRST_SEASON <= month < FIRST_SEASON + 4:
        return month
    raise DateError(text, f"there is no month {month}")


def _day(year: int, month: int, day: int, text: str) -> int:
    if month <= 12 and 1 <= day <= days_of(year, month):
        return day
    raise DateError(text, f"that month has no day {day}")


def days_of(year: int, month: int) -> int:
    """Return how many days a month has; February has 29 in years that the calendar of Python does not reach."""
    return calendar.monthrange(year, month)[1] if datetime.MINYEAR <= year <= datetime.MAXYEAR else DAYS[month - 1]


def year_and_month(year: str, month: str, day: str = "") -> Date:
    """Return the CSL date of BibTeX's ``year``, ``month`` and ``day``.

    The month may be a number, a name, a season or a range of them.

    Raises:
        DateError: the year is none.
    """
    year = re.sub(
        r"^\s*\(?\s*(?:c(?:irca|a)?\.?\s*|\[)", lambda match: "" if "[" in match[0] else "~", year.strip("()[] ")
    )
    circa = year.startswith("~")
    year = year.strip("~[] ")
    made = read_edtf(year) if re.search(r"[/~?X]", year) or year.startswith("-") else _years(year)
    if circa:
        made["circa"] = True
    if not month or len(made["date-parts"]) > 1:
        return made
    if dated := re.fullmatch(r"(?:(\d{1,2})[\s.~]+([^\W\d]+)|([^\W\d]+)\.?[\s.~]+(\d{1,2}))", month.strip()):
        month, day = dated[2] or dated[3], dated[1] or dated[4]
    ends = [_named_month(part) for part in re.split(r"\s*(?:/|--?|–|\band\b)\s*", month.strip()) if part]
    if not ends or None in ends:
        return made
    start = made["date-parts"][0][0]
    known = [end for end in ends if end is not None]
    if len(known) == 1 and known[0] > 12:
        return made | {"season": known[0] - FIRST_SEASON + 1}
    points = [[start, known[0]]]
    if len(known) > 1:
        points = [[start, known[0]], [start, known[-1]]]
    elif day.strip().isdigit() and 1 <= int(day) <= days_of(start, known[0]):
        points[0].append(int(day))
    return made | {"date-parts": points}


def _years(text: str) -> Date:
    """Return the years of ``2001``, ``2001--2003`` or ``2001a``: a sorting letter behind the year is no part of it."""
    match = re.fullmatch(r"(\d{1,4})[a-z]?(?:\s*(?:--?|–)\s*(\d{2,4}))?", text.strip())
    if not match:
        raise DateError(text)
    years = [int(match[1])]
    if match[2]:
        last = match[1][: -len(match[2])] + match[2] if len(match[2]) < len(match[1]) else match[2]
        years.append(int(last))
    return {"date-parts": [[year] for year in years]}


def _named_month(text: str) -> int | None:
    word = text.strip(" .~\u00a0").lower()
    if word.isdigit():
        number = int(word)
        return number if 1 <= number <= 12 or 21 <= number <= 24 else None
    if word in SEASONS:
        return SEASONS[word] + FIRST_SEASON - 1
    return MONTHS.get(word)


def to_edtf(value: Date) -> str | None:
    """Return a CSL date as EDTF; None when it has no date parts (then only a literal or raw text is known)."""
    parts = value.get("date-parts")
    if not parts:
        return None
    ends = [_point_to_edtf(list(part)) for part in parts]
    season = value.get("season")
    number = SEASONS.get(str(season).lower(), season)
    if number and len(ends) == 1 and len(parts[0]) == 1 and str(number).isdigit():
        ends[0] += f"-{FIRST_SEASON - 1 + int(number)}"
    if value.get("circa"):
        ends = [end + "~" if end else end for end in ends]
    return "/".join(ends)


def _point_to_edtf(part: list[Any]) -> str:
    numbers = [int(number) for number in part if number not in (None, "")]
    if not numbers or numbers == [0]:
        return ""
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04d}", *(f"{number:02d}" for number in numbers[1:])])

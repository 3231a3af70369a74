"""Dates as people write them: in words, with slashes and points, with times."""

from __future__ import annotations

import re
from datetime import date

from leaflet.files import Invalid, value_checks
from leaflet.model.metadata import PartialDate

TODAY = re.compile(
    r"(?:today|now|last-modified|\\today|`r .*(?:Sys\.|format|today|date).*`|.*Sys\.Date.*)", re.IGNORECASE
)
TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}.*")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?")
YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
WORDS = re.compile(r"[\W_]+")
DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª)?")
MONTH_FIRST = frozenset({"US", "PH"})


def means_today(text: str) -> bool:
    """Return whether a text means the day of the build."""
    return TODAY.fullmatch(text.strip()) is not None


def written_date(text: str, language: str) -> PartialDate:
    """Return the date that ``text`` means in ``language``, or in English.

    >>> written_date("May 12, 2026", "en").iso
    '2026-05-12'

    Raises:
        Invalid: it is no date that can be understood without a doubt.
    """
    plain = text.strip()
    if timed := TIMED.fullmatch(plain):
        plain = timed[1]
    if found := YEAR_FIRST.fullmatch(plain):
        parts = [found[1].zfill(4), *(part.zfill(2) for part in found.groups()[1:] if part)]
        return value_checks.date("-".join(parts))
    if found := YEAR_LAST.fullmatch(plain):
        return _of_numbers(int(found[1]), int(found[2]), int(found[3]), language)
    return _of_words(plain, language)


def day_of(today: date) -> PartialDate:
    """Return a day as a date that is known in full."""
    return PartialDate(year=today.year, month=today.month, day=today.day)


def _of_numbers(first: int, second: int, year: int, language: str) -> PartialDate:
    """Return the date of two numbers and a year: the day first, but in the United States and where it cannot be."""
    month_first = language.upper().rpartition("-")[2] in MONTH_FIRST
    day, month = (second, first) if month_first else (first, second)
    if month > 12 >= day:
        day, month = month, day
    return value_checks.date(f"{year:04}-{month:02}-{day:02}")


def _of_words(text: str, language: str) -> PartialDate:
    months = {**_months("en"), **_months(language)}
    weekdays = _weekdays(language)
    words = [word for word in WORDS.split(text.casefold()) if word and word not in weekdays]
    words = [word for word in words if word not in {"of", "de", "del", "den", "the", "le", "di"}]
    named = [months[word] for word in words if word in months]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(found[1]) for word in words if (found := DAY.fullmatch(word)) and len(found[1]) < 3]
    known = len(named) + len(years) + len(days)
    if len(years) != 1 or len(named) != 1 or len(days) > 1 or known != len(words):
        raise Invalid(
            f'"{text[:60]}" is not a date that leaflet can read', "write the year first: 2026, 2026-05 or 2026-05-12"
        )
    parts = f"{years[0]:04}-{named[0]:02}" + (f"-{days[0]:02}" if days else "")
    return value_checks.date(parts)


def _months(language: str) -> dict[str, int]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_month_names

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context=context, locale=locale).items():
                names[name.casefold().strip(".")] = number
    if language.startswith("en"):
        names["sept"] = 9
    return names


def _weekdays(language: str) -> frozenset[str]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_day_names

    names = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    names |= {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return frozenset(names)
    return frozenset(names | {name.casefold() for name in get_day_names("wide", locale=locale).values()})

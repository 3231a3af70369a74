"""Numbers: which text is numeric, ordinals, roman numerals, page ranges and plurals."""

from __future__ import annotations

import re
from collections.abc import Callable

from leaflet.citations.csl.locale import Locale
from leaflet.citations.csl.tree import NumberForm
from leaflet.citations.data.vocabulary import LOCATOR_ABBREVIATIONS
from leaflet.citations.evaluate.item_context import Context

_NUMBER = r"(?:[^\W\d_]{0,6}\d+[^\W\d_]*|[ivxlcdm]+)"
_NUMERIC = re.compile(rf"^\s*{_NUMBER}(?:\s*(?:\\?[-–]|[,&]|,\s*&)\s*{_NUMBER})*\s*$")
_ROMAN_OR_NUMBER = r"(?:[^\W\d_]*\d+[^\W\d_]*|[ivxlcdmIVXLCDM]+)"
_RANGE = re.compile(r"(?P<a>[\w.:]*\d[\w]*|\b[ivxlcdm]+\b)\s*(?P<dash>[-–—]|--)\s*(?P<b>[\w.]*\d[\w]*|\b[ivxlcdm]+\b)")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SEVERAL = re.compile(r"\w\s*(?:&|;|,\s)\s*\w|\w\s+(?:and|et|und|y|e|en)\s+\w")
_PART_OF_ISSUE = re.compile(r"\d+-[IVXLCDM]+")
"""“2-II” is the second part of an issue, no range."""
_COUNTS = frozenset(("number-of-pages", "number-of-volumes"))


def is_numeric(text: str) -> bool:
    """Return whether ``text`` is numbers with affixed letters, in lists and ranges (CSL 1.0.2, "is-numeric")."""
    return len(text) <= MOST_LETTERS and bool(_NUMERIC.match(text))


MOST_DIGITS = 30
"""Digits that are no number any more, but an identifier that is printed as it is."""
MOST_LETTERS = 500
"""A longer text is no number and no list of pages; it is printed as it is."""


def is_plural(variable: str, text: str) -> bool:
    """Return whether a label for ``text`` is plural.

    The number of a patent, a report, a docket or a law is one identifier, commas and hyphens included: “No. 9,367,592”,
    “No. 18-2424”; several are joined by a word, an ampersand, a semicolon, or a comma and a space.
    """
    if variable == "number":
        return bool(_SEVERAL.search(text))
    if variable in _COUNTS:
        return text.strip() != "1" and not (text.strip().isdecimal() and len(text) < MOST_DIGITS and int(text) <= 1)
    if len(text) > MOST_LETTERS or _PART_OF_ISSUE.fullmatch(text):
        return False
    bare = text.replace("\\-", "")
    return bool(
        re.search(
            rf"{_ROMAN_OR_NUMBER}\s*[-–—]\s*\S|\d\w*\s*(?:,|&|;)\s*(?:&\s*)?{_ROMAN_OR_NUMBER}\b|\d\w*\s*,?\s+(?:and|et|und|y|e|en)\s+\w*\d",
            bare,
        )
        or re.search(r"\w\s*(?:&|–)\s*\w", bare)
    )


# “7, p. 3-8”: a number and a place in it.
_LABELLED = re.compile(r"^(?P<head>[^,]*\d\w*),\s*(?P<label>[a-z]+)\.\s*(?P<tail>[\d\s–-]+)$")


def number(context: Context, variable: str, text: str, form: NumberForm) -> str:
    """Return the text of ``cs:number``."""
    if len(text) > MOST_LETTERS:
        return text
    labelled = _LABELLED.match(text)
    if labelled and labelled["label"] in LOCATOR_ABBREVIATIONS:
        head = number(context, variable, labelled["head"], form)
        term = LOCATOR_ABBREVIATIONS[labelled["label"]]
        label = context.locale.text(term, "short", plural=is_plural(term, labelled["tail"]))
        return f"{head}, {label} {pages(context, labelled['tail'])}"
    if form is NumberForm.NUMERIC or not is_numeric(text):
        return identifier(context, text) if variable == "number" else ranges(context, text)
    gender = context.locale.gender(variable)
    if not context.locale.gender(variable) and variable == "locator":
        gender = context.locale.gender(context.cite.label)

    def convert(match: re.Match[str]) -> str:
        value = match.group()
        if not value.isdecimal() or len(value) >= MOST_DIGITS:
            return value
        return format_number(context.locale, int(value), form, gender)

    return ranges(context, re.sub(r"[^\W_]+", convert, text))


def format_number(locale: Locale, value: int, form: NumberForm, gender: str) -> str:
    """Return a whole number in a form."""
    match form:
        case NumberForm.ROMAN:
            return roman(value)
        case NumberForm.ORDINAL:
            return f"{value}{ordinal_suffix(locale, value, gender)}"
        case NumberForm.LONG_ORDINAL:
            return long_ordinal(locale, value, gender)
        case NumberForm.NUMERIC:
            return str(value)


def roman(value: int) -> str:
    """Return ``value`` in lower-case roman numerals, as far as they go (3999)."""
    if not 0 < value < 4000:
        return str(value)
    parts = []
    for size, letters in _ROMAN:
        count, value = divmod(value, size)
        parts.append(letters * count)
    return "".join(parts)


def long_ordinal(locale: Locale, value: int, gender: str) -> str:
    """Return “first” to “tenth”, else the short ordinal."""
    if 1 <= value <= 10:
        name = f"long-ordinal-{value:02d}"
        term = (locale.term(name, "long", gender) if gender else None) or locale.term(name)
        if term is not None:
            return term.single
    return f"{value}{ordinal_suffix(locale, value, gender)}"


def ordinal_suffix(locale: Locale, value: int, gender: str) -> str:
    """Return the ending of an ordinal, by the last two digits, then the last one (CSL 1.0.2, "Ordinal Suffixes")."""
    genders = (gender, "") if gender else ("",)
    for name in (f"ordinal-{value % 100:02d}", f"ordinal-{value % 10:02d}"):
        for wanted in genders:
            term = locale.ordinals.get((name, "long", wanted))
            if term is not None and _matches(term.match, name, value):
                return term.single
    found = (locale.ordinals.get(("ordinal", "long", wanted)) for wanted in genders)
    return next((term.single for term in found if term is not None), "")


def _matches(match: str | None, name: str, value: int) -> bool:
    digits = int(name[-2:])
    if match == "whole-number":
        return value == digits
    if match == "last-two-digits":
        return value % 100 == digits
    if match == "last-digit":
        return value % 10 == digits
    return value % 10 == digits if digits < 10 else value % 100 == digits


def ranges(context: Context, text: str) -> str:
    """Return ``text`` with the dash of ranges for hyphens between numbers; an escaped hyphen stays."""
    if "-" not in text and "&" not in text:
        return text
    dash = context.locale.text("page-range-delimiter") or "–"
    changed = re.sub(r"(?<!\\)(?<=[\w.])\s*-\s*(?=\w)", dash, text) if _only_ranges(text) else text
    return _ampersand(context, changed.replace("\\-", "-"))


def identifier(context: Context, text: str) -> str:
    """Return the number of a patent, a report, a docket or a law, whose hyphens are its own."""
    return _ampersand(context, text.replace("\\-", "-"))


def _only_ranges(text: str) -> bool:
    return not _PART_OF_ISSUE.fullmatch(text) and bool(
        re.fullmatch(rf"[\s,;&]*{_ROMAN_OR_NUMBER}(?:\s*(?:\\?-|[–,;&])\s*{_ROMAN_OR_NUMBER})*\s*", text)
    )


def _ampersand(context: Context, text: str) -> str:
    if "&" not in text:
        return text
    symbol = context.locale.exact("and", "symbol")
    return re.sub(r"(?<=\w)\s*&\s*(?=\w)", f" {symbol.single if symbol else '&'} ", text)


def locator(context: Context, text: str) -> str:
    """Return a locator; pages in the style's range format, others with the dash of ranges."""
    return pages(context, text)


def pages(context: Context, text: str) -> str:
    """Return page ranges in the style's format."""
    if len(text) > MOST_LETTERS or ("-" not in text and "–" not in text and "&" not in text):
        return text
    dash = context.locale.text("page-range-delimiter") or "–"
    style_format = context.facts.style.page_range_format
    guarded = text.replace("\\-", "\ue000")
    changed = _RANGE.sub(lambda match: format_range(match["a"], match["b"], style_format, dash), guarded)
    return _ampersand(context, changed.replace("\ue000", "-"))


_PASSAGE = re.compile(r"(?:\d+[.:])+")
_PARTS = re.compile(r"^(.*?)(\d+)([^\W\d_]*)$")


def format_range(first: str, last: str, style_format: str | None, dash: str) -> str:
    """Return a range of pages; where the two ends do not fit together the hyphen stays."""
    if style_format is None:
        return f"{first}{dash}{last}"
    left, right = _PARTS.match(first), _PARTS.match(last)
    if left is None or right is None:
        return f"{first}{dash}{last}"
    if left[3] or right[3]:
        return f"{first}{dash}{last}"
    if left[1] != right[1]:
        # The end of “1.3.36–37” repeats only the last part of a numbered passage.
        return f"{first}{dash if _PASSAGE.fullmatch(left[1]) and not right[1] else '-'}{last}"
    start, end = left[2], right[2]
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    if len(end) >= MOST_DIGITS or int(end) < int(start):
        return f"{first}{dash}{last}"
    shown = _RANGE_FORMATS[style_format](start, end)
    prefix = left[1] if style_format == "expanded" else ""
    return f"{first}{dash}{prefix}{shown}"


def shorten_year(start: int, end: int, style_format: str | None) -> str:
    """Return the year that ends a range; one of another century than ``start``, or behind a full one, is whole."""
    if style_format is None or start < 1000 or start % 100 == 0 or start // 100 != end // 100:
        return str(end)
    return _RANGE_FORMATS[style_format](str(start), str(end))


def _expanded(_: str, end: str) -> str:
    return end


def _minimal(start: str, end: str, least: int = 1) -> str:
    if len(start) != len(end):
        return end
    same = 0
    while same < len(end) - least and start[same] == end[same]:
        same += 1
    return end[same:]


def _minimal_two(start: str, end: str) -> str:
    return _minimal(start, end, 2)


def _chicago_16(start: str, end: str) -> str:
    """Return the end of a range by the Chicago Manual of Style, 16th edition, 9.60."""
    value = int(start)
    if value < 100 or value % 100 == 0:
        return end
    return _minimal(start, end, 1 if value % 100 < 10 else 2)


def _chicago_15(start: str, end: str) -> str:
    """Return the end of a range as in the 16th edition, but four digits of which three change in full."""
    shown = _chicago_16(start, end)
    return end if len(start) == 4 and len(shown) == 3 else shown


_RANGE_FORMATS: dict[str, Callable[[str, str], str]] = {
    "expanded": _expanded,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}

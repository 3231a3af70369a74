"""Dates: localised and spelled out by the style, with ranges, seasons, eras and year suffixes."""

from __future__ import annotations

from msgspec.structs import replace

from leaflet.citations.csl.tree import PLAIN, Date, DatePart, Look
from leaflet.citations.data.date import DateValue, Day
from leaflet.citations.evaluate.formatting import apply_formatting
from leaflet.citations.evaluate.item_context import Context
from leaflet.citations.evaluate.numbers import ordinal_suffix, shorten_year
from leaflet.citations.output.nodes import Node, OutputSpan, Role
from leaflet.citations.output.richtext import parse_rich

_LEVELS = {"year": 0, "month": 1, "day": 2}
_PRECISIONS = {"year": ("year",), "year-month": ("year", "month"), "year-month-day": ("year", "month", "day")}
RANGE_DASH = "–"


def render_date(context: Context, element: Date) -> Node | None:
    """Return the nodes of ``cs:date``."""
    variable = element.variable
    value = None if variable in context.suppressed else context.item.dates.get(variable)
    if value is None:
        context.note_variable(variable, False)
        return None
    if variable in context.hidden:
        context.note_variable(variable, True)
        return None
    if value.start is None and context.sort_key is not None:
        return None
    if value.start is None:
        return _words(context, element, value.literal)
    parts, delimiter, look = _parts(context, element)
    if context.sort_key is not None:
        context.note_variable(variable, True)
        return OutputSpan((date_key(value, tuple(part.name for part in parts)),), role=Role.DATE)
    printed = _range(context, value, parts, delimiter)
    context.note_variable(variable, bool(printed))
    if not printed:
        return None
    return apply_formatting(context, printed, look, Role.DATE)


def _words(context: Context, element: Date, literal: str) -> Node | None:
    """Return text in place of a date, in the place and the formatting of its year."""
    year = next((part for part in element.parts if part.name == "year"), None)
    printed = year is not None or bool(element.form)
    context.note_variable(element.variable, printed)
    if not printed:
        return None
    words = apply_formatting(context, parse_rich(literal), year.look if year else PLAIN)
    return apply_formatting(context, (words,), element.look, Role.DATE) if words else None


def _parts(context: Context, element: Date) -> tuple[tuple[DatePart, ...], str, Look]:
    """Return the parts to print: the style's own, or the locale's with the style's changes."""
    if not element.form:
        return _own_parts(context, element), element.delimiter, element.look
    localised = context.locale.date(element.form)
    if localised is None:
        return element.parts, element.delimiter, element.look
    return _localised(context, element, localised), localised.delimiter, _outer_look(element.look, localised.look)


def _own_parts(context: Context, element: Date) -> tuple[DatePart, ...]:
    """Return the style's parts; a month and its day in the order of the language where the manual leaves it that."""
    localised = context.locale.date("text") if context.facts.style.rules.localised_days else None
    if localised is None or context.locale.language == "en" or context.sort_key is not None:
        return element.parts
    if sorted(part.name for part in element.parts) != ["day", "month"]:
        return element.parts
    found = [part for part in localised.parts if part.name != "year"]
    # The text after the last part leads to the year.
    found[-1] = replace(found[-1], look=replace(found[-1].look, suffix=""))
    return tuple(found)


def _outer_look(look: Look, localised: Look) -> Look:
    if localised.text_case is not None and look.text_case is None:
        return replace(look, text_case=localised.text_case)
    return look


def _localised(context: Context, element: Date, localised: Date) -> tuple[DatePart, ...]:
    memory, key = context.facts.memory.dates, (id(element), id(localised))
    found = memory.get(key)
    if found is None:
        own = {part.name: part for part in element.parts}
        kept = [part for part in localised.parts if part.name in _PRECISIONS[element.precision]]
        parts = tuple(_override(part, own[part.name]) if part.name in own else part for part in kept)
        found = memory[key] = (parts, element, localised)
    return found[0]


def _override(part: DatePart, own: DatePart) -> DatePart:
    """Return the locale's part with the style's form and look; affixes are the locale's alone."""
    look = own.look if own.look is not PLAIN else part.look
    return DatePart(
        name=part.name,
        form=own.form or part.form,
        range_delimiter=own.range_delimiter or part.range_delimiter,
        look=replace(look, prefix=part.look.prefix, suffix=part.look.suffix),
    )


def _range(context: Context, value: DateValue, parts: tuple[DatePart, ...], delimiter: str) -> tuple[Node, ...]:
    start, end = value.start, value.end
    assert start is not None
    if value.open_end:
        return _join(_points(context, start, parts, open_end=True), delimiter)
    if end is None:
        return _join(_points(context, start, parts), delimiter)
    level = _difference(start, end, parts)
    if level is None:
        return _join(_points(context, start, parts), delimiter)
    places = [index for index, part in enumerate(parts) if _LEVELS[part.name] >= level]
    first, last = places[0], places[-1]
    dash = next((part.range_delimiter for part in parts if _LEVELS[part.name] == level), None) or RANGE_DASH
    before = _points(context, start, parts[:first])
    left = _points(context, start, parts[first : last + 1], trim_end=True, with_suffix=False)
    since = start.year if context.facts.style.rules.shortened_years else None
    right = _points(context, end, parts[first : last + 1], trim_start=True, since=since)
    after = _points(context, start, parts[last + 1 :])
    middle: list[Node] = []
    if left and right:
        middle = [OutputSpan((OutputSpan(tuple(left), delimiter), dash, OutputSpan(tuple(right), delimiter)))]
    else:
        middle = left or right
    return _join([*before, *middle, *after], delimiter)


def _join(points: list[Node], delimiter: str) -> tuple[Node, ...]:
    return (OutputSpan(tuple(points), delimiter),) if len(points) > 1 and delimiter else tuple(points)


def _difference(start: Day, end: Day, parts: tuple[DatePart, ...]) -> int | None:
    """Return the largest part in which the two ends differ, among those printed; None when they print alike."""
    names = {part.name for part in parts}
    for name, level in _LEVELS.items():
        if getattr(start, name) != getattr(end, name):
            shown = [other for other in names if _LEVELS[other] >= level]
            if level == 0 and "year" not in names:
                continue
            return level if shown else None
    return None


def _points(
    context: Context,
    day: Day,
    parts: tuple[DatePart, ...],
    *,
    trim_start: bool = False,
    trim_end: bool = False,
    with_suffix: bool = True,
    open_end: bool = False,
    since: int | None = None,
) -> list[Node]:
    """Return the parts of one day.

    At a range's dash the affixes that would touch it are dropped, and its end may be shortened ``since`` its first
    year.
    """
    found: list[tuple[DatePart, tuple[Node, ...]]] = []
    for part in parts:
        text = _part_text(context, day, part, since)
        if text:
            found.append((part, _with_year_suffix(context, part, text, with_suffix, open_end)))
    nodes: list[Node] = []
    for index, (part, content) in enumerate(found):
        look = part.look
        if trim_start and index == 0 and look.prefix:
            look = replace(look, prefix="")
        if trim_end and index == len(found) - 1 and look.suffix:
            look = replace(look, suffix="")
        node = apply_formatting(context, content, look, Role.YEAR if part.name == "year" else None)
        if node is not None:
            nodes.append(node)
    return nodes


def _with_year_suffix(
    context: Context, part: DatePart, text: str, with_suffix: bool, open_end: bool
) -> tuple[Node, ...]:
    if part.name != "year":
        return (text,)
    content: tuple[Node, ...] = (text,)
    if open_end:
        present = context.facts.style.rules.open_years if context.locale.language == "en" else ""
        content = (f"{text}{RANGE_DASH}{present}",)
    suffix = context.disambiguation.year_suffix
    if suffix and with_suffix and not context.suffix_explicit and not context.suffix_printed:
        context.suffix_printed = True
        content = (*content, OutputSpan((suffix,), role=Role.YEAR_SUFFIX))
    return content


def _part_text(context: Context, day: Day, part: DatePart, since: int | None) -> str:
    match part.name:
        case "year":
            if since is not None and part.form != "short":
                return shorten_year(since, day.year, context.facts.style.page_range_format)
            return _year(context, day.year, part.form or "long")
        case "month":
            return _month(context, day, part.form or "long")
        case _:
            return _day(context, day, part.form or "numeric")


def _year(context: Context, year: int, form: str) -> str:
    if form == "short" and year >= 1000:
        return f"{year % 100:02d}"
    if year < 0:
        return f"{-year}{context.locale.text('bc')}"
    if year < 1000:
        return f"{year}{context.locale.text('ad')}"
    return str(year)


def _month(context: Context, day: Day, form: str) -> str:
    month = day.month
    if not month:
        return ""
    if month > 12:
        return context.locale.text(f"season-{(month - 13) % 4 + 1:02d}")
    match form:
        case "numeric":
            return str(month)
        case "numeric-leading-zeros":
            return f"{month:02d}"
        case _:
            return context.locale.text(f"month-{month:02d}", form)


def _day(context: Context, day: Day, form: str) -> str:
    number = day.day
    if not number:
        return ""
    if form == "numeric-leading-zeros":
        return f"{number:02d}"
    if form == "ordinal" and not (context.locale.limit_day_ordinals and number > 1):
        gender = context.locale.gender(f"month-{day.month:02d}") if day.month else ""
        return f"{number}{ordinal_suffix(context.locale, number, gender)}"
    return str(number)


def date_key(value: DateValue | None, precision: tuple[str, ...] = ("year", "month", "day")) -> str:
    """Return a date as text that sorts in time; BC runs backwards and is before AD."""
    if value is None or value.start is None:
        return ""
    keys = [_day_key(value.start, precision)]
    if value.end is not None:
        keys.append(_day_key(value.end, precision))
    return "/".join(keys)


def _day_key(day: Day, precision: tuple[str, ...]) -> str:
    year = f"A{day.year:08d}" if day.year > 0 else f"-{10**8 + day.year:08d}"
    month = day.month if "month" in precision and day.month <= 12 else 0
    number = day.day if "day" in precision else 0
    return f"{year}{month:02d}{number:02d}"

"""Facts of an event: when, where, for how much, and how to get in."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup

from leaflet.html.page_parts import breakable, safe_address
from leaflet.html.qr_code import qr_code
from leaflet.html.render_inlines import NOWHERE, HtmlContext, attributes
from leaflet.html.ui_labels import Labels
from leaflet.model.document import Attributes
from leaflet.model.metadata import Event, PartialDate


def event_facts(given: Attributes, context: HtmlContext, *, source: Markup = NOWHERE) -> Markup:
    """Return the event of the front matter as a list of facts; nothing where there is none."""
    event = context.document.metadata.event
    if event is None:
        return Markup()
    labels = context.labels
    link = (
        Markup('<a href="{}">{}</a>').format(event.url, breakable(event.url)) if safe_address(event.url) else Markup()
    )
    rows = (
        ("when", _two_lines(days(event, labels), event.time)),
        ("where", _two_lines(event.place, event.address)),
        ("price", _two_lines(event.price)),
        ("tickets", _two_lines(event.tickets, link)),
    )
    facts = Markup().join(
        Markup('<div class="{}"><dt>{}</dt><dd>{}</dd></div>').format(name, labels[name], words)
        for name, words in rows
        if words
    )
    tight = ("tight",) if context.drawn is not None and context.drawn.is_tight else ()
    code = Markup()
    if link and context.qr_path is not None:
        drawn = qr_code(event.url, context.qr_path(event.url), labels)
        code = Markup('<div class="qr"><a href="{}">{}</a></div>').format(event.url, drawn)
    return Markup('<section{}><dl class="event-facts">{}</dl>{}</section>').format(
        attributes(given, "event", *tight, source=source), facts, code
    )


def event_line(event: Event | None, labels: Labels) -> str:
    """Return day, time and place in one line, for covers; nothing where there is no event."""
    parts = (days(event, labels), event.time, event.place) if event else ()
    return labels.comma.join(part for part in parts if part)


def _two_lines(first: str | Markup, second: str | Markup = "") -> Markup:
    """Return what is read first, and below it what is read next."""
    if not first or not second:
        return Markup("<strong>{}</strong>").format(first or second) if first or second else Markup()
    return Markup("<strong>{}</strong> <span>{}</span>").format(first, second)


def days(event: Event, labels: Labels) -> str:
    """Return the day of an event with the day of the week, or its first and last day, without if it is long."""
    if event.date is None or isinstance(event.date, str):
        return event.date or ""
    if event.until is None:
        return _day(event.date, labels)
    if not _is_long(event.date, event.until):
        return f"{_day(event.date, labels)} – {_day(event.until, labels)}"
    return " – ".join(_day(day, labels, "MMMMd").replace(" ", "\u00a0") for day in (event.date, event.until))


WEEK = 7
"""Days: in an event that goes on for longer, the days of the week of its ends say nothing."""


def _is_long(first: PartialDate, last: PartialDate) -> bool:
    if not (first.month and first.day and last.month and last.day):
        return False
    return (date(last.year, last.month, last.day) - date(first.year, first.month, first.day)).days > WEEK


def _day(day: PartialDate, labels: Labels, skeleton: str = "MMMMEEEEd") -> str:
    from babel import Locale
    from babel.dates import format_date, match_skeleton

    if day.month is None or day.day is None:
        return labels.date(day)
    known = Locale.parse(labels.locale).datetime_skeletons
    pattern = str(known[match_skeleton(skeleton, known) or "MMMEd"])
    in_full = re.sub("E+", "EEEE", re.sub("MMM+", "MMMM", pattern))
    return str(format_date(date(day.year, day.month, day.day), format=in_full, locale=labels.locale))

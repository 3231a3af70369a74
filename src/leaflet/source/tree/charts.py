"""Charts and icon arrays: blocks of a source that leaflet draws."""

from __future__ import annotations

import re

from leaflet.files import suggestion
from leaflet.model.chart_data import ChartData, ChartKind
from leaflet.model.document import Block, Chart, Division, IconArray, Inline, List, Paragraph, Table
from leaflet.source.syntax.attributes import without
from leaflet.source.tree.chart_tables import chart_data
from leaflet.source.tree.parts import Parts, one_paragraph

MOST_PEOPLE = 1000
MOST_LINES = 3
READ = ("data", "columns", "emphasis", "number", "of")
"""The attributes that are read here and have no meaning later."""


def icon_array(parts: Parts) -> Block:
    """Return so many of so many people; a list says what the two halves are."""
    count, total = (_whole(parts, key) for key in ("number", "of"))
    if count is None or total is None or not 0 <= count <= total or total > MOST_PEOPLE or total % 10:
        hint = "write ::: {.icon-array number=3 of=100}; the second number is 10, 20 and so on up to 1000"
        parts.refuse("this icon array has no two numbers that can be drawn", hint)
        count, total = 0, 10
    known = parts.context.denominators
    if known and known[0] != total:
        hint = f"write all of them of {known[0]}, so that they can be compared"
        parts.context.warn(f"this icon array is of {total}, another one of {known[0]}", parts.location, hint)
    known.append(total)
    lists = [block for block in parts.body if isinstance(block, List)]
    items = lists[0].items if lists else ()
    if len(lists) > 1 or len(items) not in (0, 2):
        hint = "write two items: what those are that are counted, and what the others are"
        parts.refuse("the list of an icon array has two items", hint)
    return IconArray(
        count=count,
        total=total,
        blocks=tuple(block for block in parts.body if not isinstance(block, List)),
        halves=tuple(one_paragraph(item, parts, "a half of an icon array") for item in items[:2]),
        attributes=without(parts.attributes, *READ),
        location=parts.location,
    )


def _whole(parts: Parts, key: str) -> int | None:
    text = parts.attributes.get(key) or ""
    return int(text) if re.fullmatch(r"\d{1,4}", text) else None


def bar_chart(parts: Parts) -> Block:
    """Return a chart of horizontal bars."""
    data = chart_data(parts)
    if data is not None and len(data.series) > 1:
        hint = f'choose one: columns="{data.series[0].name}"'
        parts.refuse(f"a bar chart shows one column of numbers, and these data have {len(data.series)}", hint)
    if data is not None and min(data.series[0].values) < 0:
        parts.refuse("a bar cannot show a number below zero", "use a line chart, or a table")
    return _chart(parts, ChartKind.BARS, data)


def line_chart(parts: Parts) -> Block:
    """Return a chart of one to three lines."""
    data = chart_data(parts)
    if data is not None and len(data.series) > MOST_LINES:
        hint = f'choose at most {MOST_LINES}: columns="{data.series[0].name}, {data.series[1].name}"'
        parts.refuse(f"a line chart shows at most {MOST_LINES} lines, and these data have {len(data.series)}", hint)
    if data is not None and len(data.categories) < 2:
        parts.refuse("a line needs two points at least", "write one more row of data, or say the number in words")
    return _chart(parts, ChartKind.LINES, data)


def _chart(parts: Parts, kind: ChartKind, data: ChartData | None) -> Block:
    if data is None:
        return Division(blocks=parts.body, attributes=parts.attributes, location=parts.location)
    others = [block for block in parts.body if not isinstance(block, Table)]
    caption: tuple[Inline, ...] = ()
    if len(others) == 1 and isinstance(others[0], Paragraph):
        caption = others[0].children
    elif others:
        parts.refuse("a chart holds one paragraph at most, its caption", "write the rest above or below the block")
    return Chart(
        kind=kind,
        data=data,
        heading=parts.heading,
        caption=caption,
        attributes=without(parts.attributes, *READ),
        location=parts.location,
        emphasis=_emphasis(parts, data),
    )


def _emphasis(parts: Parts, data: ChartData) -> int | None:
    """Return the number of the category that ``emphasis`` names."""
    name = parts.attributes.get("emphasis")
    if name is None:
        return None
    if name not in data.categories:
        hint = suggestion(name, data.categories) or f"it can be {', '.join(data.categories[:8])}"
        parts.refuse(f'these data have no row "{name[:40]}"', hint)
        return None
    return data.categories.index(name)

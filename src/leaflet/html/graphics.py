"""Charts and icon arrays as figures: the drawing, the words beside it, and what is heard instead of it."""

from __future__ import annotations

from markupsafe import Markup

from leaflet.html.bar_drawing import bars
from leaflet.html.drawn_look import DrawnLook
from leaflet.html.line_drawing import lines
from leaflet.html.people_drawing import people
from leaflet.html.render_inlines import HtmlContext, attributes, inlines
from leaflet.html.ui_labels import Labels
from leaflet.model.chart_data import ChartKind
from leaflet.model.document import Chart, IconArray
from leaflet.model.walk import plain_text


def chart(node: Chart, context: HtmlContext) -> Markup:
    """Return a chart with its title above and its caption below it."""
    look = _look(context)
    heading = " ".join(plain_text(node.heading).split())
    words = node.attributes.get("alt") or _in_words(node, heading, context.labels)
    drawn = (
        bars(node.data, node.emphasis, look, words) if node.kind is ChartKind.BARS else lines(node.data, look, words)
    )
    title = Markup('<p class="chart-title"{}><strong>{}</strong></p>').format(
        context.source_of(node.heading), inlines(node.heading, context)
    )
    caption = Markup("<figcaption{}>{}</figcaption>").format(
        context.source_of(node.caption), inlines(node.caption, context)
    )
    return Markup("<figure{}>{}{}{}</figure>").format(
        attributes(node.attributes, "chart", node.kind.value, source=context.source(node.location)),
        title if node.heading else Markup(),
        drawn,
        caption if node.caption else Markup(),
    )


LETTERS = 0.5
"""Words of which fewer characters are letters are a column of numbers, not language."""


def _in_words(node: Chart, heading: str, labels: Labels) -> str:
    """Return what a chart shows: its title and all values, or the first and last where there would be numbers alone."""
    title = heading or labels["chart"]
    begin = f"{title}{'' if title[-1:] in '.!?' else '.'} "
    whole = f"{begin}{node.data.in_words()}."
    if node.kind is ChartKind.BARS and sum(map(str.isalpha, whole)) >= LETTERS * len(whole):
        return whole
    names = node.data.categories
    ends = (
        labels["begins-ends"].format(
            name=one.name, first=one.texts[0], start=names[0], last=one.texts[-1], end=names[-1]
        )
        for one in node.data.series
    )
    return f"{begin}{'; '.join(ends)}."


def icon_array(node: IconArray, context: HtmlContext, inner: Markup) -> Markup:
    """Return people, and beside them the same in words; ``inner`` is what is said of them."""
    look, labels = _look(context), context.labels
    numbers = {"count": node.count, "total": node.total}
    words = node.attributes.get("alt") or labels["icon-array"].format(**numbers)
    drawn = people(node.count, node.total, words, counted=look.colours["accent"], others=look.colours["figure"])
    signs = ("counted", "others")
    halves = Markup().join(
        Markup('<p class="half {}"{}>{}</p>').format(sign, context.source_of(half), inlines(half, context))
        for sign, half in zip(signs, node.halves, strict=False)
    )
    return Markup(
        '<div{}><div class="people">{}</div><div class="in-words"><p class="count">{}</p>{}{}</div></div>'
    ).format(
        attributes(
            node.attributes, "icon-array", *(("tight",) if look.is_tight else ()), source=context.source(node.location)
        ),
        drawn,
        labels["count-of"].format(**numbers),
        inner,
        halves,
    )


def _look(context: HtmlContext) -> DrawnLook:
    assert context.drawn is not None, "pages that hold drawings give the context their look"
    return context.drawn

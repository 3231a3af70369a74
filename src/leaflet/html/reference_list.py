"""Lists of references: entries with their anchors, their annotations and the ways back to the text."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from leaflet.html.render_inlines import HtmlContext, Medium, place_id
from leaflet.model.citation import FormattedReference, entry_id

ANNOTATED = "annotated"
"""The class of a list that prints what its bibliography notes about each source."""


def reference_entries(
    entries: Sequence[FormattedReference], context: HtmlContext, *, annotated: bool = False
) -> Markup:
    """Return ``entries`` as a list, with the indents that the citation style asks for; nothing where there are none."""
    citations = context.citations
    dress = (("hanging", citations.hanging_indent), ("aligned", bool(citations.second_field_align)))
    classes = " ".join(["references", *(name for name, applies in dress if applies)])
    items = Markup("\n").join(_entry(entry, context, annotated=annotated) for entry in entries)
    return Markup('<ol class="{}">{}</ol>').format(classes, items) if entries else Markup()


def _entry(entry: FormattedReference, context: HtmlContext, *, annotated: bool) -> Markup:
    # Links lead to a source in the first of the lists that hold it.
    first = context.anchor(entry.id)
    name = Markup(' id="{}"').format(entry_id(entry.id)) if first else Markup()
    note = Markup('<div class="annotation">{}</div>').format(Markup(entry.annotation))  # noqa: S704 - as entry.html
    return Markup("<li{}>{}{}{}</li>").format(
        name,
        context.with_breaks_in_links(entry.html),
        _ways_back(entry.id, context) if first else "",
        note if annotated and entry.annotation else "",
    )


def _ways_back(key: str, context: HtmlContext) -> Markup:
    """Return a link to each place that cites the entry, on a screen only."""
    places = context.places_of(key) if context.medium is Medium.WEB else ()
    if not places:
        return Markup()
    said = context.labels["back-to-text"]
    links = Markup(" ").join(
        Markup('<a href="#{}" role="doc-backlink" aria-label="{}{}">↩{}</a>').format(
            place_id(place), said, f" {number}" if len(places) > 1 else "", _raised(number, len(places))
        )
        for number, place in enumerate(places, start=1)
    )
    return Markup(' <span class="ways-back">{}</span>').format(links)


def _raised(number: int, count: int) -> Markup:
    return Markup("<sup>{}</sup>").format(number) if count > 1 else Markup()

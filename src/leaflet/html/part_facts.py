"""The values that templates show of a document: its metadata, its references and its own citation."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup
from msgspec.structs import replace

from leaflet.design import tie_short_last_word
from leaflet.html.byline import abstract_block, byline, marked
from leaflet.html.page_parts import (
    breakable,
    contact_lines,
    dates,
    imprint,
    online_address,
    safe_address,
    shown_address,
)
from leaflet.html.page_resources import PageResources
from leaflet.html.qr_code import qr_code
from leaflet.html.reference_list import reference_entries
from leaflet.html.render_inlines import HtmlContext
from leaflet.model.citation import Citations
from leaflet.model.document import Document
from leaflet.model.reference_lists import listed_in, reference_lists


def listed_keys(document: Document, citations: Citations, *, has_place: bool) -> frozenset[str]:
    """Return the keys of all references that the page will list: in the lists of its text, or else at the layout's place."""
    own = reference_lists(document)
    entries = (entry for node in own for entry in listed_in(node, document, citations.references))
    return frozenset(entry.id for entry in (entries if own else citations.references if has_place else ()))


def part_facts(context: HtmlContext, resources: PageResources, *, has_byline: bool) -> dict[str, object]:
    """Return the values that the parts made of metadata show, ready for a template.

    ``has_byline`` says whether the authors, the date and the abstract are printed below the title.
    """
    metadata, citations, labels = context.document.metadata, context.citations, context.labels
    has_own_list = bool(reference_lists(context.document))
    online = online_address(metadata)
    return {
        "m": metadata,
        "labels": labels,
        "dates": dates(metadata, labels),
        "imprint": imprint(metadata, labels),
        "contact": contact_lines(metadata.contact, metadata.rich),
        "references": Markup() if has_own_list else reference_entries(citations.references, context),
        "own": tuple(replace(own, html=context.with_breaks_in_links(own.html)) for own in citations.own)
        if metadata.cite.show
        else (),
        "online": online,
        "online_shown": breakable(online),
        "qr": qr_code(online, resources.qr_path(online), labels) if online else Markup(),
        "byline": byline(metadata, labels) if has_byline else Markup(),
        "abstract": abstract_block(metadata, labels) if has_byline else Markup(),
        "marked": partial(marked, metadata),
        "breakable": breakable,
        "tied": tie_short_last_word,
        "safe_address": safe_address,
        "shown_address": shown_address,
        "Markup": Markup,
    }

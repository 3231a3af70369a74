"""CSS of the components that a document holds; one that holds none of them gets none of it."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.html.page_resources import PageResources
from leaflet.html.render_inlines import Medium
from leaflet.model.document import (
    Attributes,
    Block,
    Chart,
    Document,
    EventBlock,
    IconArray,
    MailingPanel,
    Table,
    WriteIn,
)
from leaflet.model.walk import Node, all_nodes

BY_CLASS = {
    "pull-quote": "pull-quote",
    "opening": "opening",
    "sidebar": "sidebar",
    "steps": "steps",
    "questions": "questions",
    "key-figures": "key-figures",
    "boxes": "boxes",
    "tear-off": "tear-off",
    "tear-strips": "tear-strips",
    "person": "person",
    "sponsors": "sponsors",
    "caption-beside": "caption-beside",
}
"""The file of each class, in ``templates/components``."""


TABLES = {"zebra": "zebra", "turned": "turned", "compare": "answers", "yes-no": "answers"}
"""The file of each class of tables."""


def component_css(document: Document, medium: Medium, resources: PageResources) -> str:
    """Return the CSS of the components in ``document``, in the order of their names."""
    names = {name for node in all_nodes(document) for name in _names(node)}
    if document.metadata.event is not None:
        names.add("event")
    if document.metadata.cover:
        names.add("cover-photo")
    if document.metadata.cover and document.metadata.cover_whole:
        names.add("cover-whole")
    wanted = (f"{name}{ending}" for name in sorted(names) for ending in (".css", f".{medium.value}.css"))
    return resources.packaged_css("components", wanted)


def _names(node: Node) -> Iterator[str]:
    match node:
        case IconArray():
            yield "icon-array"
        case Chart():
            yield "chart"
        case EventBlock():
            yield "event"
        case MailingPanel():
            yield "mailing"
        case WriteIn(shares=shares) if shares:
            yield "beside"
        case Table():
            yield from (TABLES[name] for name in node.attributes.classes if name in TABLES)
        case _:
            attributes = getattr(node, "attributes", None)
            if isinstance(node, Block) and isinstance(attributes, Attributes):
                yield from (BY_CLASS[name] for name in attributes.classes if name in BY_CLASS)

"""CSS for what only some documents hold: formulas, framed places, line blocks, tasks and the like."""

from __future__ import annotations

from leaflet.html.page_resources import PageResources
from leaflet.html.render_inlines import Medium
from leaflet.model.document import (
    Attributes,
    Callout,
    CalloutKind,
    CodeBlock,
    Document,
    Footnote,
    Image,
    List,
    Math,
    Numbering,
    Paragraph,
    Table,
)
from leaflet.model.walk import all_nodes

BY_CLASS = {
    "line-block": "line-block",
    "page-break": "page-break",
    "number-label": "numbers",
    "equation-number": "numbers",
    "section-number": "numbers",
    "smallcaps": "smallcaps",
    "underline": "smallcaps",
    "emoji": "emoji",
    "only-web": "formats",
    "only-print": "formats",
    "in-brackets": "lists",
    "before-bracket": "lists",
    "task": "tasks",
}


def additional_css(document: Document, medium: Medium, resources: PageResources) -> str:
    """Return the CSS for what ``document`` holds; nothing for a document that holds none of it."""
    names: dict[str, None] = {}
    for node in all_nodes(document):
        match node:
            case CodeBlock():
                names["code"] = None
                if document.metadata.code_colours:
                    names["code-colours"] = None
            case Math():
                names["maths"] = None
            case Image(absent=True):
                names["absent"] = None
            case Callout(kind=CalloutKind.CAUTION):
                names["caution"] = None
            case Table(widths=widths) if widths:
                names["widths"] = None
            case Footnote(blocks=blocks) if not all(isinstance(block, Paragraph) for block in blocks):
                names["notes"] = None
            case List():
                if node.numbering is not Numbering.DECIMAL:
                    names["lists"] = None
                for item in node.items:
                    _add_classes(item.attributes, names)
            case _:
                pass
        attributes = getattr(node, "attributes", None)
        if isinstance(attributes, Attributes):
            _add_classes(attributes, names)
    wanted = (f"{name}.{ending}" for name in sorted(names) for ending in ("css", f"{medium.value}.css"))
    return resources.packaged_css("additions", wanted)


def _add_classes(attributes: Attributes, names: dict[str, None]) -> None:
    for name in attributes.classes:
        if name in BY_CLASS:
            names[BY_CLASS[name]] = None

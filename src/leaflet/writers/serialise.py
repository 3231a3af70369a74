"""A tree of elements as HTML, and as the XML of EPUB."""

from __future__ import annotations

from html import escape

from leaflet.model.html_tree import HtmlNode

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
XLINK = "http://www.w3.org/1999/xlink"


def as_html(node: HtmlNode) -> str:
    """Return a node as HTML."""
    if isinstance(node, str):
        return escape(node, quote=False)
    given = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
    if node.name in VOID:
        return f"<{node.name}{given}>"
    return f"<{node.name}{given}>{''.join(map(as_html, node.children))}</{node.name}>"


def as_xml(node: HtmlNode) -> str:
    """Return a node as XML; drawings and formulas name their namespaces."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = dict(node.attributes)
    if node.name in NAMESPACES:
        attributes = {"xmlns": NAMESPACES[node.name], **attributes}
        if any(name.startswith("xlink:") for inner in node.elements() for name, _ in inner.attributes):
            attributes["xmlns:xlink"] = XLINK
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    inner = "".join(map(as_xml, node.children))
    return f"<{node.name}{given}>{inner}</{node.name}>" if inner else f"<{node.name}{given}/>"

"""HTML that leaflet wrote, as a tree."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from leaflet.model.html_tree import HtmlElement, HtmlNode


def parse_markup(html: str) -> HtmlElement:
    """Return the one element that ``html`` consists of, by the rules of HTML for text, drawings and formulas."""
    from tinyhtml5 import parse

    root = parse(html)
    return _element(root[1][0])


def _element(node: Element) -> HtmlElement:
    children: list[HtmlNode] = [node.text] if node.text else []
    for child in node:
        if isinstance(child.tag, str):  # a comment has a function in place of its name
            children.append(_element(child))
        if child.tail:
            children.append(child.tail)
    return HtmlElement(
        name=_local(node.tag),
        attributes=tuple((_attribute(name), value) for name, value in node.attrib.items()),
        children=tuple(children),
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attribute(name: str) -> str:
    """Return the name of an attribute as HTML writes it; those of XLink and XML keep their prefix."""
    space, _, local = name.rpartition("}")
    prefix = {"{http://www.w3.org/1999/xlink": "xlink:", "{http://www.w3.org/XML/1998/namespace": "xml:"}.get(space, "")
    return prefix + local

"""Lists as PDF wants them: a list holds items only, and a term stands in one item with what it means.

HTML allows groups of terms inside a definition list, and WeasyPrint makes an item of every term and of every
description (ISO 14289-1, 7.6; ISO 32000-1, 14.8.4.3.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

ITEMS = frozenset({"/LI", "/Caption", "/L"})


def mend_lists(pdf: Any, terms: frozenset[int], descriptions: frozenset[int]) -> None:
    """Mend every list of ``pdf``; ``terms`` and ``descriptions`` are the object numbers of items made of dt and dd."""
    things: list[Any] = list(pdf.objects)
    for thing in things:
        if isinstance(thing, pydyf.Dictionary) and thing.get("S") == "/L":
            items = _joined(list(_items(pdf, thing)), terms, descriptions, pdf)
            for item in items:
                item["P"] = thing.reference
                if item["S"] == "/LI":
                    _give_body(item, pdf)
            thing["K"] = pydyf.Array(item.reference for item in items)


def _items(pdf: Any, parent: Any) -> Iterator[Any]:
    """The items of a list, those in groups lifted out of them."""
    for kid in parent["K"]:
        if not isinstance(kid, bytes):
            continue
        child = pdf.objects[int(kid.split()[0])]
        if child.get("S") in ITEMS:
            yield child
        elif child.get("Type") == "/StructElem":
            yield from _items(pdf, child)


def _joined(items: list[Any], terms: frozenset[int], descriptions: frozenset[int], pdf: Any) -> list[Any]:
    """The items with each description moved into the item of its term."""
    joined: list[Any] = []
    for item in items:
        before = joined[-1] if joined else None
        if item.number in terms:
            for kid in _children(item, pdf):
                kid["S"] = "/Lbl"
        if before is not None and before.number in terms and item.number in descriptions:
            for kid in _children(item, pdf):
                kid["P"] = before.reference
            before["K"].extend(item["K"])
        else:
            joined.append(item)
    return joined


def _give_body(item: Any, pdf: Any) -> None:
    """Put what stands in an item beside its label, paragraphs for one, into its body."""
    kids = list(_children(item, pdf))
    if all(kid["S"] in ("/Lbl", "/LBody") for kid in kids):
        return
    body = next((kid for kid in kids if kid["S"] == "/LBody"), None)
    if body is None:
        values = {"Type": "/StructElem", "S": "/LBody", "P": item.reference, "Pg": item["Pg"]}
        body = pydyf.Dictionary(values)
        pdf.add_object(body)
    held = pydyf.Array()
    for kid in kids:
        if kid["S"] == "/LBody":
            held.extend(kid["K"])
        elif kid["S"] != "/Lbl":
            held.append(kid.reference)
    body["K"] = held
    for kid in _children(body, pdf):
        kid["P"] = body.reference
    item["K"] = pydyf.Array([*(kid.reference for kid in kids if kid["S"] == "/Lbl"), body.reference])


def _children(item: Any, pdf: Any) -> Iterator[Any]:
    return (pdf.objects[int(kid.split()[0])] for kid in item["K"] if isinstance(kid, bytes))

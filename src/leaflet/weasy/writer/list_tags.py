"""Repair of tagged lists: a list holds items only, and a term is in one item with its description.

HTML allows groups of terms inside a definition list, and WeasyPrint makes an item of every term and of every
description (ISO 14289-1, 7.6; ISO 32000-1, 14.8.4.3.3).
"""

from __future__ import annotations

from collections.abc import Iterator

import pydyf

from leaflet.weasy.types import Pdf, PdfDictionary

ITEMS = frozenset({"/LI", "/Caption", "/L"})


def mend_lists(pdf: Pdf, terms: frozenset[int], descriptions: frozenset[int]) -> None:
    """Mend every list of ``pdf``; ``terms`` and ``descriptions`` are the object numbers of items made of dt and dd."""
    for element in list(pdf.objects):
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/L":
            items = _joined(list(_items(pdf, element)), terms, descriptions, pdf)
            for item in items:
                item["P"] = element.reference
                if item["S"] == "/LI":
                    _give_body(item, pdf)
            element["K"] = pydyf.Array(item.reference for item in items)


def _items(pdf: Pdf, parent: PdfDictionary) -> Iterator[PdfDictionary]:
    """Yield the items of a list, those in groups lifted out of them."""
    for kid in parent["K"]:
        if not isinstance(kid, bytes):
            continue
        child = pdf.objects[int(kid.split()[0])]
        if child.get("S") in ITEMS:
            yield child
        elif child.get("Type") == "/StructElem":
            yield from _items(pdf, child)


def _joined(
    items: list[PdfDictionary], terms: frozenset[int], descriptions: frozenset[int], pdf: Pdf
) -> list[PdfDictionary]:
    """Return the items with each description moved into the item of its term."""
    joined: list[PdfDictionary] = []
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


def _give_body(item: PdfDictionary, pdf: Pdf) -> None:
    """Move everything in an item that is not its label, such as paragraphs, into its body."""
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


def _children(item: PdfDictionary, pdf: Pdf) -> Iterator[PdfDictionary]:
    return (pdf.objects[int(kid.split()[0])] for kid in item["K"] if isinstance(kid, bytes))

"""Marks are painted in the order in which they are read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NumberObject

from panel_samples import page, rendered, section
from running import outloud

LISTS = """<section><h2>Before you go</h2><ul><li>Wear good shoes.</li><li>Take water.
<ul><li>A bottle</li><li>A flask</li></ul></li><li><p>Tell someone.</p></li></ul>
<p>Then begin.</p><ol><li>Walk</li><li>Rest</li></ol><blockquote>A saying<ul><li>and a list</li></ul></blockquote>
<div style="position: relative"><p>Last words.</p></div></section>"""


def painted(pdf_page: Any, reader: PdfReader) -> list[int]:
    """The numbers of marked content in the order of painting."""
    operations = ContentStream(pdf_page["/Contents"], reader).operations
    return [int(operands[1]["/MCID"]) for operands, operator in operations if operator == b"BDC"]


def read_out(element: Any, pdf_page: Any) -> list[int]:
    """The numbers of marked content on ``pdf_page`` in the order of the tags."""
    found: list[int] = []
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        target = kid.get_object()
        if isinstance(target, NumberObject):
            if element.raw_get("/Pg") == pdf_page.indirect_reference:
                found.append(int(target))
        elif isinstance(target, DictionaryObject):
            found += read_out(target, pdf_page)
    return found


def test_list_markers_and_positioned_blocks_are_painted_where_they_are_read(tmp_path: Path) -> None:
    data = rendered(page(section(1) + LISTS, flap=LISTS), tmp_path).data
    reader = PdfReader(BytesIO(data))
    tree: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    for number in (1, 2):
        content = painted(reader.pages[number], reader)
        assert len(content) > 15
        assert content == read_out(tree, reader.pages[number])


def test_outloud_has_nothing_to_say_of_a_leaflet_with_lists(tmp_path: Path) -> None:
    file = tmp_path / "lists.pdf"
    file.write_bytes(rendered(page(section(1) + LISTS, flap=LISTS), tmp_path).data)
    said = outloud(file)
    assert file.name in said
    assert "ERROR" not in said
    assert "WARNING" not in said

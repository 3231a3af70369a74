"""The sheet PDF: what the printer gets, and what a screen reader still hears in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pypdfium2
import pytest
from pikepdf import Dictionary, Pdf
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from leaflet.panels import PanelPdf
from leaflet.sheet import impose
from panel_samples import (
    HANDOUT,
    TRIFOLD,
    failed_rules,
    handout,
    needs_qpdf,
    needs_verapdf,
    outloud_errors,
    page,
    rendered,
    section,
)

MM = 72 / 25.4
MARGIN = 10.0


@cache
def panels() -> PanelPdf:
    inside = "".join(section(number, 4) for number in range(1, 8))
    return rendered(page(inside, css="h2 { bookmark-level: 1 }"), Path(mkdtemp()))


@cache
def sheet() -> bytes:
    return impose(panels().data, TRIFOLD, job="living-with-it")


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def millimetres(box: Any) -> list[float]:
    return [round(float(value) / MM, 2) for value in box]


def test_two_sides_with_their_boxes_one_in_the_other() -> None:
    reader = read(sheet())
    assert len(reader.pages) == 2
    for one in reader.pages:
        assert millimetres(one.trimbox) == [10, 10, 307, 220]
        assert millimetres(one.bleedbox) == [7, 7, 310, 223]
        assert millimetres(one.mediabox) == [0, 0, 317, 230]


def test_panels_are_drawn_in_reading_order_at_their_places() -> None:
    for one, wanted in zip(
        read(sheet()).pages, ([(1, 197), (2, 0), (6, 97)], [(3, 0), (4, 100), (5, 200)]), strict=True
    ):
        drawn = re.findall(rb"q 1 0 0 1 ([\d.-]+) [\d.-]+ cm /Panel(\d) Do Q", one.get_contents().get_data())
        assert [(int(number), round(float(x) / MM - MARGIN)) for x, number in drawn] == wanted


def test_every_tagged_piece_names_its_form_and_its_sheet() -> None:
    reader = read(sheet())
    forms = {
        form.indirect_reference.idnum: form
        for one in reader.pages
        for form in (reference.get_object() for reference in one["/Resources"]["/XObject"].values())
    }
    sheets = {one.indirect_reference.idnum for one in reader.pages}
    tagged = set()
    for kid in _content(reader):
        assert kid.raw_get("/Pg").idnum in sheets
        tagged.add((kid.raw_get("/Stm").idnum, int(kid["/MCID"])))
    drawn = {
        (number, int(mcid)) for number, form in forms.items() for mcid in re.findall(rb"/MCID (\d+)", form.get_data())
    }
    assert tagged == drawn
    assert len(drawn) > 50


def _content(reader: PdfReader) -> Iterator[Any]:
    def walk(element: Any) -> Iterator[Any]:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            assert not isinstance(kid, int), "a number means content of the page itself"
            if kid.get("/Type") == "/MCR":
                yield kid
            elif kid.get("/S"):
                yield from walk(kid)

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"])


def test_the_parent_tree_still_leads_back() -> None:
    root = read(sheet()).trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for kid in _content(read(sheet())):
        entry = parents[int(kid["/Stm"]["/StructParents"])][int(kid["/MCID"])]
        assert entry.get_object()["/Type"] == "/StructElem"


def corners(box: Any) -> list[float]:
    """Left, bottom, right, top: a rectangle may name any two corners that face each other."""
    x, y = sorted(float(value) for value in box[::2]), sorted(float(value) for value in box[1::2])
    return [x[0], y[0], x[1], y[1]]


def test_links_lie_on_their_words() -> None:
    reader = read(sheet())
    annotations = [one.get_object() for one in reader.pages[0]["/Annots"]]
    original = [one.get_object() for one in read(panels().data).pages[5]["/Annots"]]
    for moved, before in zip(annotations, original, strict=True):
        shift = [a - b for a, b in zip(corners(moved["/Rect"]), corners(before["/Rect"]), strict=True)]
        assert shift == pytest.approx([(MARGIN + 97) * MM, MARGIN * MM] * 2, abs=0.01)
        assert moved.raw_get("/P").idnum == reader.pages[0].indirect_reference.idnum


def test_destinations_and_bookmarks_point_into_the_sheets() -> None:
    reader = read(sheet())
    pages = [one.indirect_reference.idnum for one in reader.pages]
    destination = reader.named_destinations["top"]
    assert pages.index(destination.page.idnum) == 0
    assert float(destination.left) / MM > MARGIN + 197
    titles = {str(mark.title): reader.get_destination_page_number(mark) for mark in reader.outline}
    assert (titles["At a glance"], titles["Question 1"], titles["More"]) == (0, 1, 0)


def test_title_language_and_metadata_are_kept() -> None:
    reader = read(sheet())
    assert reader.metadata is not None
    assert reader.metadata.title == "Living with it"
    assert reader.root_object["/Lang"] == "en-GB"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_the_printer_is_told_how_to_turn_the_sheet() -> None:
    assert read(sheet()).root_object["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    pages = rendered(handout("<p>x</p>"), Path(mkdtemp()), HANDOUT)
    preferences = read(impose(pages.data, HANDOUT)).root_object["/ViewerPreferences"]
    assert (preferences["/Duplex"], preferences["/PrintScaling"]) == ("/DuplexFlipLongEdge", "/None")


def test_no_old_page_is_left_in_the_file() -> None:
    with Pdf.open(BytesIO(sheet())) as pdf:
        kinds = [str(thing.get("/Type")) for thing in pdf.objects if isinstance(thing, Dictionary)]
    assert kinds.count("/Page") == 2
    assert read(sheet()).page_labels == ["outside: cover, flap, back", "inside: inside 1, inside 2, inside 3"]


def pixels(data: bytes, number: int, dpi: int = 100) -> Any:
    document = pypdfium2.PdfDocument(data)
    image = document[number].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return lambda x, y: image.getpixel((round(x / 25.4 * dpi), image.height - 1 - round(y / 25.4 * dpi)))


def test_colour_fills_the_bleed_outside_and_stops_at_folds_and_bleed() -> None:
    at = pixels(sheet(), 0)
    flap, back, cover, white = (253, 243, 216), (227, 243, 227), (207, 227, 243), (255, 255, 255)
    assert at(7.6, 120) == flap  # in the bleed, left
    assert at(309.4, 120) == cover  # in the bleed, right
    assert at(50, 222.4) == flap  # in the bleed, above
    assert (at(106.4, 120), at(107.6, 120)) == (flap, back)  # on both sides of a fold
    assert (at(206.4, 120), at(207.6, 120)) == (back, cover)
    assert (at(6.4, 120), at(310.6, 120), at(50, 223.6), at(50, 6.4)) == (white, white, white, white)


def test_marks_stand_outside_the_bleed() -> None:
    at = pixels(sheet(), 0, dpi=600)

    def dark(x: float, y: float) -> bool:
        return any(sum(at(x + d / 50, y + e / 50)) < 600 for d in range(-4, 5) for e in range(-4, 5))

    for x in (10, 307):  # the trim's left and right edge, below and above
        assert dark(x, 3.5)
        assert dark(x, 226.5)
    for y in (10, 220):
        assert dark(3.5, y)
        assert dark(313.5, y)
    for fold in (107, 207):
        assert any(dark(fold, 2 + step / 4) for step in range(12))
    assert not any(dark(10, y) for y in (6.6, 8, 9))


def test_no_font_is_added_for_the_job_line() -> None:
    names = {font.get_object()["/BaseFont"] for font in _fonts(panels().data)}
    assert {font.get_object()["/BaseFont"] for font in _fonts(sheet())} == names
    assert "living-with-it" not in read(sheet()).pages[0].extract_text()


def _fonts(data: bytes) -> list[Any]:
    reader = read(data)
    found = []
    for one in reader.pages:
        resources = one["/Resources"]
        holders = [form.get_object() for form in resources.get("/XObject", {}).values()]
        for holder in [one, *holders]:
            found.extend(holder.get("/Resources", {}).get("/Font", {}).values())
    return found


def test_the_text_of_all_panels_is_there() -> None:
    text = "".join(one.extract_text() for one in read(sheet()).pages)
    for words in ("Living with it", "At a glance", "Question 7", "Highest", "read more"):
        assert words in text


def test_same_panels_same_bytes() -> None:
    assert impose(panels().data, TRIFOLD, job="living-with-it") == sheet()


def test_an_empty_panel_leaves_a_gap(tmp_path: Path) -> None:
    fewer = rendered(page("".join(section(number, 4) for number in range(1, 6))), tmp_path)
    one = read(impose(fewer.data, TRIFOLD)).pages[0]
    drawn = re.findall(rb"1 0 0 1 ([\d.-]+) [\d.-]+ cm /Panel(\d)", one.get_contents().get_data())
    assert [(int(number), round(float(x) / MM - MARGIN)) for x, number in drawn] == [(1, 197), (2, 0), (5, 97)]


def test_a_draft_loses_no_page(tmp_path: Path) -> None:
    draft = rendered(page("".join(section(n, 4) for n in range(1, 30))), tmp_path, allow_overflow=True)
    reader = read(impose(draft.data, TRIFOLD))
    assert len(reader.pages) == 2 + draft.panels.count(None)
    assert "Question 29" in reader.pages[-1].extract_text()


def test_content_in_several_streams_is_joined() -> None:
    writer = PdfWriter(clone_from=read(panels().data))
    first = writer.pages[0]
    first[NameObject("/Contents")] = ArrayObject([first.raw_get("/Contents")])
    parts = BytesIO()
    writer.write(parts)
    text = "".join(one.extract_text() for one in read(impose(parts.getvalue(), TRIFOLD)).pages)
    assert "Living with it" in text


@needs_verapdf
def test_validators_pass_the_sheets(tmp_path: Path) -> None:
    note = ".note { float: footnote }"
    pages = rendered(handout("<p>x<span class='note'>A note.</span></p>" * 60, note), tmp_path, HANDOUT)
    files = [tmp_path / "folded.pdf", tmp_path / "handout.pdf"]
    files[0].write_bytes(sheet())
    files[1].write_bytes(impose(pages.data, HANDOUT, job="handout"))
    assert failed_rules(*files) == ""
    assert [outloud_errors(file) for file in files] == [[], []]


@needs_qpdf
def test_qpdf_finds_nothing_in_the_sheet(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheet())
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

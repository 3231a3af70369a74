"""Tags: what a screen reader is told. Validators judge the whole; the rest looks at one repair each."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from leaflet.errors import SourceError
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.log import captured_log
from panel_samples import (
    FIGURE,
    HANDOUT,
    ORNAMENT,
    STEADY,
    TABLE,
    failed_rules,
    handout,
    needs_verapdf,
    outloud_errors,
    page,
    rendered,
    section,
)

FONTS = BundledFonts(isolated=True)
NOTES = ".note { float: footnote } .note::footnote-call { font-size: 0.7em }"
GROUPED = "<dl><div><dt>Red</dt><dd>Stop</dd></div><div><dt>Amber</dt><dt>Yellow</dt><dd>Wait</dd></div></dl>"


def elements(data: bytes) -> list[Any]:
    """All structure elements, in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, dict) and kid.get("/S"):
                yield from walk(kid)

    root = PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]
    return [element for kid in root["/K"] for element in walk(kid.get_object())]


def of_kind(data: bytes, kind: str) -> list[Any]:
    return [element for element in elements(data) if element["/S"] == kind]


def plain(html: str) -> bytes:
    """The same page from WeasyPrint without any repair."""
    with captured_log():
        document = weasyprint.HTML(string=html).render(font_config=FONTS, pdf_variant="pdf/ua-1")
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


@needs_verapdf
def test_validators_pass_every_kind_of_content(tmp_path: Path) -> None:
    everything = page(
        section(1) + GROUPED + "<ul><li>one<ul><li>inner</li></ul></li></ul><ol><li>two</li></ol>"
        f'<p><a href="https://example.org">{FIGURE} with <b>bold</b> text over more than a single line of the panel</a></p>'
        f"<figure>{FIGURE}<figcaption>A tablet</figcaption></figure>{TABLE}",
        css=NOTES,
    )
    noted = handout("<p>Text<span class='note'>A note.</span> and more<span class='note'>Another.</span></p>", NOTES)
    files = []
    for name, html, layout in (("panels", everything, STEADY), ("handout", noted, HANDOUT)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(rendered(html, tmp_path, layout).data)
        files.append(file)
    assert failed_rules(*files) == ""
    assert [outloud_errors(file) for file in files] == [[], []]


def test_a_change_of_language_is_told(tmp_path: Path) -> None:
    data = rendered(page(section(1)), tmp_path).data
    assert [element["/Lang"] for element in elements(data) if "/Lang" in element] == ["fr"]


def test_headers_of_rows_and_columns_are_told_apart(tmp_path: Path) -> None:
    headers = of_kind(rendered(page(section(1)), tmp_path).data, "/TH")
    assert [header["/A"]["/Scope"] for header in headers] == ["/Column"] * 3 + ["/Row"] * 3


def test_a_figure_is_where_it_is_drawn(tmp_path: Path) -> None:
    (figure,) = of_kind(rendered(page(section(1)), tmp_path).data, "/Figure")
    left, bottom, right, top = (float(value) for value in figure["/A"]["/BBox"])
    assert figure["/Alt"] == "A round tablet"
    assert (right - left) == pytest.approx(5 * 72 / 25.4, abs=0.1)
    assert (top - bottom) == pytest.approx(5 * 72 / 25.4, abs=0.1)
    assert 0 < left < right < 97 * 72 / 25.4
    assert 100 * 72 / 25.4 < bottom < top < 210 * 72 / 25.4


def test_an_image_without_words_is_no_content(tmp_path: Path) -> None:
    data = rendered(page(ORNAMENT + f'<span aria-hidden="true">{ORNAMENT}</span>'), tmp_path).data
    assert len(of_kind(data, "/Figure")) == 1


def test_an_image_that_lacks_its_alternative_is_an_error(tmp_path: Path) -> None:
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    with pytest.raises(SourceError, match="no required alt"):
        rendered(page(f'<img src="{picture}">'), tmp_path)
    assert rendered(page(f'<img src="{picture}" alt="">'), tmp_path)


def test_a_link_around_an_image_is_one_annotation(tmp_path: Path) -> None:
    html = page(f'<p><a href="https://example.org/one">{FIGURE} <b>one</b></a></p>')
    reader = PdfReader(BytesIO(rendered(html, tmp_path).data))
    links = [one.get_object() for one in reader.pages[2]["/Annots"]]
    assert [link["/A"]["/URI"] for link in links] == ["https://example.org/one"]
    assert all(link["/F"] == 4 and link["/Contents"] for link in links)


def test_two_links_to_one_place_stay_two(tmp_path: Path) -> None:
    html = page('<p><a href="https://example.org/one">one</a> and <a href="https://example.org/one">again</a></p>')
    reader = PdfReader(BytesIO(rendered(html, tmp_path).data))
    assert len(reader.pages[2]["/Annots"]) == 2


def test_the_part_of_a_link_that_has_no_width_is_no_link(tmp_path: Path) -> None:
    html = page('<p><a href="https://example.org/none"></a><a href="https://example.org/one">one</a></p>')
    assert len(of_kind(plain(html), "/Link")) > len(of_kind(rendered(html, tmp_path).data, "/Link"))
    reader = PdfReader(BytesIO(rendered(html, tmp_path).data))
    assert [link.get_object()["/A"]["/URI"] for link in reader.pages[2]["/Annots"]] == ["https://example.org/one"]


def test_what_is_empty_is_not_told(tmp_path: Path) -> None:
    data = rendered(page('<p></p><p class="line"> </p><div><p></p></div>' + section(1) + TABLE), tmp_path).data
    assert all(element.get("/K") for element in elements(data) if element["/S"] in ("/P", "/Div", "/NonStruct"))


def test_footnotes_are_notes_with_names_of_their_own(tmp_path: Path) -> None:
    html = handout("<p>Text<span class='note'>A note.</span> and<span class='note'>Another.</span></p>", NOTES)
    notes = of_kind(rendered(html, tmp_path, HANDOUT).data, "/Note")
    assert [note["/ID"] for note in notes] == ["note-1", "note-2"]


def test_page_numbers_are_no_content(tmp_path: Path) -> None:
    data = rendered(handout("<p>Text</p>"), tmp_path, HANDOUT).data
    reader = PdfReader(BytesIO(data))
    assert "1 of 1" in reader.pages[0].extract_text()
    assert len(of_kind(data, "/Span")) == 2  # the heading's and the paragraph's text
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"][1]
    assert sum(entry.get_object().__class__.__name__ == "NullObject" for entry in list.__iter__(numbers)) == 1


def test_a_term_stands_in_one_item_with_its_meaning(tmp_path: Path) -> None:
    (listing,) = of_kind(rendered(page(GROUPED), tmp_path).data, "/L")
    items = [kid.get_object() for kid in listing["/K"]]
    assert [[kid.get_object()["/S"] for kid in item["/K"]] for item in items] == [
        ["/Lbl", "/LBody"],
        ["/Lbl"],
        ["/Lbl", "/LBody"],
    ]
    assert all(item["/P"].get("/S") == "/L" for item in items)


class TestRepairsAreStillNeeded:
    """Each fails when WeasyPrint does by itself what a repair does; then the repair goes."""

    def test_language(self) -> None:
        assert not any("/Lang" in element for element in elements(plain(page())))

    def test_scope(self) -> None:
        assert not any("/Scope" in header["/A"] for header in of_kind(plain(page()), "/TH"))

    def test_boxes_of_figures(self) -> None:
        figure = of_kind(plain(page()), "/Figure")[-1]
        assert (figure["/A"]["/BBox"][2] - figure["/A"]["/BBox"][0]) == pytest.approx(5 * 96 / 25.4, abs=0.1)

    def test_ornaments(self) -> None:
        assert len(of_kind(plain(page()), "/Figure")) == 2

    def test_links(self) -> None:
        html = page(f'<p><a href="https://example.org/one">{FIGURE}</a></p>')
        reader = PdfReader(BytesIO(plain(html)))
        assert len(reader.pages[2]["/Annots"]) > 1

    def test_print_flag(self) -> None:
        reader = PdfReader(BytesIO(plain(page())))
        assert all("/F" not in link.get_object() for link in reader.pages[-1]["/Annots"])

    def test_footnotes(self) -> None:
        assert not of_kind(plain(handout("<p>x<span class='note'>y</span></p>", NOTES)), "/Note")

    def test_lists(self) -> None:
        (listing,) = of_kind(plain(page(GROUPED)), "/L")
        assert {kid.get_object()["/S"] for kid in listing["/K"]} == {"/Div"}

"""Any program's PDF on the sheets of a layout: nothing in it is lost, and what cannot be imposed says why."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight, Link
from pypdf.generic import ArrayObject, FloatObject, NameObject

from leaflet.design.layouts import load_layout
from leaflet.errors import LayoutError, LeafletError, SourceError
from leaflet.model.layout import Filling, Layout, PressSheet
from leaflet.sheet.external import impose_file
from panel_samples import HANDOUT, handout, rendered
from running import REPOSITORY, run_leaflet
from sheet.kept import holdings

A5 = (148.5 / 25.4 * 72, 210 / 25.4 * 72)


def layout(name: str) -> Layout:
    return load_layout(REPOSITORY / "layouts" / name)


@cache
def tagged() -> bytes:
    """Tagged pages of A4 with links between them."""
    body = "".join(
        f'<h2 id="s{n}">Part {n}</h2><p>{"Words to fill. " * 200}<a href="#s1">Back</a></p>' for n in range(5)
    )
    css = "h2 { bookmark-level: 1 }"
    return rendered(handout(body, css), Path(mkdtemp()), HANDOUT).data


@cache
def assembled() -> bytes:
    """Untagged pages of A5, two of them turned, with labels, bookmarks, an attachment, a layer and annotations."""
    writer = PdfWriter()
    for number in range(7):
        page = writer.add_blank_page(*(A5 if number != 3 else A5[::-1]))
        if number == 3:
            page.rotate(90)
        if number == 5:
            page.rotate(180)
    writer.add_annotation(0, Link(rect=(20, 20, 90, 40), target_page_index=5))
    quads = ArrayObject(FloatObject(value) for value in (10, 60, 80, 60, 10, 40, 80, 40))
    writer.add_annotation(3, Highlight(rect=(10, 40, 80, 60), quad_points=quads))
    first = writer.add_outline_item(title="First", page_number=0)
    writer.add_outline_item(title="Inside it", page_number=4, parent=first)
    writer.add_named_destination(title="there", page_number=6)
    writer.add_attachment("notes.txt", b"Notes")
    writer.set_page_label(0, 2, style="/r")
    writer.set_page_label(3, 6, style="/D", prefix="A-")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@cache
def form() -> bytes:
    """A form with a field that has a value, and bookmarks by number of the page's height."""
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page(page_size=A5)
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="name",
            V="Rosa",
            Rect=[50, 50, 150, 70],
            P=pdf.pages[2].obj,
        )
    )
    pdf.pages[2].obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    pdf.Root.OpenAction = pikepdf.Array([pdf.pages[1].obj, pikepdf.Name.FitH, 300])
    stream = BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def by_chromium() -> bytes:
    browser = next((shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")), None)
    if browser is None:
        pytest.skip("the browser Chromium is not installed")
    folder = Path(mkdtemp())
    (folder / "a.html").write_text(
        "<!doctype html><html lang=en><title>By a browser</title><style>@page{size:148.5mm 210mm}h2{break-before:page}</style>"
        "<h1 id=top>One</h1><p><a href='#end'>To the end</a><h2>Two</h2><ul><li>a<li>b</ul><h2>Three</h2>"
        "<table><tr><th>A<td>b</table><h2 id=end>Four</h2><p><a href='https://example.org/'>Out</a>",
        encoding="utf-8",
    )
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline")
    subprocess.run(
        [browser, *flags, f"--print-to-pdf={folder / 'a.pdf'}", folder / "a.html"], capture_output=True, check=True
    )
    return (folder / "a.pdf").read_bytes()


def by_libreoffice() -> bytes:
    office = shutil.which("soffice") or pytest.skip("LibreOffice is not installed")
    folder = Path(mkdtemp())
    options = '{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
    source = Path(__file__).with_name("report.fodt")
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    wanted = ("--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", folder)
    subprocess.run([office, own, "--headless", *wanted, source], capture_output=True, check=True)
    return (folder / "report.pdf").read_bytes()


def by_ghostscript() -> bytes:
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed")
    folder = Path(mkdtemp())
    (folder / "a.pdf").write_bytes(tagged())
    subprocess.run(["gs", "-q", "-sDEVICE=pdfwrite", "-o", folder / "b.pdf", folder / "a.pdf"], check=True)
    return (folder / "b.pdf").read_bytes()


FILES: dict[str, Callable[[], bytes]] = {
    "tagged": tagged,
    "assembled": assembled,
    "form": form,
    "chromium": by_chromium,
    "libreoffice": by_libreoffice,
    "ghostscript": by_ghostscript,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("where", ["booklet-a5", "cross-fold-a4", "flyers"])
def test_nothing_is_lost(name: str, where: str) -> None:
    data = FILES[name]()
    chosen = layout("booklet-a5" if where == "flyers" else where)
    if where == "flyers":
        pages = PressSheet(columns=2, rows=2, gutter=4, filling=Filling.SEQUENCE)
        chosen = replace(layout("handout-a4"), press_sheet=pages)
    imposed = impose_file(data, chosen, name="any.pdf", scale=True).data
    assert holdings(imposed) == holdings(data)


def test_what_annotations_show_is_printed_on_every_copy() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=A5)
    kind = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 10, 10]}
    shown = pikepdf.Stream(pdf, b"0 g 0 0 10 10 re f", kind)
    state = pikepdf.Dictionary(On=shown, Off=pikepdf.Stream(pdf, b""))
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, F=4, Rect=[100, 100, 300, 300], AS=pikepdf.Name.On
    )
    stamp.AP = pikepdf.Dictionary(N=state)
    hidden = pikepdf.Dictionary(stamp)
    hidden.F, hidden.Rect = 2, [100, 400, 300, 500]
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(stamp), pdf.make_indirect(hidden)])
    stream = BytesIO()
    pdf.save(stream)
    sheet = impose_file(stream.getvalue(), layout("flyer-a5"), name="form.pdf", scale=True).data
    document = pypdfium2.PdfDocument(sheet)
    picture = document[0].render(scale=1).to_pil().convert("L")
    left, bottom, right, _ = document[0].get_trimbox()
    top = document[0].get_height() - bottom
    places = [(left + 200 + copy * (right - left) / 2, top - y) for copy in (0, 1) for y in (200, 450)]
    assert [picture.getpixel((round(x), round(y))) < 128 for x, y in places] == [True, False, True, False]


def test_labels_of_pages_are_told_on_their_sheets() -> None:
    labels = PdfReader(BytesIO(impose_file(assembled(), layout("booklet-a5"), name="any.pdf").data)).page_labels
    assert labels == [
        "sheet 1 outside: i, A-4",
        "sheet 1 inside: ii",
        "sheet 2 outside: iii, A-3",
        "sheet 2 inside: A-1, A-2",
    ]


def test_turned_pages_stand_upright_in_their_places() -> None:
    data = impose_file(assembled(), layout("booklet-a5"), name="any.pdf").data
    page = PdfReader(BytesIO(data)).pages[3]
    drawn = page.get_contents().get_data().decode()
    assert "q 0 -1 1 0 " in drawn
    highlight = page["/Annots"][0].get_object()
    left, bottom, right, top = (float(value) for value in highlight["/Rect"])
    assert (round(right - left), round(top - bottom)) == (20, 70)
    assert left > 10 / 25.4 * 72


def test_the_summary_tells_of_blank_pages_and_creep() -> None:
    imposed = impose_file(assembled(), layout("booklet-a5"), name="any.pdf")
    assert imposed.summary == (
        "sheet: 4 sides of A4 (297 × 210 mm) on paper of 317 × 230 mm; 1 blank page before the back cover; "
        "2 sheets laid into each other, pages of the innermost moved by 0.1 mm; turn on the short edge"
    )


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(form())))
    writer.encrypt("", "owner", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(form())))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def without_pages() -> bytes:
    stream = BytesIO()
    pikepdf.new().save(stream)
    return stream.getvalue()


UNREADABLE = "any.pdf: this PDF cannot be read"
REFUSED: dict[str, tuple[Callable[[], bytes], str, type[LeafletError], str]] = {
    "encrypted": (encrypted, "booklet-a5", SourceError, "any.pdf: this PDF is encrypted"),
    "locked": (locked, "booklet-a5", SourceError, "any.pdf: this PDF is encrypted"),
    "no PDF": (lambda: b"Dear printer", "booklet-a5", SourceError, f"{UNREADABLE}: it does not begin as a PDF does"),
    "cut off": (lambda: tagged()[:300], "booklet-a5", SourceError, f"{UNREADABLE}: it is damaged"),
    "cut off at its end": (lambda: assembled()[:-400], "booklet-a5", SourceError, f"{UNREADABLE}: it is damaged"),
    "empty": (lambda: b"", "booklet-a5", SourceError, f"{UNREADABLE}: it is empty"),
    "no pages": (without_pages, "booklet-a5", SourceError, "any.pdf: this PDF cannot be read: it has no pages"),
    "too many": (
        assembled,
        "trifold-a4",
        LayoutError,
        'any.pdf: 7 pages are too many for the layout "trifold-a4", which has 6',
    ),
    "another size": (
        form,
        "trifold-a4",
        LayoutError,
        "any.pdf: page 1 measures 148.5 × 210 mm, but the panel is 100 × 210 mm",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_imposed_says_why(name: str) -> None:
    make, where, kind, message = REFUSED[name]
    with pytest.raises(kind) as caught:
        impose_file(make(), layout(where), name="any.pdf")
    assert str(caught.value).startswith(message)
    assert all(problem.hint for problem in caught.value.problems)


def test_panels_without_a_page_and_lost_signatures_are_told() -> None:
    pdf = pikepdf.open(BytesIO(form()))
    pdf.Root.AcroForm.SigFlags = 3
    stream = BytesIO()
    pdf.save(stream)
    imposed = impose_file(stream.getvalue(), layout("half-fold-a4"), name="any.pdf")
    assert [problem.message for problem in imposed.problems] == [
        "its signatures are no longer valid: the pages were moved"
    ]
    six = impose_file(form(), layout("trifold-a4"), name="any.pdf", scale=True)
    assert six.problems[0].message == "there is no page for inside 3, back"


def test_the_command_writes_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "any.pdf").write_bytes(form())
    said = run_leaflet("impose", "any.pdf", "--layout", "half-fold-a4", cwd=tmp_path).stdout
    assert "any-sheet.pdf" in said
    assert "turn on the short edge" in said
    assert len(PdfReader(tmp_path / "any-sheet.pdf").pages) == 2
    refused = run_leaflet("impose", "any.pdf", "--layout", "halffold", cwd=tmp_path, check=False)
    assert 'there is no layout called "halffold"' in refused.stderr
    assert "Traceback" not in refused.stderr


def test_names_of_forms_are_those_of_pages() -> None:
    page = PdfReader(BytesIO(impose_file(form(), layout("half-fold-a4"), name="any.pdf").data)).pages[0]
    assert sorted(page["/Resources"]["/XObject"]) == [NameObject("/Panel1"), NameObject("/Panel4")]

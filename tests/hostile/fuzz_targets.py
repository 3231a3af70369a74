"""Kinds of files that fuzzing damages: the pieces that each is made of, honest files to begin with, and the code that reads it.

``test_fuzz.py`` draws texts of the pieces; ``benchmarks/fuzz.py`` follows the paths of the code with atheris.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leaflet.batch.data.read_data import DataFile, read_data
from leaflet.batch.plan.plan_file import read_plan
from leaflet.bibliography import read_text
from leaflet.citations import style_info
from leaflet.design import load_layout, load_style
from leaflet.errors import LeafletError
from leaflet.files import load_toml, open_workspace, own_typefaces, read_settings
from leaflet.files.pictures import DrawingError, Invalid, TooLargePictureError, read_picture_file
from leaflet.files.svg import read_svg
from leaflet.interchange import ImportOptions, import_document
from leaflet.model.layout import Layout
from leaflet.output.colour import open_press
from leaflet.pipeline import Choices, Session, compose
from leaflet.pipeline.check_leaflet import check_pdf
from leaflet.sheet import impose_file
from leaflet.source import read_source

REPOSITORY = Path(__file__).parents[2]
DAY = date(2026, 1, 1)
SOURCE = b"---\ntitle: T\n---\n\nWords.\n"
CSL = b'<style xmlns="http://purl.org/net/xbiblio/csl">%b</style>'
BIBLIOGRAPHY = b"@book{a, title={T}, author={A, B}, year=2001}\n@article{b, title={U}, doi={10.1000/1}}\n"

PIECES: Mapping[str, tuple[str, ...]] = {
    "markdown": (*"# - > * _ ` ``` ::: {.note} [ ] ( ) [@a] @b [-@a, p. 3] [^1] [^1]: ^[ $ $$ \\frac{ | |-| <td> </td> <!-- {{ a }} ![ ]( \t a 1. --- : ~ \\ {++ ++} {when=\"a\"} {{< include > {#sec-a} @sec-a".split(" "), "\n\n", "\n"),
    "yaml": (*"title: author: - [ ] { } & * ! | > # ' \" : , ? --- 1e9 .inf 2001-01-01 null ~ a <<: &a *a !!str layout: csl: bibliography: fields: lang: date: url: cover: contact: events:".split(" "), "\n", "\x20"),
    "bib": (*"@book{ @string{ @comment{ a , = # { } \" \\ title year author and crossref % $ ~ -- date={2001/..} \\'e \\textit{ others keywords={presort}".split(" "), "\n"),
    "ris": ("TY  - BOOK", "ER  - ", "\n", "TI  - ", "AU  - a, b", "PY  - 2001", "a", "  - ", "\r", "DA  - 2001/13/40/", "SP  - 1-2", "SN  - "),
    "json": ("[", "]", "{", "}", ":", ",", '"id"', '"a"', '"type"', '"book"', "1", "null", "\\ud800", '"issued"', '"date-parts"', "-", "1e999", "true", '"author"', '"family"', '"literal"', "\n"),
    "toml": ("[", "]", "[[", "]]", "{", "}", "=", "a", ".", ",", "\n", '"', "'''", "1", "inf", "#", "panel", "sheet", "fold", "2001-01-01", "based-on", "colours", "source", "matrix", "rules", "override", "limits", "0x", "1e400", "true", "organisation", "name", "width"),
    "csl": ("<style>", "</style>", "<macro name='a'>", "</macro>", "<text macro='a'/>", "<text variable='title'/>", "<text term='and' plural='true'/>", "<group delimiter=', '>", "</group>", "<layout>", "</layout>", "<citation>", "</citation>", "<bibliography>", "</bibliography>", "<names variable='author'>", "<name et-al-min='1' et-al-use-first='9'/>", "<et-al/>", "<substitute>", "</substitute>", "</names>", "<sort>", "<key macro='a'/>", "</sort>", "<choose>", "<if type='book'>", "</if>", "<else>", "</else>", "</choose>", "<date variable='issued'/>", "<date-part name='year'/>", "<number variable='page' form='roman'/>", "<label variable='page'/>", "<locale>", "<terms>", "<term name='a'>", "</term>", "<", "&", "a"),
    "svg": ("<g>", "</g>", "<use href='#a'/>", "<g id='a'>", "<rect width='1e99'/>", "<path d='M0 0'/>", "<style>", "</style>", "&a;", "<", ">", "url(#a)", "a", "<text>", "</text>", "<image href='data:,a'/>", "<linearGradient id='a'>", "</linearGradient>", "<stop offset='2'/>", "<clipPath id='a'>", "<pattern id='a'>", "<!DOCTYPE a [", "transform='scale(0)'", "viewBox='0 0 0 0'", "font-size='1e30'"),
    "css": ("{", "}", "(", ")", ":", ";", "@media print", "@page", "@import 'a';", "@font-face", "var(--a)", "--a:", "calc(1px*", "url(a)", "url(data:,a)", "p", "*", ":has(", ":not(", "::before", "content:", "counter(a)", "attr(b)", "1e99mm", "-1px", "0", "red", "columns:", "float:", "position:", "display:", "grid", "flex", "!important", "/*", "*/", "\\", "'", "\n", "a", "width:", "break-before:page", "running(a)", "element(a)"),
    "word": ("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:sdt>", "<w:sdtContent>", "</w:sdtContent>", "</w:sdt>", "<w:footnoteReference w:id='1'/>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>", "<w:fldChar w:fldCharType='separate'/>", "<w:instrText>", "</w:instrText>", "<w:gridSpan w:val='-1'/>", "<w:numPr><w:ilvl w:val='x'/></w:numPr>", "<m:oMath>", "</m:oMath>", "<m:f/>", "<m:r/>", "<a:blip r:embed='x'/>", "<w:drawing>", "</w:drawing>", "<w:hyperlink r:id='x'>", "</w:hyperlink>", "<w:pPr>", "</w:pPr>", "<w:pStyle w:val='a'/>", "<w:vMerge/>", "<w:commentRangeStart w:id='1'/>", "a", " ", "REF a"),
    "odt": ("<text:p>", "</text:p>", "<text:h text:outline-level='x'>", "</text:h>", "<text:span text:style-name='a'>", "</text:span>", "<text:list>", "</text:list>", "<text:list-item>", "</text:list-item>", "<text:note>", "<text:note-body>", "</text:note-body>", "</text:note>", "<text:a xlink:href='a'>", "</text:a>", "<table:table>", "</table:table>", "<table:table-row table:number-rows-repeated='9999999'>", "</table:table-row>", "<table:table-cell table:number-columns-spanned='-1' table:number-columns-repeated='9999999'>", "</table:table-cell>", "<text:s text:c='9999999'/>", "<text:tab/>", "<draw:frame>", "</draw:frame>", "<draw:image xlink:href='a'/>", "<text:tracked-changes>", "</text:tracked-changes>", "<text:section>", "</text:section>", "<text:bookmark-ref text:ref-name='a'/>", "a"),
    "html": ("<p>", "</p>", "<table>", "<tr>", "<td colspan=-1>", "<td rowspan=9>", "</table>", "<ul>", "<li>", "</ul>", "<ol start=x>", "<math>", "<mfrac>", "<mi>", "<msup>", "</math>", "<img src=a>", "<a href=b>", "<pre>", "<code>", "<h1>", "</h1>", "<dl>", "<dd>", "<svg>", "<style>p{", "}</style>", "&#0;", "&", "<!--", "-->", "<![if ", "<o:p>", "<sup>", "[1]", "a", "\n", "style='mso-list:l0'"),
    "pdf": ("<< ", " >>", "[", "]", "/Kids ", "/Count ", "/Parent ", "/MediaBox ", "/Rotate ", "/Annots ", "/Contents ", "/Type /Page", "/Resources ", "1 0 R", "2 0 R", "3 0 R", "4 0 R", "9 0 R", "-1", "1e99", "17", "null", "true", "(a)", "<ff>", "/StructTreeRoot ", "/K ", "/S /P", "/Outlines ", "/First ", "/Next ", "/AcroForm ", "/Fields ", "/A << /S /URI >>", "/Dest ", "/UserUnit ", "/StructParents ", "/OCProperties ", "/Names ", "/EmbeddedFiles ", "/AF ", "/Metadata ", "/Lang ", "/MarkInfo ", "/XObject ", "/Font ", "/CropBox ", "/Group "),
    "csv": ("a", "id", ",", ";", "\t", '"', '""', "\n", "\r", "\0", "é", "'", "=1+1", "\ufeff"),
    "bytes": ("\0", "\xff", "IHDR", "IDAT", "IEND", "JFIF", "Exif", "GIF89a", "RIFF", "WEBP", "VP8 ", "OTTO", "glyf", "cmap", "head", "maxp", "acsp", "prtr", "CMYK", "SQLite format 3"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A workspace in which damaged files are put."""

    root: Path
    booklet: Layout
    session: Session

    def write(self, name: str, data: bytes) -> Path:
        """Write a file of the workspace."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path


def make_place(root: Path) -> Place:
    """Return the workspace in the folder ``root``."""
    place = Place(root=root, booklet=load_layout(REPOSITORY / "layouts" / "booklet-a5"), session=Session())
    place.write("source/a.md", SOURCE)
    place.write("source/a.bib", BIBLIOGRAPHY)
    place.write("leaflet.toml", b"")
    return place


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A kind of file, and the code that reads it."""

    pieces: str
    """The key of its pieces."""
    read: Callable[[Place, bytes], object]
    """Read a file of the content; it may raise nothing but a ``LeafletError``."""
    honest: tuple[str, ...] = ()
    """Patterns of files of the repository with which a search begins."""
    begins: tuple[bytes, ...] = ()
    """Other contents with which a search begins."""


def try_target(target: Target, place: Place, data: bytes) -> None:
    """Let leaflet read a file of the content; any exception but its own goes on."""
    with suppress(LeafletError):
        target.read(place, data)


def _markdown(place: Place, data: bytes) -> None:
    path = place.write("source/x.md", b"---\ntitle: T\n---\n\n" + data + b"\n")
    read_source(path, open_workspace(path))


def _front_matter(place: Place, data: bytes) -> None:
    path = place.write("source/x.md", b"---\n" + data + b"\n---\n\nWords.\n")
    read_source(path, open_workspace(path))


def _web_page(place: Place, data: bytes) -> None:
    front = b"---\ntitle: T\nlayout: handout-a4\nbibliography: a.bib\nfields:\n  a: b\n---\n\n"
    compose(place.write("source/x.md", front + data + b"\n"), Choices(formats=("html",)), today=DAY)


def _printed(place: Place, data: bytes) -> None:
    """Print a page with a style sheet and a drawing."""
    css, _, drawing = data.partition(b"\0")
    place.write("source/own.css", css)
    place.write("source/a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + drawing + b"</svg>")
    text = b"---\ntitle: T\nlayout: handout-a4\ncss: own.css\n---\n\n## Part\n\nSome *words*.\n\n- one\n\n| a | b |\n|-|-|\n| c | d |\n\n![a](a.svg)\n"
    compose(place.write("source/x.md", text), Choices(formats=("pdf",), allow_overflow=True), today=DAY)


def _references(kind: str) -> Callable[[Place, bytes], object]:
    return lambda _, data: read_text(_text(data), kind, "a")


def _citation_style(place: Place, data: bytes) -> None:
    """Read a style, and print two citations and a list in it."""
    style_info(_text(CSL % data))
    place.write("styles/citations/mine.csl", CSL % data)
    front = b"---\ntitle: T\nlayout: handout-a4\nbibliography: a.bib\ncsl: mine\n---\n\nA [@a; @b, p. 3].\n"
    compose(place.write("source/x.md", front), Choices(formats=("html",)), today=DAY)


def _drawing(place: Place, data: bytes) -> None:
    for whole in (data, b'<svg xmlns="http://www.w3.org/2000/svg">%b</svg>' % data):
        assert all(read_svg(whole)[0])


def _picture(suffix: str) -> Callable[[Place, bytes], object]:
    def read(place: Place, data: bytes) -> None:
        path = place.write(f"source/a{suffix}", data)
        with suppress(DrawingError, Invalid, TooLargePictureError):
            read_picture_file(path, open_workspace(path))

    return read


def _font(place: Place, data: bytes) -> None:
    own_typefaces(open_workspace(place.write("fonts/a.ttf", data)))


def _design(file: str) -> Callable[[Place, bytes], object]:
    """Return a reader of a file of a layout or of a style."""

    def read(place: Place, data: bytes) -> None:
        if file == "layout.toml":
            load_layout(place.write("layouts/mine/layout.toml", data).parent)
        else:
            place.write("styles/mine/style.toml", b'based-on = "editorial"\n')
            place.write("styles/mine/style.css", b"")
            load_style(place.write(f"styles/mine/{file}", data).parent, (place.root, REPOSITORY))

    return read


def _settings(place: Place, data: bytes) -> None:
    path = place.write("leaflet.toml", data)
    try:
        read_settings(open_workspace(path.parent / "source" / "a.md"))
    finally:
        path.write_bytes(b"")


def _plan(place: Place, data: bytes) -> None:
    plan = place.write("plan.toml", data)
    read_plan(plan, open_workspace(place.root / "source" / "a.md"))


def _rows(suffix: str) -> Callable[[Place, bytes], object]:
    def read(place: Place, data: bytes) -> None:
        path = place.write(f"rows{suffix}", data)
        read_data(DataFile(path=path, name=path.name))

    return read


def _zipped(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONS = f'<Relationships><Relationship Id="d" Type="{RELATION}" Target="word/document.xml"/></Relationships>'
WORD = b"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>%b</w:body></w:document>"""
ODT = b"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>
    <office:text>%b</office:text></office:body></office:document-content>"""


def _imported(name: str, pack: Callable[[bytes], bytes] = lambda data: data) -> Callable[[Place, bytes], object]:
    """Return a reader of a document of another program."""

    def read(place: Place, data: bytes) -> None:
        path = place.write(name, pack(data))
        import_document(path, ImportOptions(folder=place.root / "imported", styles={}))

    return read


def _word(data: bytes) -> bytes:
    return _zipped(("_rels/.rels", RELATIONS.encode()), ("word/document.xml", WORD % data))


def _odt(data: bytes) -> bytes:
    return _zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", ODT % data))


def _pdf(place: Place, data: bytes) -> None:
    """Impose and check a PDF file with what is given in its catalogue, its pages and its page, or that is given whole."""
    if not data.startswith(b"%PDF"):
        data = small_pdf(data.split(b"\0"))
    with suppress(LeafletError):
        impose_file(data, place.booklet, name="a.pdf", job="a", scale=True, back_cover=True)
    check_pdf(place.write("a.pdf", data), session=place.session)


def small_pdf(parts: list[bytes]) -> bytes:
    """Return a PDF file of one page; up to three ``parts`` go into its catalogue, its pages and its page."""
    catalogue, pages, page = (*parts, b"", b"", b"")[:3]
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 %b >>" % pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << >> %b >>" % page,
        b"<< /Length 1 >>\nstream\nq\nendstream",
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, entry) for number, entry in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n"


def _profile(_: Place, data: bytes) -> None:
    open_press(data, name="a.icc", limit=3.0)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _database() -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table a (id, b)")
        connection.execute("insert into a values ('c', 1)")
        return connection.serialize()


TARGETS: Mapping[str, Target] = {
    "markdown": Target(pieces="markdown", read=_markdown, honest=("source/*.md", "source/components/*.md")),
    "citations": Target(pieces="markdown", read=_web_page, begins=(b"A [see @a, pp. 3-4; -@b]. @a [p. 2]\n\n[@c]",)),
    "front matter": Target(pieces="yaml", read=_front_matter, begins=(b"title: T\nauthor:\n- {given: A, family: B}",)),
    "bib": Target(pieces="bib", read=_references("biblatex"), honest=("source/*.bib",)),
    "ris": Target(pieces="ris", read=_references("ris"), honest=("tests/bibliography/**/*.ris",)),
    "csl-json": Target(pieces="json", read=_references("csl-json"), honest=("tests/bibliography/**/*.json",)),
    "csl-yaml": Target(pieces="yaml", read=_references("csl-yaml"), begins=(b"references:\n- id: a\n  type: book\n",)),
    "csl": Target(pieces="csl", read=_citation_style, honest=("styles/citations/*.csl",)),
    "layout": Target(pieces="toml", read=_design("layout.toml"), honest=("layouts/*/layout.toml",)),
    "style": Target(pieces="toml", read=_design("style.toml"), honest=("styles/*/style.toml",)),
    "settings": Target(pieces="toml", read=_settings, honest=("source/gallery/leaflet.toml",)),
    "toml": Target(pieces="toml", read=lambda _, data: load_toml(_text(data), name="a"), honest=("pyproject.toml",)),
    "plan": Target(pieces="toml", read=_plan, begins=(b"source = 'source/a.md'\n[matrix]\nlayout = ['handout-a4']\n",)),
    "css": Target(pieces="css", read=_design("style.css"), honest=("styles/*/style.css",)),
    "print": Target(pieces="css", read=_printed, begins=(b"p{color:red}\0<rect width='1'/>",)),
    "svg": Target(pieces="svg", read=_drawing, honest=("source/images/*.svg", "source/components/images/*.svg")),
    "csv": Target(pieces="csv", read=_rows(".csv"), honest=("source/components/*.csv", "tests/batch/bad/*.csv")),
    "tsv": Target(pieces="csv", read=_rows(".tsv"), begins=(b"id\ta\n1\t2\n",)),
    "json": Target(pieces="json", read=_rows(".json"), begins=(b'[{"id": "a", "b": {"c": 1}}]',)),
    "jsonl": Target(pieces="json", read=_rows(".jsonl"), begins=(b'{"id": "a"}\n{"id": "b"}\n',)),
    "yaml": Target(pieces="yaml", read=_rows(".yaml"), begins=(b"- id: a\n  b: 1\n",)),
    "workbook": Target(pieces="bytes", read=_rows(".xlsx"), begins=(b"PK\3\4",)),
    "sqlite": Target(pieces="bytes", read=_rows(".sqlite"), begins=(_database(),)),
    "word": Target(pieces="word", read=_imported("a.docx", _word), begins=(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>",)),
    "odt": Target(pieces="odt", read=_imported("a.odt", _odt), begins=(b"<text:p>a</text:p>",)),
    "html": Target(pieces="html", read=_imported("a.html"), begins=(b"<h1>a</h1><p>b <b>c</b></p>",)),
    "pdf": Target(pieces="pdf", read=_pdf, begins=(b"/Lang (en)\0\0/Annots [9 0 R]",)),
    "png": Target(pieces="bytes", read=_picture(".png"), honest=("docs/leaflet.png",)),
    "jpeg": Target(pieces="bytes", read=_picture(".jpg"), honest=("source/gallery/images/*.jpg",)),
    "font": Target(pieces="bytes", read=_font),
    "press": Target(pieces="bytes", read=_profile),
}

"""Random and damaged inputs of every kind: leaflet refuses them in its own words or reads them, and never breaks."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet.batch.data.read_data import DataFile, read_data
from leaflet.batch.plan.plan_file import read_plan
from leaflet.bibliography import read_text
from leaflet.citations import style_info
from leaflet.design import load_layout, load_style
from leaflet.errors import LeafletError
from leaflet.files import load_toml, open_workspace, read_settings
from leaflet.files.svg import read_svg
from leaflet.interchange import ImportOptions, import_document
from leaflet.model.layout import Layout
from leaflet.pipeline import Session
from leaflet.pipeline.check_leaflet import check_pdf
from leaflet.sheet import impose_file
from leaflet.source import read_source

REPOSITORY = Path(__file__).parents[2]
SEARCHES = os.environ.get("LEAFLET_HYPOTHESIS") == "search"
EXAMPLES = int(os.environ.get("LEAFLET_EXAMPLES", "2000" if SEARCHES else "40"))
bounded = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=not SEARCHES)

PIECES = {
    "markdown": "# - > * _ ` ``` ::: {.note} [ ] ( ) [@a] [^1] [^1]: ^[ $ $$ \\frac{ | |-| <td> </td> <!-- {{ a }} ![ ]( \n\n \t a 1. --- : ~ \\".split(
        " "
    ),
    "yaml": "title: authors: - [ ] { } & * ! | > # ' \" : , \n \n\x20 ? --- 1e9 .inf 2001-01-01 null ~ a".split(" "),
    "bib": "@book{ @string{ @comment{ a , = # { } \" \\ title year author and crossref \n % $ ~ --".split(" "),
    "ris": ["TY  - BOOK", "ER  - ", "\n", "TI  - ", "AU  - a, b", "PY  - 2001", "a", "  - ", "\r"],
    "json": ["[", "]", "{", "}", ":", ",", '"id"', '"a"', '"type"', '"book"', "1", "null", "\\ud800", '"issued"', '"date-parts"', "-"],
    "toml": ["[", "]", "[[", "]]", "{", "}", "=", "a", ".", ",", "\n", '"', "'''", "1", "inf", "#", "panel", "sheet", "fold", "2001-01-01"],
    "csl": ["<style>", "</style>", "<macro name='a'>", "</macro>", "<text macro='a'/>", "<group>", "</group>", "<layout>", "</layout>", "<citation>", "</citation>", "<names variable='author'>", "</names>", "<", "&", "a"],
    "svg": ["<g>", "</g>", "<use href='#a'/>", "<g id='a'>", "<rect width='1e99'/>", "<path d='M0 0'/>", "<style>", "</style>", "&a;", "<", ">", "url(#a)", "a"],
    "word": ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:sdt>", "<w:sdtContent>", "</w:sdtContent>", "</w:sdt>", "<w:footnoteReference w:id='1'/>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>", "<w:fldChar w:fldCharType='separate'/>", "<w:instrText>", "</w:instrText>", "<w:gridSpan w:val='-1'/>", "<w:numPr><w:ilvl w:val='x'/></w:numPr>", "<m:oMath>", "</m:oMath>", "<m:f/>", "<m:r/>", "<a:blip r:embed='x'/>", "<w:drawing>", "</w:drawing>", "<w:hyperlink r:id='x'>", "</w:hyperlink>", "<w:pPr>", "</w:pPr>", "<w:pStyle w:val='a'/>", "<w:vMerge/>", "<w:commentRangeStart w:id='1'/>", "a", " ", "REF a"],
    "html": ["<p>", "</p>", "<table>", "<tr>", "<td colspan=-1>", "<td rowspan=9>", "</table>", "<ul>", "<li>", "</ul>", "<ol start=x>", "<math>", "<mfrac>", "<mi>", "<msup>", "</math>", "<img src=a>", "<a href=b>", "<pre>", "<code>", "<h1>", "</h1>", "<dl>", "<dd>", "<svg>", "<style>p{", "}</style>", "&#0;", "&", "<!--", "-->", "<![if ", "<o:p>", "<sup>", "[1]", "a", "\n", "style='mso-list:l0'"],
    "pdf": ["<< ", " >>", "[", "]", "/Kids ", "/Count ", "/Parent ", "/MediaBox ", "/Rotate ", "/Annots ", "/Contents ", "/Type /Page", "/Resources ", "1 0 R", "2 0 R", "3 0 R", "4 0 R", "9 0 R", "-1", "1e99", "17", "null", "true", "(a)", "<ff>", "/StructTreeRoot ", "/K ", "/S /P", "/Outlines ", "/First ", "/Next ", "/AcroForm ", "/Fields ", "/A << /S /URI >>", "/Dest ", "/UserUnit ", "/StructParents ", "/OCProperties "],
    "csv": ["a", "id", ",", ";", "\t", '"', '""', "\n", "\r", "\0", "é", "'"],
}  # fmt: skip


def texts(kind: str) -> st.SearchStrategy[str]:
    """Texts of the pieces of a kind, and any others."""
    anything = st.text(st.characters(codec="utf-8"), max_size=40)
    joined = st.lists(st.sampled_from(PIECES[kind]) | st.text(max_size=3), max_size=60).map(
        lambda parts: (" " if kind in {"markdown", "yaml", "bib"} else "").join(parts)
    )
    repeated = st.tuples(st.sampled_from(PIECES[kind]), st.integers(1, 400)).map(lambda pair: pair[0] * pair[1])
    return (anything | joined | repeated | st.tuples(joined, repeated).map("".join)).map(
        lambda text: text.encode("utf-8", "replace").decode()
    )


def read(folder: Path, text: str) -> None:
    source = folder / "x.md"
    source.write_text(text, encoding="utf-8", newline="")
    with suppress(LeafletError):
        read_source(source, open_workspace(source))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzz")
    for name in ("source", "layouts/mine", "styles/mine"):
        (root / name).mkdir(parents=True)
    return root


@bounded
@given(text=texts("markdown"))
def test_markdown(folder: Path, text: str) -> None:
    read(folder / "source", f"---\ntitle: T\n---\n\n{text}\n")


@bounded
@given(text=texts("yaml"))
def test_front_matter(folder: Path, text: str) -> None:
    read(folder / "source", f"---\n{text}\n---\n\nWords.\n")


@bounded
@given(
    kind=st.sampled_from([("bib", "biblatex"), ("ris", "ris"), ("json", "csl-json"), ("yaml", "csl-yaml")]),
    data=st.data(),
)
def test_references(kind: tuple[str, str], data: st.DataObject) -> None:
    with suppress(LeafletError):
        read_text(data.draw(texts(kind[0])), kind[1], "a")


@bounded
@given(text=texts("csl"))
def test_citation_styles(text: str) -> None:
    with suppress(LeafletError):
        style_info(f'<style xmlns="http://purl.org/net/xbiblio/csl">{text}</style>')


@bounded
@given(text=texts("svg"))
def test_drawings(text: str) -> None:
    for whole in (text, f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>'):
        assert all(read_svg(whole.encode())[0])


@bounded
@given(
    text=texts("toml"), end=st.sampled_from(["", (REPOSITORY / "layouts/handout-a4/layout.toml").read_text("utf-8")])
)
def test_toml(folder: Path, text: str, end: str) -> None:
    (folder / "layouts/mine/layout.toml").write_text(f"{text}\n{end}", encoding="utf-8")
    (folder / "styles/mine/style.toml").write_text(text, encoding="utf-8")
    (folder / "styles/mine/style.css").write_text(text, encoding="utf-8")
    for reader in (
        lambda: load_toml(text, name="a"),
        lambda: load_layout(folder / "layouts/mine"),
        lambda: load_style(folder / "styles/mine"),
    ):
        with suppress(LeafletError):
            reader()


@bounded
@given(kind=st.sampled_from(["csv", "tsv", "json", "jsonl", "yaml"]), data=st.data())
def test_data(folder: Path, kind: str, data: st.DataObject) -> None:
    path = folder / f"a.{kind}"
    text = data.draw(texts({"jsonl": "json", "tsv": "csv"}.get(kind, kind)))
    path.write_text(text, encoding="utf-8", newline="")
    with suppress(LeafletError):
        read_data(DataFile(path=path, name=path.name))


@bounded
@given(
    text=texts("toml"),
    key=st.sampled_from(["", "matrix.", "rules.a.", "override", "include", "set.", "data", "limits.", "check."]),
)
def test_plans_and_settings(folder: Path, text: str, key: str) -> None:
    plan = folder / "plan.toml"
    plan.write_text(f"source = 'source/x.md'\n{key}{text}", encoding="utf-8")
    (folder / "source/x.md").write_text("---\ntitle: T\n---\n\nWords.\n", encoding="utf-8")
    (folder / "leaflet.toml").write_text(f"{key}{text}", encoding="utf-8")
    workspace = open_workspace(folder / "source" / "x.md")
    for reader in (lambda: read_plan(plan, workspace), lambda: read_settings(workspace)):
        with suppress(LeafletError):
            reader()
    (folder / "leaflet.toml").unlink()


WORD = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{}</w:body></w:document>"""


def closed(pieces: list[str]) -> str:
    """Return pieces of XML in an order in which all that begins also ends."""
    made, begun = [], []
    for piece in pieces:
        name = piece.strip("</>").split(" ")[0]
        if piece.startswith("</"):
            while name in begun:
                made.append(f"</{begun[-1]}>")
                if begun.pop() == name:
                    break
        else:
            made.append(piece)
            if piece.startswith("<") and not piece.endswith("/>"):
                begun.append(name)
    return "".join((*made, *(f"</{name}>" for name in reversed(begun))))


@bounded
@given(pieces=st.lists(st.sampled_from(PIECES["word"]), max_size=60))
def test_word_documents(folder: Path, pieces: list[str]) -> None:
    made = io.BytesIO()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="d" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", WORD.format(closed(pieces)))
    (folder / "a.docx").write_bytes(made.getvalue())
    with suppress(LeafletError):
        import_document(folder / "a.docx", ImportOptions(folder=folder / "imported", styles={}))


@bounded
@given(text=texts("html"))
def test_web_documents(folder: Path, text: str) -> None:
    (folder / "a.html").write_text(text, encoding="utf-8")
    with suppress(LeafletError):
        import_document(folder / "a.html", ImportOptions(folder=folder / "imported", styles={}))


@pytest.fixture(scope="module")
def booklet() -> Layout:
    return load_layout(REPOSITORY / "layouts" / "booklet-a5")


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


@bounded
@given(parts=st.lists(st.lists(st.sampled_from(PIECES["pdf"]), max_size=8).map(" ".join), min_size=3, max_size=3))
def test_pdf_files(folder: Path, booklet: Layout, session: Session, parts: list[str]) -> None:
    objects = (
        f"<< /Type /Catalog /Pages 2 0 R {parts[0]} >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {parts[1]} >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << >> {parts[2]} >>",
        "<< /Length 1 >>\nstream\nq\nendstream",
    )
    body = "%PDF-1.7\n" + "".join(f"{i} 0 obj\n{entry}\nendobj\n" for i, entry in enumerate(objects, 1))
    data = f"{body}trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n".encode()
    with suppress(LeafletError):
        impose_file(data, booklet, name="a.pdf", job="a", scale=True, back_cover=True)
    (folder / "a.pdf").write_bytes(data)
    with suppress(LeafletError):
        check_pdf(folder / "a.pdf", session=session)

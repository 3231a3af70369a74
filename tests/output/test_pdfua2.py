"""PDF/UA-2: reading PDF and sheet lead links to elements, name their namespace, and pass the real validator."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from leaflet.errors import LeafletError
from leaflet.formulas import mathml
from leaflet.model.metadata import Metadata
from leaflet.model.workspace import Workspace
from leaflet.output import accessible_2
from leaflet.pipeline import OutputIntent, opened_press
from leaflet.sheet import impose
from panel_samples import STEADY, TABLE, page, rendered, section
from running import verapdf

METADATA = Metadata(title="Living with it")
LISTS = "<ol><li>One</li><li>Two</li></ol><ul><li>A</li></ul><dl><dt>Dose</dt><dd>What you take.</dd></dl>"
FIGURE = (
    f"<p>Before.</p><figure><div>{TABLE}</div><figcaption>Two doses in one table</figcaption></figure><p>After.</p>"
)
FORMULA = (
    '<p>So <img class="math-inline" alt="x^2" style="width: 1em; height: 1em" src="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Cpath d='M0 0h9v9z'/%3E%3C/svg%3E\"> and "
    "again.</p>"
)
FORMULAS = {"x^2": mathml("x^2", display=False)}
BODY = "".join(
    [
        section(1),
        '<section id="s2"><h2>Question 2</h2><p>See <a href="#s1">the first</a>.',
        '<span style="float: footnote">A note.</span></p>',
        LISTS,
        FIGURE,
        FORMULA,
        "</section>",
    ]
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    panels = rendered(page(BODY), tmp_path_factory.mktemp("ua-2"), for_ua_2=True).data
    sheet = impose(panels, STEADY, job="it")
    return {
        "panels": accessible_2(panels, METADATA, FORMULAS),
        "sheet": accessible_2(sheet, METADATA, FORMULAS),
    }


@pytest.mark.parametrize("kind", ["panels", "sheet"])
def test_places_lead_to_elements_and_to_pages(files: dict[str, bytes], kind: str) -> None:
    with pikepdf.open(BytesIO(files[kind])) as pdf:
        assert pdf.pdf_version == "2.0"
        place = pikepdf.NameTree(pdf.Root.Names.Dests)["s1"]
        assert place.SD[0].S == "/H2"
        assert place.SD[0].NS.NS == "http://iso.org/pdf2/ssn"
        assert place.D[0].Type == "/Page"
        assert list(place.SD)[1:] == list(place.D)[1:]
        first = pdf.Root.Outlines.First
        assert (first.A.SD[0].S, str(first.Title)) == ("/H1", "Living with it")


@pytest.mark.parametrize("kind", ["panels", "sheet"])
def test_types_are_those_of_the_new_standard(files: dict[str, bytes], kind: str) -> None:
    with pikepdf.open(BytesIO(files[kind])) as pdf:
        elements = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/P" in item and "/S" in item
        ]
        types = {str(element.S) for element in elements}
        assert "/Note" not in types
        assert "/FENote" in types
        numbering = {str(element.A.ListNumbering) for element in elements if element.S == "/L"}
        assert numbering == {"/Ordered", "/Unordered", "/Description"}
        assert b"<pdfuaid:part>2</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
        assert b"<pdfuaid:rev>2024</pdfuaid:rev>" in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("kind", ["panels", "sheet"])
def test_a_formula_has_its_mathml(files: dict[str, bytes], kind: str) -> None:
    with pikepdf.open(BytesIO(files[kind])) as pdf:
        formula = next(
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Formula"
        )
        assert formula.Alt == "x^2"
        file = formula.AF[0]
        assert file.AFRelationship == "/Supplement"
        assert file.EF.F.Subtype == "/application/mathml+xml"
        assert b"<msup><mi>x</mi><mn>2</mn></msup>" in file.EF.F.read_bytes()


def test_the_real_validator_passes_both_files(files: dict[str, bytes], tmp_path: Path) -> None:
    for kind, data in files.items():
        (tmp_path / f"{kind}.pdf").write_bytes(data)
    assert verapdf("ua2", *(tmp_path / f"{kind}.pdf" for kind in files)) == ""


def test_an_archive_cannot_be_pdf_2(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path, shipped=tmp_path)
    with pytest.raises(LeafletError, match=r"PDF/UA-2 is PDF 2\.0"):
        opened_press(OutputIntent(archive=True, ua_2=True), 300, workspace)

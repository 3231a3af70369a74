"""Metadata of the files, read back by pypdf and by another XML parser than the one that wrote it."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from leaflet.model.metadata import Metadata, PartialDate, Person
from leaflet.model.print_page import PrintPage
from leaflet.output.xmp import NAMESPACES, Edition, Standard, xmp_packet
from leaflet.panels import render_panels
from leaflet.sheet import impose
from panel_samples import STEADY, page, section, workspace_at

FULL = Metadata(
    title="Salt & <b>water</b>",
    subtitle="How much is enough",
    lang="en-GB",
    authors=(Person(given="Rosa", family="Bell"), Person(literal="Riverside Readers' Panel")),
    reviewers=(Person(given="Amara", family="Cole"),),
    date=PartialDate(year=2024, month=5, day=14),
    date_modified=PartialDate(year=2026, month=5),
    version="2.1",
    code="RHL-014",
    publisher="Riverside Health Library",
    container_title="Riverside guides",
    url="https://example.org/salt",
    doi="10.5555/12345678",
    isbn="978-3-16-148410-0",
    keywords=("salt", "water"),
    abstract="What salt does.",
    license="https://creativecommons.org/licenses/by/4.0/",
    copyright="© 2026 Riverside Health Library",
)


def described(packet: bytes) -> dict[str, list[str]]:
    """Each property of a packet, by its name with prefix, with its values."""
    prefixes = {address: prefix for prefix, address in NAMESPACES.items()}
    found: dict[str, list[str]] = {}
    rdf = f"{{{NAMESPACES['rdf']}}}"
    for about in ElementTree.fromstring(packet).iter(f"{rdf}Description"):
        for element in about:
            address, _, name = element.tag[1:].partition("}")
            values = [item.text or "" for item in element.iter(f"{rdf}li")] or [element.text or ""]
            found[f"{prefixes[address]}:{name}"] = values
    return found


def read(data: bytes) -> tuple[PdfReader, dict[str, list[str]]]:
    reader = PdfReader(BytesIO(data))
    metadata = reader.trailer["/Root"]["/Metadata"]  # type: ignore[index]
    return reader, described(metadata.get_data())


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    workspace = workspace_at(tmp_path_factory.mktemp("metadata"))
    html = page("".join(section(number, 4) for number in range(1, 8)))
    base = workspace.root / "source"
    return render_panels(PrintPage.of_document(html), layout=STEADY, workspace=workspace, base=base, metadata=FULL).data


@pytest.mark.parametrize("kind", ["panels", "sheet"])
def test_both_files_say_all_that_is_known_of_the_leaflet(panels: bytes, kind: str) -> None:
    reader, found = read(panels if kind == "panels" else impose(panels, STEADY))
    assert found["dc:title"] == ["Salt & <b>water</b>"]
    assert found["dc:creator"] == ["Rosa Bell", "Riverside Readers' Panel"]
    assert found["dc:contributor"] == ["Amara Cole"]
    assert found["dc:publisher"] == ["Riverside Health Library"]
    assert found["dc:description"] == ["What salt does."]
    assert found["dc:subject"] == found["prism:keyword"] == ["salt", "water"]
    assert found["dc:language"] == ["en-GB"]
    assert found["dc:date"] == found["prism:modificationDate"] == ["2026-05"]
    assert found["prism:publicationDate"] == found["xmp:CreateDate"] == ["2024-05-14"]
    assert found["dc:identifier"] == ["doi:10.5555/12345678"]
    assert found["prism:doi"] == ["10.5555/12345678"]
    assert found["prism:url"] == ["https://example.org/salt"]
    assert found["prism:isbn"] == ["978-3-16-148410-0"]
    assert found["prism:issueIdentifier"] == ["RHL-014"]
    assert found["prism:publicationName"] == ["Riverside guides"]
    assert found["dc:rights"] == [f"{FULL.copyright}. {FULL.license}"]
    assert found["xmpRights:WebStatement"] == [FULL.license]
    assert found["pdfuaid:part"] == ["1"]
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_title == {"x-default": "Salt & <b>water</b>"}
    assert xmp.dc_creator == ["Rosa Bell", "Riverside Readers' Panel"]
    assert reader.metadata is not None
    assert str(reader.metadata["/Creator"]) == found["xmp:CreatorTool"][0]


def test_what_is_not_known_is_not_said() -> None:
    found = described(xmp_packet(Metadata(title="Salt"), [Standard.UA_1]))
    assert set(found) == {
        "pdfuaid:part", "dc:format", "dc:type", "dc:title", "dc:language", "xmp:CreatorTool",
    }  # fmt: skip


def test_a_control_character_never_breaks_the_packet() -> None:
    found = described(xmp_packet(Metadata(title="Salt\x0b and\x00 water\ufffe"), [Standard.UA_1]))
    assert found["dc:title"] == ["Salt and water"]


def test_an_archive_describes_each_property_that_its_standard_does_not_know() -> None:
    packet = xmp_packet(FULL, [Standard.UA_1, Standard.A_3A])
    found = described(packet)
    assert (found["pdfaid:part"], found["pdfaid:conformance"]) == (["3"], ["A"])
    names = {name.text for name in ElementTree.fromstring(packet).iter(f"{{{NAMESPACES['pdfaProperty']}}}name")}
    used = {name.partition(":")[2] for name in found if name.startswith(("prism:", "pdfuaid:"))}
    assert used == names


def test_a_print_edition_carries_its_day_and_its_name() -> None:
    edition = Edition(day="2026-05-12T00:00:00Z", identifier="0" * 32)
    found = described(xmp_packet(FULL, [Standard.X_4], edition))
    assert found["pdfxid:GTS_PDFXVersion"] == ["PDF/X-4"]
    assert found["xmp:MetadataDate"] == found["xmp:CreateDate"] == ["2026-05-12T00:00:00Z"]
    assert found["xmpMM:DocumentID"] == ["uuid:" + "0" * 32]
    assert found["pdf:Trapped"] == ["False"]

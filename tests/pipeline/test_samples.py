"""The two samples, built by the command a user types and judged as a printer and a screen reader would."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from running import SAMPLES, copy_workspace, outloud, run_process, verapdf

POINTS = 72 / 25.4
FILES = ("-sheet.pdf", ".pdf", ".html", ".bib", ".ris", ".csl.json")
BUNDLED = ("SourceSans3", "SourceSerif4", "AtkinsonHyperlegible")


def millimetres(box: pypdf.generic.RectangleObject) -> tuple[float, float]:
    return round(float(box.width) / POINTS, 1), round(float(box.height) / POINTS, 1)


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_file_is_there(built: Path, sample: str) -> None:
    assert all((built / f"{sample}{suffix}").stat().st_size > 100 for suffix in FILES)


@pytest.mark.parametrize("kind", [".pdf", "-sheet.pdf"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_real_validator_passes_it_as_pdf_ua(built: Path, sample: str, kind: str) -> None:
    assert verapdf("ua1", built / f"{sample}{kind}") == ""


@pytest.mark.parametrize("kind", [".pdf", "-sheet.pdf"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_screen_reader_check_finds_no_error(built: Path, sample: str, kind: str) -> None:
    assert " 0 error(s)" in f" {outloud(built / f'{sample}{kind}')}"


@pytest.mark.parametrize("kind", [".pdf", "-sheet.pdf"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_qpdf_finds_the_file_clean(built: Path, sample: str, kind: str) -> None:
    qpdf = shutil.which("qpdf") or pytest.skip("qpdf is not installed")
    shown = subprocess.run(
        [qpdf, "--check", str(built / f"{sample}{kind}")], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr


@pytest.mark.parametrize("kind", [".pdf", "-sheet.pdf"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_all_fonts_are_embedded_and_ours(built: Path, sample: str, kind: str) -> None:
    fonts = list(fonts_of(pypdf.PdfReader(built / f"{sample}{kind}")))
    assert fonts
    for font in fonts:
        name = str(font["/BaseFont"]).lstrip("/").partition("+")[2].replace("-", "").replace(" ", "")
        assert name.startswith(BUNDLED), name
        descendant = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = descendant["/FontDescriptor"]
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), name


def fonts_of(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    objects = (
        reader.get_object(number) for number in range(1, len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1)
    )
    return [
        entry
        for entry in objects
        if isinstance(entry, dict)
        and entry.get("/Type") == "/Font"
        and "/BaseFont" in entry
        and "/CIDSystemInfo" not in entry
    ]


def test_the_panels_of_the_letter_fold_have_their_widths(built: Path) -> None:
    pages = pypdf.PdfReader(built / "ms-beta-interferon.pdf").pages
    assert [millimetres(page.trimbox) for page in pages] == [
        (100.0, 210.0),  # cover
        (97.0, 210.0),  # flap
        (100.0, 210.0),
        (100.0, 210.0),
        (97.0, 210.0),  # the flap's reverse
        (100.0, 210.0),  # back
    ]


def test_the_sheet_is_a4_with_its_bleed_inside_its_marks(built: Path) -> None:
    pages = pypdf.PdfReader(built / "ms-beta-interferon-sheet.pdf").pages
    assert len(pages) == 2
    for page in pages:
        assert millimetres(page.trimbox) == (297.0, 210.0)
        assert millimetres(page.bleedbox) == (303.0, 216.0)
        media, bleed = page.mediabox, page.bleedbox
        assert media.left < bleed.left
        assert media.bottom < bleed.bottom
        assert media.right > bleed.right
        assert media.top > bleed.top


def test_panels_lie_in_fold_order_on_the_sheet(built: Path) -> None:
    """Outside from left to right: flap, back, cover; inside: the three panels of the text."""
    reader = pypdf.PdfReader(built / "ms-beta-interferon-sheet.pdf")
    panels = pypdf.PdfReader(built / "ms-beta-interferon.pdf")
    for side, order in ((0, (1, 5, 0)), (1, (2, 3, 4))):
        placed = placements(reader.pages[side])
        origin = float(reader.pages[side].trimbox.left)
        expected, x = {}, 0.0
        for panel in order:
            expected[panel] = x
            x += float(panels.pages[panel].trimbox.width)
        assert sorted(round(left - origin, 1) for left in placed) == sorted(
            round(left, 1) for left in expected.values()
        )


def placements(page: pypdf.PageObject) -> list[float]:
    """The left edge of each form that the page draws, where its own trim begins."""
    lefts = []
    for operands, operator in pypdf.generic.ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"cm":
            shift = float(operands[4])
        if operator == b"Do":
            form = page["/Resources"]["/XObject"][operands[0]]
            lefts.append(shift + float(form["/Matrix"][4] if "/Matrix" in form else 0))
    return lefts


def test_the_same_source_gives_the_same_bytes_in_another_folder_and_process(built: Path, tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path / "another" / "deeper")
    sources = [f"source/{sample}.md" for sample in SAMPLES]
    run_process("build", *sources, cwd=workspace, environment={"PYTHONHASHSEED": "4242"})
    first, second = (
        {path.name: path.read_bytes() for path in sorted(folder.iterdir())} for folder in (built, workspace / "output")
    )
    assert list(first) == list(second)
    assert len(first) == len(SAMPLES) * len(FILES)
    assert [name for name in first if first[name] != second[name]] == []


def test_the_leaflet_can_be_cited_from_its_sidecar(built: Path) -> None:
    (item,) = json.loads((built / "ms-beta-interferon.csl.json").read_text(encoding="utf-8"))
    assert item["author"] == [{"family": "Cole", "given": "Amara"}]
    assert item["type"] == "pamphlet"
    assert item["issued"] == {"date-parts": [[2026, 5, 12]]}

"""PDF files of other programs whose objects are of wrong kinds, or multiply, are checked or refused in plain words."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hostile_inputs import pdf

from leaflet.errors import LeafletError
from leaflet.files import open_workspace
from leaflet.files.pictures import Invalid, read_picture_file
from leaflet.pipeline import Session
from leaflet.pipeline.check_leaflet import check_pdf

CATALOGUE = "<< /Type /Catalog /Pages 2 0 R {} >>"
TREE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] {} >>"
STREAM = "<< {} /Length {} >>\nstream\n{}\nendstream"
WRONG = {
    "a tree of tags that is a number": ("/StructTreeRoot -1", ""),
    "a tree of tags that is a name": ("/StructTreeRoot /A", ""),
    "roles that are a number": ("/StructTreeRoot << /RoleMap 3 >>", ""),
    "a tag on a page that is a number": ("/StructTreeRoot << /K << /S /P /Pg 3 /K [<< /Type /MCR /MCID /A >>] >> >>", ""),
    "annotations that are a number": ("", "/Annots 3"),
    "an annotation of numbers": ("", "/Annots [<< /Subtype 3 /A 4 /Rect /B >>]"),
    "resources that are a number": ("", "/Resources 3"),
    "a font that is a list": ("", "/Resources << /Font << /A [1] >> >>"),
    "a language that is a number": ("/Lang 3 /MarkInfo 4 /ViewerPreferences 5", ""),
    "bookmarks that are a number": ("/Outlines 3 /Names 4 /Dests 5", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


def checked(folder: Path, session: Session, data: bytes) -> str:
    """Return what is said of a PDF file: its findings, or why it is refused."""
    (folder / "a.pdf").write_bytes(data)
    try:
        found = check_pdf(folder / "a.pdf", session=session, select=("base", "press"))
    except LeafletError as error:
        return error.problems[0].message
    return " ".join(finding.message for finding in found.findings)


@pytest.mark.parametrize("name", WRONG)
def test_objects_of_wrong_kinds_are_no_fault_of_leaflet(name: str, tmp_path: Path, session: Session) -> None:
    catalogue, page = WRONG[name]
    data = pdf(CATALOGUE.format(catalogue), TREE, PAGE.format(page))
    said = checked(tmp_path, session, data)
    assert "tag" in said or "damaged" in said


def test_tags_that_are_shared_are_read_once(tmp_path: Path, session: Session) -> None:
    levels = [f"<< /S /Div /K [{f'{number + 6} 0 R ' * 10}] >>" for number in range(40)]
    root = "<< /Type /StructTreeRoot /K [5 0 R] >>"
    data = pdf(CATALOGUE.format("/StructTreeRoot 4 0 R"), TREE, PAGE.format(""), root, *levels, "<< /S /P >>")
    with suppress(LeafletError):
        checked(tmp_path, session, data)


def test_forms_that_multiply_are_refused(tmp_path: Path, session: Session) -> None:
    def form(number: int) -> str:
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {number + 1} 0 R >> >>"
        return STREAM.format(head, 50, "/A Do " * 8 + "  ")

    page = PAGE.format("/Resources << /XObject << /A 5 0 R >> >> /Contents 4 0 R")
    data = pdf(
        CATALOGUE.format(""), TREE, page, STREAM.format("", 6, "/A Do "), *(form(number) for number in range(5, 30))
    )
    assert "draws more than 20,000 parts" in checked(tmp_path, session, data)


@pytest.mark.parametrize(
    "keys", ["/XStep 0.00001 /YStep 9", "/XStep 9", "/XStep 9 /YStep 9 /Matrix [0.0001 0 0 1 0 0]"]
)
def test_a_picture_with_a_tile_of_almost_nothing_is_refused(keys: str, tmp_path: Path) -> None:
    tile = STREAM.format(f"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /Resources << >> {keys}", 1, "q")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(CATALOGUE.format(""), TREE, PAGE.format("/Resources << /Pattern << /A 4 0 R >> >>"), tile))
    with pytest.raises(Invalid, match="repeats a tile"):
        read_picture_file(path, open_workspace(path))

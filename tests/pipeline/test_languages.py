"""Samples in other languages and scripts: their fonts, their direction, and the language of foreign words."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pypdf
import pytest

from leaflet.model.language import is_right_to_left
from leaflet.weasy.fonts import EXTRAS
from running import copy_workspace, outloud, run_leaflet, verapdf

NEEDED = {extra.name: extra.package for extra in EXTRAS}
SAMPLES = {
    "hands-ar": "arabic",
    "fever-ar": "arabic",
    "medicines-ar": "arabic",
    "hands-he": "hebrew",
    "hands-zh": "chinese",
    "hands-cy": "",
    "hands-de": "",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples that can be set with the fonts of this machine, as reading and sheet PDF."""
    folder = copy_workspace(tmp_path_factory.mktemp("languages"))
    for name, extra in SAMPLES.items():
        if not extra or find_spec(NEEDED[extra]):
            run_leaflet("build", f"source/languages/{name}.md", cwd=folder)
    return folder / "output"


def made(written: Path, name: str, kind: str) -> Path:
    path = written / f"{name}{kind}"
    if not path.is_file():
        pytest.skip(f"leaflet-press[{SAMPLES[name]}] is not installed")
    return path


@pytest.mark.parametrize("kind", [".pdf", "-sheet.pdf"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_screen_reader_finds_each_clean(written: Path, name: str, kind: str) -> None:
    assert "0 error(s), 0 warning(s)" in outloud(made(written, name, kind))


def test_the_real_validator_passes_them(written: Path) -> None:
    files = sorted(written.glob("*.pdf"))
    assert verapdf("ua1", *files) == ""


@pytest.mark.parametrize(
    ("name", "language", "foreign"), [("hands-ar", "ar", "en"), ("hands-he", "he", "en"), ("hands-cy", "cy", "en")]
)
def test_the_language_stands_on_the_document_and_on_foreign_words(
    written: Path, name: str, language: str, foreign: str
) -> None:
    reader = pypdf.PdfReader(made(written, name, ".pdf"))
    assert reader.root_object["/Lang"] == language
    marked = [element for element in elements(reader.root_object["/StructTreeRoot"]) if "/Lang" in element]
    assert foreign in {str(element["/Lang"]) for element in marked}


def elements(node: pypdf.generic.DictionaryObject) -> list[pypdf.generic.DictionaryObject]:
    kids = node.get("/K", [])
    listed = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    below = [kid for kid in listed if isinstance(kid, pypdf.generic.DictionaryObject) and "/S" in kid]
    return [*below, *(found for kid in below for found in elements(kid))]


def test_the_cover_of_an_arabic_leaflet_is_on_the_left_of_the_sheet(written: Path) -> None:
    sheet = pypdf.PdfReader(made(written, "medicines-ar", "-sheet.pdf")).pages[0]
    places: list[float] = []

    def visit(operator: bytes, operands: list[object], matrix: list[float], _: list[float]) -> None:
        if operator == b"Do" and str(operands[0]).startswith("/Panel"):
            places.append(matrix[4])

    sheet.extract_text(visitor_operand_before=visit)
    left = float(sheet.trimbox.left)
    assert places[0] == pytest.approx(left, abs=1)  # panels are drawn in reading order, the cover first
    assert places[1] > left + float(sheet.trimbox.width) / 2


@pytest.mark.parametrize(
    ("tag", "is_so"), [("ar", True), ("he-IL", True), ("fa", True), ("ar-Latn", False), ("zh-CN", False), ("cy", False)]
)
def test_scripts_from_right_to_left(tag: str, is_so: bool) -> None:
    assert is_right_to_left(tag) is is_so

"""The fold dummy names every panel and tells the folds; the test sheet lays crosses behind rings."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from leaflet.design.layouts import load_layout
from leaflet.html.dummy_pages import dummy_page, fold_sentences
from leaflet.model.layout import Layout
from panel_samples import failed_rules, needs_verapdf, outloud_errors
from running import REPOSITORY, run_leaflet

FOLDED = [
    "trifold-a4",
    "z-fold-a4",
    "roll-a4",
    "gate-a4",
    "accordion-a4",
    "half-fold-a4",
    "cross-fold-a4",
    "french-fold-a4",
]


def layout(name: str) -> Layout:
    return load_layout(REPOSITORY / "layouts" / name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dummy")
    for name in ("trifold-a4", "booklet-a5"):
        run_leaflet("dummy", name, "--output", str(folder), cwd=REPOSITORY)
    return folder


def test_every_panel_stands_on_the_sheet_by_its_name(made: Path) -> None:
    outside, inside = (page.extract_text() for page in PdfReader(made / "trifold-a4-dummy.pdf").pages)
    for name in ("Flap", "Back", "Cover", "97 × 210 mm", "Fold what lies to the right of line 2"):
        assert name in outside
    assert inside.count("Inside") >= 3
    assert len(PdfReader(made / "booklet-a5-dummy.pdf").pages) == 4


def test_the_test_sheet_has_two_sides_of_the_whole_sheet(made: Path) -> None:
    front, back = PdfReader(made / "trifold-a4-duplex.pdf").pages
    assert "turn on the short edge" in front.extract_text()
    assert "Hold the sheet against the light" in back.extract_text()
    assert round(float(front.trimbox.width) / 72 * 25.4) == 297


def test_a_letter_fold_is_told_from_the_inside() -> None:
    assert fold_sentences(layout("trifold-a4")) == [
        "Fold what lies to the right of line 2, counted from the left, over the rest, so that the insides meet.",
        "Fold what lies to the left of line 1, counted from the left, over the rest, so that the insides meet.",
    ]
    mirrored = fold_sentences(layout("trifold-a4").mirrored())
    assert mirrored[0].startswith("Fold what lies to the left of line 2, counted from the right, over the rest")


@pytest.mark.parametrize("name", FOLDED)
def test_neighbours_tell_the_same_of_the_fold_between_them(name: str) -> None:
    page = dummy_page(layout(name)).complete
    for order in range(1, len(fold_sentences(layout(name))) + 1):
        for way in ("towards", "away from"):
            assert page.count(f"Left edge: fold {order}, {way}") == page.count(f"Right edge: fold {order}, {way}")


@needs_verapdf
def test_the_dummy_can_be_read_aloud(made: Path) -> None:
    files = sorted(made.glob("*.pdf"))
    assert failed_rules(*files) == ""
    assert [outloud_errors(file) for file in files] == [[] for _ in files]

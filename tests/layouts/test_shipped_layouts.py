"""Every layout that comes with leaflet: it builds a small leaflet, and its sheets are what the printer expects."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from leaflet.design.layouts import load_layout
from leaflet.model.fold import Fold
from running import REPOSITORY, run_leaflet, verapdf

SOURCE = Path(__file__).with_name("small-leaflet.md")
LAYOUTS = REPOSITORY / "layouts"
CARDS = frozenset({"bookmark", "business-cards", "door-hanger", "labels", "place-cards", "tent-a4"})
"""Layouts for a few words, which have no place for a whole leaflet."""
NAMES = sorted({path.parent.name for path in LAYOUTS.glob("*/layout.toml")} - CARDS)
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each layout, with the sheet and the reading PDF of the small leaflet."""
    workspace = tmp_path_factory.mktemp("layouts")
    for name in ("layouts", "styles"):
        shutil.copytree(REPOSITORY / name, workspace / name)
    (workspace / "source").mkdir()
    shutil.copy(SOURCE, workspace / "source")
    for name in NAMES:
        formats = ("--format", "sheet", "--format", "pdf")
        run_leaflet(
            "build", f"source/{SOURCE.name}", "--layout", name, *formats, "--output", f"output/{name}", cwd=workspace
        )
    return workspace / "output"


def drawn(page: PageObject) -> list[tuple[int, float]]:
    """The panels on a sheet from left to right: page of the reading PDF, and left edge from the trim in millimetres."""
    trim = float(page["/TrimBox"][0])
    found = re.findall(rb"1 0 0 1 (\S+) \S+ cm /Panel(\d+) Do", page.get_contents().get_data())
    forms = page["/Resources"]["/XObject"]
    panels = []
    for shift, number in found:
        left = max(float(forms[f"/Panel{int(number)}"]["/BBox"][0]) + float(shift), trim)
        panels.append((int(number), (left - trim) / POINTS_PER_MM))
    return sorted(panels, key=lambda panel: panel[1])


def trim_size(page: PageObject) -> tuple[float, float]:
    left, bottom, right, top = (float(value) / POINTS_PER_MM for value in page["/TrimBox"])
    return right - left, top - bottom


@pytest.mark.parametrize("name", NAMES)
def test_panels_lie_on_the_sheet_as_it_is_folded(sheets: Path, name: str) -> None:
    layout = load_layout(LAYOUTS / name)
    pages = PdfReader(sheets / name / "small-leaflet-sheet.pdf").pages
    reading = PdfReader(sheets / name / "small-leaflet.pdf").pages
    press = layout.press_sheet
    block = (
        press.columns * layout.sheet_width + (press.columns - 1) * press.gutter,
        press.rows * layout.sheet_height + (press.rows - 1) * press.gutter,
    )
    for page in pages:
        assert trim_size(page) == pytest.approx(block, abs=0.01)
    if layout.fold is Fold.BOOKLET:
        assert len(pages) == 2 * -(-len(reading) // 4)
        return
    if not layout.sides:
        assert len(pages) == len(reading) >= len(layout.panels)
        return
    assert len(reading) == len(layout.panels)
    if press.columns * press.rows > 1 or any(place.turned for side in layout.sides for place in side.placements):
        return  # where repeated and turned panels lie is tested with the sheet stage
    for page, side in zip(pages, layout.sides, strict=True):
        placed = drawn(page)
        assert [number - 1 for number, _ in placed] == [place.panel for place in side.placements]
        assert [x for _, x in placed] == pytest.approx([place.x for place in side.placements], abs=0.01)
        for place in side.placements:
            assert trim_size(reading[place.panel])[0] == pytest.approx(place.width, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_the_reading_pdf_begins_with_the_title_and_says_all(sheets: Path, name: str) -> None:
    pages = [page.extract_text() for page in PdfReader(sheets / name / "small-leaflet.pdf").pages]
    assert "Walking for health" in " ".join(pages[0].split())
    text = " ".join(" ".join(pages).split())
    for words in ("At a glance", "Why walk?", "How to begin", "Keep it up", "you feel faint", "01632 960 456"):
        assert words in text


def test_every_file_passes_the_accessibility_rules(sheets: Path) -> None:
    assert verapdf("ua1", *sorted(sheets.glob("*/*.pdf"))) == ""


@pytest.mark.parametrize("style", ["clear", "clinic", "editorial"])
@pytest.mark.parametrize("name", sorted(CARDS))
def test_a_card_holds_its_words_and_passes_the_accessibility_rules(name: str, style: str, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    shutil.copy(REPOSITORY / "source" / "open-day-card.md", tmp_path / "source")
    formats = ("--format", "sheet", "--format", "pdf", "--strict")
    options = ("--layout", name, "--style", style, *formats)
    run_leaflet("build", "source/open-day-card.md", *options, cwd=tmp_path)
    reading, sheet = tmp_path / "output" / "open-day-card.pdf", tmp_path / "output" / "open-day-card-sheet.pdf"
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(reading).pages).split())
    for words in ("Open day", "Come and see the looms", "Every Sunday"):
        assert words in text
    layout = load_layout(LAYOUTS / name)
    press = layout.press_sheet
    width = press.columns * layout.sheet_width + (press.columns - 1) * press.gutter
    assert trim_size(PdfReader(sheet).pages[0])[0] == pytest.approx(width, abs=0.01)
    assert verapdf("ua1", reading, sheet) == ""

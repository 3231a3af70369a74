"""Composition of whole leaflets: what a designer would object to in the gallery's, each fault by itself."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from pikepdf import Dictionary, Pdf
from PIL import Image, ImageChops

from leaflet.design import art_for_cover, load_layout, load_style, type_css
from leaflet.design.cover import cover_css
from leaflet.model.layout import Band, Layout
from leaflet.model.metadata import Metadata
from leaflet.pipeline import Choices, Composition, compose
from running import REPOSITORY, copy_workspace, run_leaflet

DAY = date(2026, 11, 1)
GALLERY = REPOSITORY / "source" / "gallery"
PLATE = (11, 79, 108)
"""The ground of the plate in the style "clinic"."""


def composed(source: Path, layout: str, style: str = "clinic") -> Composition:
    return compose(source, Choices(layout=layout, style=style, formats=("pdf",)), today=DAY)


def written(tmp_path: Path, text: str, front: str = "") -> Path:
    workspace = tmp_path / "workspace"
    if not workspace.exists():
        copy_workspace(workspace)
    source = workspace / "source" / "it.md"
    source.write_text(f"---\ntitle: A test\ncite: false\n{front}---\n\n{text}", encoding="utf-8")
    return source


def pages_of(made: Composition) -> Iterator[Image.Image]:
    (data,) = made.files.values()
    for page in pypdfium2.PdfDocument(io.BytesIO(data)):
        yield page.render(scale=2).to_pil().convert("RGB")


def text_of(made: Composition) -> list[str]:
    (data,) = made.files.values()
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(data))]


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("style", ["clinic", "editorial"])
def test_what_fits_when_it_flows_or_moves_is_not_set_smaller(style: str) -> None:
    fit = composed(GALLERY / "appeal.md", "trifold-a4", style).fit
    assert fit is not None
    assert fit.scale >= 1


def test_panels_with_little_or_nothing_are_finished() -> None:
    made = composed(GALLERY / "appeal.md", "trifold-a4")
    assert "Give today" in text_of(made)[-1]
    flap = list(pages_of(made))[1]
    assert near(flap.getpixel((flap.width // 2, 4)), PLATE), "the ground of the cover"
    assert len(flap.crop((0, flap.height // 2, *flap.size)).getcolors(100_000) or ()) > 50, "art at the foot"


@pytest.mark.parametrize(("layout", "style"), [("half-fold-a4", "clear"), ("trifold-a3", "clear")])
def test_a_matrix_of_short_words_stays_a_table(layout: str, style: str) -> None:
    pages = text_of(composed(GALLERY / "allergen-card.md", layout, style))
    assert sum(page.count("Milk") for page in pages) <= 3, "row by row it is beside each dish"
    assert not any(re.search(r"Glute\s+n", page) for page in pages), "its heads are turned where they are too wide"


def test_no_panel_ends_with_a_heading() -> None:
    fit = composed(GALLERY / "mla-guide.md", "trifold-a4").fit
    assert fit is not None
    assert not [reason for tried in fit.tried if tried.chosen for reason in tried.reasons if "alone" in reason[0]]


def test_the_plate_reaches_the_trim_without_a_disclaimer_date_or_code(tmp_path: Path) -> None:
    source = written(tmp_path, "## Why\n\nSo.\n", "contact:\n  phone: 01632 960 100\n")
    last = list(pages_of(composed(source, "trifold-a4")))[-1]
    assert near(last.getpixel((last.width // 2, last.height - 1)), PLATE)


def test_the_plate_of_a_handout_is_at_the_foot_of_its_last_page() -> None:
    *_, last = pages_of(composed(GALLERY / "vaccines-handout.md", "handout-a4"))
    assert near(last.getpixel((last.width // 2, last.height - 1)), PLATE)
    assert not near(last.getpixel((last.width // 2, last.height // 2)), PLATE)


def test_a_handout_saves_a_page_that_would_hold_little() -> None:
    made = composed(GALLERY / "vaccines-handout.md", "handout-a4")
    assert len(text_of(made)) == 2
    assert "Talk to us" in text_of(made)[1]


def test_pictures_and_space_give_way_before_a_text_is_refused() -> None:
    fit = composed(GALLERY / "lost-cat.md", "flyer-a5", "clear").fit
    assert fit is not None
    assert fit.fits
    assert next(tried.arrangement for tried in fit.tried if tried.chosen).startswith("compact")
    assert (fit.body_points or 0) >= 14


def test_a_handout_with_a_long_list_of_sources_is_two_pages() -> None:
    made = composed(REPOSITORY / "source" / "ms-beta-interferon.md", "handout-a4")
    assert len(text_of(made)) == 2
    assert "Talk to us" in text_of(made)[1]


def test_strips_to_tear_off_are_along_the_foot_and_heard_once(tmp_path: Path) -> None:
    strips = "## Help\n\nRing.\n\n::: tear-strips\nLost cat\n\n01632 960 417\n:::\n"
    made = composed(written(tmp_path, strips, "contact:\n  text: At any hour\n"), "poster-a3")
    (page,) = text_of(made)
    assert page.count("01632 960 417") == 14
    (data,) = made.files.values()
    kinds = Counter(str(node.get("/S")) for node in Pdf.open(io.BytesIO(data)).objects if isinstance(node, Dictionary))
    assert kinds["/P"] <= 6, "the copies are artifacts"
    (picture,) = pages_of(made)
    foot = picture.crop((0, picture.height - 60, picture.width, picture.height))
    assert near(foot.getpixel((2, 2)), (255, 255, 255)), "the end plate ends above the cut"


def test_a_table_that_is_wider_than_its_panel_is_set_row_by_row() -> None:
    narrow = " ".join(text_of(composed(GALLERY / "vaccines-handout.md", "trifold-a4")))
    wide = " ".join(text_of(composed(GALLERY / "vaccines-handout.md", "handout-a4")))
    assert narrow.count("How long it lasts") == 5
    assert len(re.findall(r"How long\s+it lasts|How long it\s+lasts", wide)) == 1


def test_lines_for_notes_and_dates_and_authors_are_matters_of_choice(tmp_path: Path) -> None:
    front = "publisher: Weir Library\nauthor:\n  literal: Weir Library\ndate: 2026-05-01\n"
    plain = " ".join(text_of(composed(written(tmp_path, "## Why\n\nSo.\n", front), "trifold-a4")))
    assert "Notes" not in plain
    assert "About the author" not in plain
    assert "Last updated" in plain
    asked = written(tmp_path, "## Why\n\nSo.\n", f"{front}notes: true\nshow-dates: false\n")
    chosen = " ".join(text_of(composed(asked, "trifold-a4")))
    assert "Notes" in chosen
    assert "Last updated" not in chosen


def test_pictures_beside_each_other_are_equally_high_and_keep_their_proportions(tmp_path: Path) -> None:
    source = written(tmp_path, "## Why\n\n![One](a.png){alt=one} ![](b.png){alt=two}\n")
    for name, size, colour in (("a.png", (300, 200), (200, 0, 0)), ("b.png", (200, 200), (0, 160, 0))):
        Image.new("RGB", size, colour).save(source.parent / name)
    page = list(pages_of(composed(source, "trifold-a4")))[2]
    boxes = [_box_of(page, colour) for colour in ((200, 0, 0), (0, 160, 0))]
    heights = [bottom - top for _, top, _, bottom in boxes]
    assert abs(heights[0] - heights[1]) <= 3
    for (left, top, right, bottom), ratio in zip(boxes, (1.5, 1.0), strict=True):
        assert abs((right - left) / (bottom - top) - ratio) < 0.05


def _box_of(page: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    apart = ImageChops.difference(page, Image.new("RGB", page.size, colour)).convert("L")
    box = apart.point(lambda value: 255 if value <= 3 else 0).getbbox()
    assert box is not None
    return box


def test_a_cover_has_its_ground_wherever_its_panel_is() -> None:
    layout, style = load_layout(REPOSITORY / "layouts" / "trifold-a4"), load_style(REPOSITORY / "styles" / "clinic")
    assert cover_css(layout, style, "front").startswith("@page front{background")


def test_art_over_the_outside_leaves_the_cover_its_own_picture() -> None:
    layout, style = load_layout(REPOSITORY / "layouts" / "trifold-a4"), load_style(REPOSITORY / "styles" / "clinic")
    banded = replace(layout, bands=(_band_over(layout),))
    assert art_for_cover(Metadata(title="A"), banded, style) is None
    assert art_for_cover(Metadata(title="A", cover="images/mill.svg"), banded, style) is not None


def _band_over(layout: Layout) -> Band:
    side = next(side for side in layout.sides if any(place.panel == 0 for place in side.placements))
    return Band(art="waves", height=40.0, at_head=True, row=side.placements)


def test_nothing_is_set_smaller_than_the_smallest_size() -> None:
    css = type_css({"body": 10.5, "line": 14, "small": 9.25, "fine": 8, "lead": 12, "title": 30, "heading": 16,
                    "phone": 17, "subtitle": 14}, 9.0)  # fmt: skip
    assert "--fs-fine:9pt" in css
    assert "--fs-small:max(calc(9.25pt*var(--fit)),9pt)" in css


def test_leaflet_chooses_the_smallest_paper_that_holds_the_text() -> None:
    little = composed(GALLERY / "minimal.md", "auto")
    assert little.layout.startswith("layout flyer-dl: it is expected to be ")
    more = composed(GALLERY / "museum-trail.md", "auto")
    assert more.layout.startswith("layout half-fold-a4: ")
    assert "flyer-dl" in more.layout
    large = composed(GALLERY / "tenants-rights.md", "auto", "clear")
    assert large.layout.startswith("layout trifold-a3: ")


def test_a_build_explains_its_fit(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path / "workspace")
    done = run_leaflet("build", "source/gallery/appeal.md", "--format", "pdf", "--explain-fit", cwd=workspace)
    assert re.search(r"^\* (evenly|flowing).*scale 1\.\d\d: cost \d+ \(", done.stdout, re.MULTILINE)

"""Art over several panels: on the sheet it is one picture, and no words stand on it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from leaflet.design.art import MOTIFS, band_art, cover_art
from leaflet.design.canvas import Canvas
from leaflet.design.layouts import load_layout
from leaflet.design.spread_art import ABOVE, with_bands
from leaflet.design.styles import load_style
from leaflet.errors import LeafletError
from leaflet.model.metadata import Metadata
from leaflet.model.motif import Motif
from leaflet.model.workspace import Workspace
from leaflet.pipeline import Choices, compose
from running import REPOSITORY

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1010 100"><path d="M0 0H1010V100H0Z" fill="#E6F1F4"/>
{stripes}</svg>"""
STRIPE = '<path d="M{x} 0h30l40 100h-30z" fill="#{colour}"/>'


def leaflet(folder: Path, *keys: str) -> Path:
    """A leaflet of few words with ``keys`` in its front matter, and a picture beside it."""
    stripes = "".join(STRIPE.format(x=x, colour=f"{x // 6:02X}4F6C") for x in range(0, 1010, 70))
    (folder / "source").mkdir()
    (folder / "source" / "strip.svg").write_text(PICTURE.format(stripes=stripes))
    source = folder / "source" / "walk.md"
    source.write_text("\n".join(["---", "title: A short walk", *keys, "---", "", "## Begin", "", "Go out.", ""]))
    return source


def sheet_sides(source: Path, layout: str) -> list[Image.Image]:
    """The sides of the sheet within its bleed, as pictures."""
    made = compose(source, Choices(layout=layout, formats=("sheet",)), today=date(2026, 11, 1))
    document = pypdfium2.PdfDocument(made.files["walk-sheet.pdf"])
    sides = []
    for page in document:
        left, bottom, right, top = page.get_bleedbox()
        page.set_cropbox(left, bottom, right, top)
        page.set_mediabox(left, bottom, right, top)
        sides.append(page.render(scale=120 / 72).to_pil().convert("RGB"))
    return sides


def whole(source: Path) -> Image.Image:
    """The picture as it is."""
    from leaflet.weasy.engine import weasyprint

    page = '<style>@page{size:303mm 30mm;margin:0}body{margin:0}img{display:block;width:303mm;height:30mm}</style><img src="strip.svg">'
    pdf = weasyprint.HTML(string=page, base_url=str(source)).write_pdf()
    return pypdfium2.PdfDocument(BytesIO(pdf))[0].render(scale=120 / 72).to_pil().convert("RGB")


@pytest.mark.parametrize(("key", "side"), [("art-outside", 0), ("art-inside", 1)])
@pytest.mark.parametrize("layout", ["trifold-a4", "gate-a4"])
def test_a_picture_goes_over_the_folds_without_a_seam(key: str, side: int, layout: str, tmp_path: Path) -> None:
    source = leaflet(tmp_path, f"{key}: strip.svg")
    sheet = sheet_sides(source, layout)[side]
    picture = whole(source)
    top = 0 if side == 0 else sheet.height - picture.height
    band = sheet.crop((0, top, sheet.width, top + picture.height))
    inner = (2, 2, band.width - 2, band.height - 2)
    difference = ImageChops.difference(band.crop(inner), picture.crop(inner)).convert("L")
    assert difference.point(lambda value: 255 * (value > 96)).getbbox() is None
    changed = sum(difference.histogram()[32:]) / (difference.width * difference.height)
    assert changed < 0.01


def test_no_words_stand_on_the_art() -> None:
    layout = load_layout(REPOSITORY / "layouts" / "cross-fold-a4")
    metadata = Metadata(title="A short walk", art_outside="waves", art_inside="tiles")
    workspace = Workspace(root=REPOSITORY, shipped=REPOSITORY)
    banded = with_bands(layout, metadata, REPOSITORY / "source", workspace)
    assert len(banded.bands) == 4  # two rows on each side
    for band in banded.bands:
        for place in band.row:
            margins = banded.panels[place.panel].margins
            assert (margins.top if band.at_head else margins.bottom) == band.height + ABOVE


def test_sheets_without_folds_have_no_art_over_panels() -> None:
    layout = load_layout(REPOSITORY / "layouts" / "flyer-a5")
    metadata = Metadata(title="A short walk", art_outside="waves")
    workspace = Workspace(root=REPOSITORY, shipped=REPOSITORY)
    assert with_bands(layout, metadata, REPOSITORY / "source", workspace) == layout


def test_a_picture_that_is_too_high_is_refused_in_words(tmp_path: Path) -> None:
    source = leaflet(tmp_path, "art-inside: square.png")
    Image.new("RGB", (40, 40), "teal").save(source.with_name("square.png"))
    with pytest.raises(LeafletError) as caught:
        compose(source, Choices(), today=date(2026, 11, 1))
    assert str(caught.value.problems[0]) == (
        'source/walk.md:3:13: "square.png" would be 300 mm high over the whole inside; at most 74 mm are left to art\n'
        "  hint: cut it to a strip at least 4.0 times as wide as high"
    )


def test_art_that_is_neither_motif_nor_picture_is_refused(tmp_path: Path) -> None:
    source = leaflet(tmp_path, "art-inside: wavs", "motif: petals")
    with pytest.raises(LeafletError) as caught:
        compose(source, Choices(), today=date(2026, 11, 1))
    text = "\n".join(map(str, caught.value.problems))
    assert '"wavs" is not a motif' in text
    assert 'did you mean "waves"? (a picture is named by its file)' in text


def test_every_motif_is_drawn_from_the_title_alone_in_the_colours_of_the_style() -> None:
    assert set(MOTIFS) == {motif.value for motif in Motif}
    style = load_style(REPOSITORY / "styles" / "clinic")
    known = {colour.lower() for colour in (*style.art.values(), style.tokens["cover"])}
    for motif in Motif:
        for canvas in (Canvas(width=106, height=216), Canvas(width=216, height=64)):
            drawn = cover_art(replace(style, motif=motif), "A short walk", canvas)
            assert drawn == cover_art(replace(style, motif=motif), "A short walk", canvas)
            assert drawn != cover_art(replace(style, motif=motif), "A long walk", canvas)
            assert {part[:7].lower() for part in drawn.split('"') if part.startswith("#")} <= known
            assert style.art["signal"] in drawn
            assert "opacity" not in drawn
        band = Canvas(width=303, height=26, spanning=True)
        assert style.art["signal"] in band_art(replace(style, motif=motif), "A short walk", band)


@pytest.mark.parametrize(
    ("attributes", "message"),
    [("", "has no size"), ('viewBox="0 0 0 0"', "has no size"), ('viewBox="0 0 nan 5"', 'says "nan" in viewBox')],
)
def test_a_drawing_without_a_size_is_refused_where_it_is_named(attributes: str, message: str, tmp_path: Path) -> None:
    source = leaflet(tmp_path, "art-outside: strip.svg")
    (source.parent / "strip.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    with pytest.raises(LeafletError) as failure:
        sheet_sides(source, "trifold-a4")
    (problem,) = failure.value.problems
    assert message in problem.message
    assert (problem.location and problem.location.line) == 3


def test_a_picture_of_too_many_pixels_is_refused_where_it_is_named(tmp_path: Path) -> None:
    source = leaflet(tmp_path, "art-inside: strip.png")
    Image.new("1", (60_000, 4_000)).save(source.parent / "strip.png")
    with pytest.raises(LeafletError) as failure:
        sheet_sides(source, "trifold-a4")
    (problem,) = failure.value.problems
    assert "at most 100 million pixels" in problem.message
    assert (problem.location and problem.location.line) == 3

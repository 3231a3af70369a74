"""Draw docs/leaflet.png for the README: a source, the sheet made from it, and the folded leaflet; and make its sample PDFs.

Run it by ``make gallery``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import leaflet
from leaflet.starter import Answers, read_starter, starter_files

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "leaflet.png"
SAMPLES = {"medicine-sheet.pdf": "sample-sheet.pdf", "medicine.pdf": "sample.pdf"}
"""The files of a starter that the README offers, with their names there."""
SOURCE = ROOT / "source" / "ms-beta-interferon.md"
DAY = date(2026, 11, 1)
SIZE = (1566, 600)
TOP = 92
GROUND = (234, 239, 241)
INK = "#1B2B34"
FAINT = "#8A979E"
SHOWN = (
    "---", "title:", "bibliography:", "csl:", "layout:", "style:", "---", "", "## What is MS?", "", "Each nerve fibre",
    "immune system", "", "::: {.statistic", "people with", ":::",
)  # fmt: skip
"""Beginnings of the lines of the source that the picture shows, in their order."""
WIDEST = 38
SLOPE = 34
"""Height in pixels by which a panel recedes."""
COLOURS = 128
FINE = 4
"""Times that text is drawn larger, so that hinting does not move its letters."""


def main() -> None:
    """Write the picture."""
    files = leaflet.compose(SOURCE, formats=["sheet", "pdf"], today=DAY).files
    sheet = _pages(files["ms-beta-interferon-sheet.pdf"])[1]
    panels = _pages(files["ms-beta-interferon.pdf"], trimmed=True)
    picture = Image.new("RGB", SIZE, GROUND)
    _put(picture, _source_card((360, 470)), (40, TOP))
    _put(picture, _to_height(sheet, 470), (430, TOP))
    _put(picture, _unfolded([_to_height(panels[index], 470 - SLOPE) for index in (0, 1)], first_up=False), (1118, TOP))
    for number, (left, words) in enumerate(
        ((40, "You write Markdown"), (430, "The printer gets the sheet"), (1118, "Readers get the leaflet")), start=1
    ):
        _write(ImageDraw.Draw(picture), (left, 34), f"{number}   {words}", 27, weight=600)
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    small.save(TARGET, optimize=True)
    write_samples()


def write_samples() -> None:
    """Write the PDF files of a starter beside the picture."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in starter_files(read_starter("medicine", "en"), Answers(), DAY).items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        made = leaflet.compose(Path(folder) / "source" / "medicine.md", formats=["sheet", "pdf"], today=DAY).files
    for name, sample in SAMPLES.items():
        (ROOT / "docs" / sample).write_bytes(made[name])


def _pages(pdf: bytes, *, trimmed: bool = False) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        media, trim = page.get_mediabox(), page.get_trimbox()
        cut = (trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3])
        pages.append(page.render(scale=2, crop=cut if trimmed else (0, 0, 0, 0)).to_pil().convert("RGB"))
    document.close()
    return pages


def _to_height(image: Image.Image, height: int) -> Image.Image:
    return image.resize((round(image.width * height / image.height), height), Image.Resampling.LANCZOS)


def _put(picture: Image.Image, image: Image.Image, place: tuple[int, int]) -> None:
    """Paste ``image`` with a soft shadow below it."""
    mask = image.getchannel("A") if image.mode == "RGBA" else Image.new("L", image.size, 255)
    shadow = Image.new("L", picture.size, 0)
    shadow.paste(mask.point(lambda value: value * 70 // 255), (place[0] + 3, place[1] + 8))
    picture.paste((60, 80, 90), mask=shadow.filter(ImageFilter.GaussianBlur(9)))
    picture.paste(image.convert("RGB"), place, mask)


def _source_card(size: tuple[int, int]) -> Image.Image:
    card = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(card)
    lines = iter(SOURCE.read_text(encoding="utf-8").splitlines())
    for row, beginning in enumerate(SHOWN):
        line = next(line for line in lines if (line.startswith(beginning) if beginning else not line))
        shown = line if len(line) <= WIDEST else f"{line[:WIDEST].rstrip()} …"
        colour = FAINT if line.startswith(("---", ":::")) else INK
        _write(draw, (26, 22 + row * 27), shown, 17, weight=700 if line.startswith("#") else 400, colour=colour)
    return card


def _write(
    draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, *, weight: int, colour: str = INK
) -> None:
    spec = find_spec("fontpkg_source_sans_3")
    assert spec is not None
    assert spec.origin is not None
    font = ImageFont.truetype(next(Path(spec.origin).parent.rglob("SourceSans3[[]wght].ttf")), size * FINE)
    font.set_variation_by_axes([weight])
    width, height = (round(value) for value in font.getbbox(text)[2:])
    words = Image.new("L", (width + FINE, height + FINE), 0)
    ImageDraw.Draw(words).text((0, 0), text, fill=255, font=font)
    small = words.resize((words.width // FINE, words.height // FINE), Image.Resampling.LANCZOS)
    draw.bitmap(place, small, fill=colour)


def _unfolded(panels: Sequence[Image.Image], *, first_up: bool) -> Image.Image:
    """Return panels beside each other as they stand on a table, each turned against the last."""
    width = sum(panel.width for panel in panels)
    both = Image.new("RGBA", (width, panels[0].height + SLOPE), (0, 0, 0, 0))
    left = 0
    for number, panel in enumerate(panels):
        falls = bool(number % 2) == first_up
        turned = _turned(panel, falls=falls)
        both.alpha_composite(turned, (left, 0))
        left += panel.width
    return both


def _turned(panel: Image.Image, *, falls: bool) -> Image.Image:
    """Return ``panel`` as a trapezium: its far edge is shorter, and a panel that turns from the light is darker."""
    width, height = panel.size
    near, far = _edge(0, height + SLOPE, height), _edge(SLOPE, height, height)
    (left_top, left_foot), (right_top, right_foot) = (near, far) if falls else (far, near)
    corners = (0, left_top, 0, left_foot, width, right_foot, width, right_top)
    lit = panel.point(lambda value: value * 93 // 100) if falls else panel
    canvas = (width, height + SLOPE)
    turned = lit.transform(canvas, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC).convert("RGBA")
    solid = Image.new("L", panel.size, 255)
    turned.putalpha(solid.transform(canvas, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC))
    return turned


def _edge(top: int, foot: int, height: int) -> tuple[float, float]:
    """Return the heights in the panel that head and foot of the canvas show, where the edge lies between top and foot."""
    scale = height / (foot - top)
    return -top * scale, (height + SLOPE - top) * scale


if __name__ == "__main__":
    main()

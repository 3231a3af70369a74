"""Makes docs/gallery.md: every layout in every style, as it really renders. Run it by ``make gallery``."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from gallery_samples import SOURCES, longest_that_fits, workspace_in
from PIL import Image

from leaflet.design import load_layout
from leaflet.files import open_workspace

DOCS = Path(__file__).parents[1]
PICTURES = DOCS / "gallery"
WIDTH = 1000
MOST_BYTES = 60_000
GAP = 8
COLOURS = (256, 96, 48)
GROUND = "#8A8F94"
PAGES = 8
INTRODUCTION = """# Gallery

Every layout in every style, as `leaflet build` makes it. Panels come in reading order, with their bleed cut off. Where
the long sample does not fit at its layout's size of type, it is shown without its boxes, then without some of its
sections, and at last a shorter sample. `make gallery` makes this page.
"""


def main() -> None:
    """Write the page and its pictures; pictures of layouts that are no more are removed."""
    PICTURES.mkdir(exist_ok=True)
    workspace = open_workspace(SOURCES)
    styles = workspace.names("styles", "style.toml")
    layouts = workspace.names("layouts", "layout.toml")
    lines = [INTRODUCTION]
    kept = set()
    with TemporaryDirectory() as folder:
        samples = workspace_in(Path(folder))
        for layout in layouts:
            described = load_layout(DOCS.parent / "layouts" / layout).description
            lines.append(f"## {layout}\n\n{described}.\n")
            for style in styles:
                suited = longest_that_fits(layout, style, samples)
                if suited is None:
                    raise SystemExit(f"no sample fits the layout {layout} in the style {style}")
                picture = PICTURES / f"{layout}-{style}.png"
                (pdf,) = suited.made.files.values()
                picture.write_bytes(_small(_side_by_side(list(_pages(pdf)))))
                kept.add(picture)
                shown = f"{layout} in the style {style}: {suited.text}"
                lines.append(f"**{style}**\n\n![{shown}](gallery/{picture.name})\n")
    for path in set(PICTURES.glob("*.png")) - kept:
        path.unlink()
    (DOCS / "gallery.md").write_text("\n".join(lines), encoding="utf-8")


def _pages(pdf: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    for page in list(document)[:PAGES]:
        left, bottom, right, top = page.get_trimbox()
        all_left, all_bottom, all_right, all_top = page.get_mediabox()
        cut = (left - all_left, bottom - all_bottom, all_right - right, all_top - top)
        yield page.render(scale=2, crop=cut).to_pil().convert("RGB")
    document.close()


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Pages in rows of at most four, or six where all of them are narrow."""
    across = 6 if len(pages) <= 6 and pages[0].width * 2 < pages[0].height * 1.1 else 4
    rows = [pages[start : start + across] for start in range(0, len(pages), across)]
    width = max(sum(page.width + GAP for page in row) for row in rows) + GAP
    sheet = Image.new("RGB", (width, sum(max(page.height for page in row) + GAP for row in rows) + GAP), GROUND)
    top = GAP
    for row in rows:
        left = GAP
        for page in row:
            sheet.paste(page, (left, top))
            left += page.width + GAP
        top += max(page.height for page in row) + GAP
    return sheet


def _small(picture: Image.Image) -> bytes:
    """``picture`` as a PNG with a palette of its own colours, narrowed until it is light enough for a repository."""
    width = min(WIDTH, picture.width)
    while True:
        height = round(picture.height * width / picture.width)
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        for colours in COLOURS:
            made = BytesIO()
            palette = small.quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
            palette.save(made, "PNG", optimize=True)
            if made.tell() <= MOST_BYTES:
                return made.getvalue()
        width = width * 9 // 10


if __name__ == "__main__":
    main()

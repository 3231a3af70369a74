"""Makes docs/components.md: every component in every style, as it really renders. Run it by ``make gallery``."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from leaflet import Workspace
from leaflet.clock import build_day

DOCS = Path(__file__).parents[1]
SOURCE = DOCS.parent / "source" / "components" / "components.md"
PICTURES = DOCS / "components"
STYLES = ("clinic", "editorial", "clear")
GAP = 10
GROUND = "#8A8F94"
INTRODUCTION = """# Components

[source/components/components.md](../source/components/components.md) holds every component that the
[reference](reference.md#blocks) describes. This is how `leaflet build` makes it in each style. `make gallery` makes this page.
"""


def main() -> None:
    """Write the page and its pictures."""
    PICTURES.mkdir(exist_ok=True)
    lines = [INTRODUCTION]
    for style in STYLES:
        result = Workspace.around(SOURCE).compose(SOURCE, style=style, today=build_day(), formats=("pdf",))
        picture = PICTURES / f"{style}.png"
        picture.write_bytes(_beside_each_other(result.files["components.pdf"]))
        lines.append(f"## {style}\n\n![all components in the style {style}](components/{picture.name})\n")
    (DOCS / "components.md").write_text("\n".join(lines), encoding="utf-8")


def _beside_each_other(pdf: bytes) -> bytes:
    pages = [page.render(scale=1.5).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]
    width = sum(page.width + GAP for page in pages) + GAP
    sheet = Image.new("RGB", (width, pages[0].height + 2 * GAP), GROUND)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    data = BytesIO()
    sheet.quantize(128).save(data, "PNG", optimize=True)
    return data.getvalue()


if __name__ == "__main__":
    main()

"""No line ends after its first word where more of them fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.line_fill import line_fill
from leaflet.weasy.patch import patched

FONTS = BundledFonts(isolated=True)

PAGE = """<style>@page {{ size: 900px 300px; margin: 0 }} p {{ margin: 0; width: {width}px; font: 20px "Source Sans 3" }}
</style><p>Some had the drug, at one of two doses. Others had a <strong>placebo</strong>: an injection without it.</p>"""
WIDTHS = [440 + quarter / 4 for quarter in range(40)]
"""Around the width of what stands before the strong word."""


def first_line(width: float) -> str:
    """The text of the first line of a paragraph of ``width`` pixels."""
    (page,) = weasyprint.HTML(string=PAGE.format(width=width)).render(font_config=FONTS).pages
    return next(_lines(page._page_box))


def _lines(box: Any) -> Iterator[str]:
    if type(box).__name__ == "LineBox":
        yield "".join(part.text for part in box.descendants() if hasattr(part, "text"))
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


def test_a_line_for_which_only_its_last_space_is_too_much_is_filled() -> None:
    assert "Some" in {first_line(width) for width in WIDTHS}  # or WeasyPrint no longer needs help
    with patched(line_fill()):
        lines = {first_line(width) for width in WIDTHS}
    assert min(lines, key=len) == "Some had the drug, at one of two doses. Others had"

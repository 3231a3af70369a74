"""Labels of a print run: separator sheets between variants, and job marks in a strip below each sheet."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from leaflet.batch.output.templates import fill_template

STRIP = 17.0
"""The height of the strip for a job mark, in points: six millimetres, below everything that the sheet itself holds."""
# Black ink alone: a print run for a press holds no other colours than the press's inks.
CSS = """\
body { font-family: "Source Sans 3"; color: device-cmyk(0 0 0 1); margin: 0; }
.label { break-before: page; }
h1 { font-size: 30pt; line-height: 1.15; margin: 0 0 4mm; overflow-wrap: anywhere; }
p { font-size: 16pt; margin: 0 0 6mm; }
dl { font-size: 12pt; display: grid; grid-template-columns: max-content 1fr; column-gap: 6mm; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
.mark { font-size: 6pt; line-height: 17pt; white-space: nowrap; padding-left: 12mm; }
"""


class SeparatorLabel(Struct, frozen=True, kw_only=True):
    """The label of one variant, and the size in points of its page."""

    title: str
    count: str
    """As in "12 of 200"."""
    facts: Sequence[tuple[str, str]]
    width: float
    height: float


def separator_pages(labels: Sequence[SeparatorLabel]) -> bytes:
    """Return a PDF with one page for each label: its name large, to be found in a stack of paper."""
    return _pages(labels, [(label.width, label.height) for label in labels], is_mark=False, margin="18mm")


def mark_pages(labels: Sequence[SeparatorLabel]) -> bytes:
    """Return a PDF with one strip for each label, as wide as its sheet."""
    return _pages(labels, [(label.width, STRIP) for label in labels], is_mark=True, margin="0")


def _pages(
    labels: Sequence[SeparatorLabel], sizes: Sequence[tuple[float, float]], *, is_mark: bool, margin: str
) -> bytes:
    from leaflet.weasy import Renderer

    names = {size: f"size{number}" for number, size in enumerate(dict.fromkeys(sizes))}
    values: dict[str, object] = {
        "css": Markup(CSS),  # noqa: S704 - leaflet's own
        "is_mark": is_mark,
        "margin": margin,
        "sizes": [(name, f"{width:g}pt {height:g}pt") for (width, height), name in names.items()],
        "labels": [(label, names[size]) for label, size in zip(labels, sizes, strict=True)],
    }
    return Renderer().render_simple(fill_template("separators.html", values))

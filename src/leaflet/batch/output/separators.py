"""What a print run says of itself: separator sheets between variants, and job marks in a strip below each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is said of one variant, and the size in points of the page that says it."""

    title: str
    count: str
    """As in "12 of 200"."""
    facts: Sequence[tuple[str, str]]
    width: float
    height: float


def separator_pages(labels: Sequence[Label]) -> bytes:
    """A PDF with one page for each label: its name large, to be found in a stack of paper."""
    bodies = [
        f"<h1>{escape(label.title)}</h1><p>{escape(label.count)}</p><dl>"
        + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in label.facts)
        + "</dl>"
        for label in labels
    ]
    return _pages([(label.width, label.height) for label in labels], bodies, margin="18mm")


def mark_pages(labels: Sequence[Label]) -> bytes:
    """A PDF with one strip for each label, as wide as its sheet."""
    bodies = [f'<div class="mark">{escape(label.title)} · {escape(label.count)}</div>' for label in labels]
    return _pages([(label.width, STRIP) for label in labels], bodies, margin="0")


def _pages(sizes: Sequence[tuple[float, float]], bodies: Sequence[str], *, margin: str) -> bytes:
    from leaflet.weasy import Renderer

    names = {size: f"size{number}" for number, size in enumerate(dict.fromkeys(sizes))}
    rules = "".join(f"@page {name} {{ size: {w:g}pt {h:g}pt; margin: {margin} }}\n" for (w, h), name in names.items())
    pages = "".join(
        f'<div class="label" style="page: {names[size]}">{body}</div>' for size, body in zip(sizes, bodies, strict=True)
    )
    text = f"<!DOCTYPE html><html lang=en><style>{CSS}{rules}</style><body>{pages}</body></html>"
    return Renderer().render_simple(text)

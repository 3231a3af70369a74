"""Choice of a layout for ``layout: auto``: the smallest paper that is expected to hold the text."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.language import is_right_to_left
from leaflet.model.layout import Layout
from leaflet.pipeline.cite_source import CitedDocument

SMALLEST_FIRST = ("flyer-dl", "flyer-a5", "half-fold-a4", "trifold-a4", "trifold-a3", "booklet-a5", "handout-a4")
"""The layouts to choose from; the last two have as many pages as a text needs."""
HOLDS = 1.1
"""Up to this estimated fill a layout is tried: estimates are rather too high than too low."""


class Suitable(Struct, frozen=True, kw_only=True):
    """A layout that is expected to hold the text, and the reason."""

    cited: CitedDocument
    reason: str
    fill: float = 0.0
    """The share of the fullest panel that the text is expected to take; 0 where pages repeat."""


def suitable_layouts(cited: CitedDocument) -> Iterator[Suitable]:
    """Yield ``cited`` in each layout that is expected to hold it, on the smallest paper first."""
    from leaflet.design import load_layout, with_bands
    from leaflet.html import estimated_fill

    too_small: list[str] = []
    metadata, workspace = cited.document.metadata, cited.workspace
    for name in SMALLEST_FIRST:
        folder = workspace.find("layouts", name)
        if folder is None:
            continue
        layout = load_layout(folder, workspace.roots)
        layout = layout.mirrored() if is_right_to_left(metadata.lang) else layout
        layout = with_bands(layout, metadata, cited.folder, workspace)
        layout = replace(layout, fit=layout.fit.within(cited.style.fit).only(metadata.fit))
        fill = estimated_fill(cited.document, cited.citations, layout, cited.style, workspace)
        if fill <= HOLDS:
            yield Suitable(cited=replace(cited, layout=layout), reason=_reason(layout, fill, too_small), fill=fill)
        too_small.append(f"{name} {fill:.0%}")


def _reason(layout: Layout, fill: float, too_small: list[str]) -> str:
    pages = layout.repeats_pages
    size = "has as many pages as the text needs" if pages else f"is expected to be {fill:.0%} full"
    others = f"; smaller ones: {', '.join(too_small)}" if too_small else ""
    return f"layout {layout.name}: it {size}{others}"

"""Running heads, running feet and page numbers of pages that repeat, as CSS.

Short handouts have a foot with the title on the left and the page's number on the right. Long texts are read as spreads:
numbers are at the outer edge, the head of a left page has the title, and that of a right page its section.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from leaflet.design.css_strings import css_string
from leaflet.model.fold import Fold, Millimetres, Panel
from leaflet.model.layout import Layout

SMALLEST = 9.0
"""In points."""
HEAD: Millimetres = 9.0
"""From the trim to the top of a running head."""
BELOW_HEAD: Millimetres = 20.0
"""The least top margin under a running head."""
FOLIO: Millimetres = 8.0
"""From the trim to the foot of a page number at the outer edge."""
TITLE, SECTION, FOOT = "running-title", "running-section", "running-foot"
"""The named strings that hold the heads of left and of right pages, and the foot. Their words are in attributes of the HTML,
so that leaflets with other words have the same CSS."""
_HEADS = (
    f".contents{{string-set:{TITLE} attr(data-title), {SECTION} ''}}",
    f".glance{{string-set:{TITLE} '', {SECTION} ''}}",
    f".back-part > h2, .notes > h2{{string-set:{SECTION} content()}}",
    f"[data-running]{{string-set:{TITLE} attr(data-title), {SECTION} attr(data-running)}}",
)
"""The rules by which the text sets the heads; pages that open with the facts in short have none."""


class RunningLines(Struct, frozen=True, kw_only=True):
    """The lines that pages carry outside their text."""

    title: str
    """The head of left pages."""
    foot: str
    """In the foot of handouts."""
    letters: int
    """The most letters of a head."""
    has_heads: bool
    has_numbers: bool
    are_spreads: bool
    """True where left and right pages differ: numbers and heads are at the outer edge."""


def head_points(layout: Layout) -> float:
    """Return the size of type of running heads and page numbers."""
    return max(SMALLEST, layout.fit.minimum_points)


def running_css(layout: Layout, which: str, panel: Panel, lines: RunningLines, colour: str) -> Iterator[str]:
    """Yield the rules for pages called ``which`` that show ``panel``."""
    face = f"font-family:var(--label);font-size:{head_points(layout):g}pt;color:{colour}"
    booklet = layout.fold is Fold.BOOKLET
    if lines.are_spreads:
        yield from _spread(which, panel, lines, face, has_cover=not booklet)
    elif booklet:
        if lines.has_numbers:
            yield f"@page {which}{{@bottom-center{{content:counter(page);{face}}}}}"
    else:
        yield f"@page {which}{{@bottom-left{{content:string({FOOT});{face};width:75%}}}}"
        if lines.has_numbers:
            yield f'@page {which}{{@bottom-right{{content:counter(page) " / " counter(pages);{face}}}}}'
    yield f"body[data-foot]{{string-set:{FOOT} attr(data-foot)}}"
    if lines.has_heads:
        yield from _HEADS
    yield ".toc-page::before{content:leader(' ') target-counter(attr(data-target url), page)}"


def _spread(which: str, panel: Panel, lines: RunningLines, face: str, *, has_cover: bool) -> Iterator[str]:
    """Yield the rules for left and right pages; ``has_cover`` says that the first page of this kind bears the title."""
    at_foot = f"{face};vertical-align:bottom;padding-bottom:{FOLIO:g}mm"
    at_head = f"{face};vertical-align:top;padding-top:{HEAD:g}mm;white-space:nowrap;text-transform:uppercase;letter-spacing:.06em"
    top = max(panel.margins.top, BELOW_HEAD) if lines.has_heads else panel.margins.top
    for side, inner, string in (("left", "right", TITLE), ("right", "left", SECTION)):
        outer_margin, inner_margin = panel.margins.right, panel.margins.left
        margins = f"margin-top:{top:g}mm;margin-{side}:{outer_margin:g}mm;margin-{inner}:{inner_margin:g}mm;"
        number = f"@bottom-{side}{{content:counter(page);{at_foot}}}" if lines.has_numbers else ""
        foot = f"@bottom-{inner}{{content:string({FOOT});{at_foot};width:75%}}" if has_cover else ""
        head = f"@top-{side}{{content:string({string}, start);{at_head};width:100%}}" if lines.has_heads else ""
        yield f"@page {which}:{side}{{{margins}{number}{foot}{head}}}"
    if has_cover and lines.has_heads:
        yield f"@page {which}:first{{margin-top:{panel.margins.top:g}mm;@top-left{{content:none}}@top-right{{content:none}}}}"


def foot_css(foot: str) -> str:
    """Return the rule for the foot of a document whose ``body`` has no attribute for it."""
    return f"html{{string-set:{FOOT} {css_string(foot)}}}"

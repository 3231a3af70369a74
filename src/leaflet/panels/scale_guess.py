"""Guesses of the scale at which pages fit, from pages that were laid out at another."""

from __future__ import annotations

from itertools import pairwise

from leaflet.model.fold import Millimetres
from leaflet.model.layout import FitBounds, Layout
from leaflet.panels.fit import assign, groups_of
from leaflet.weasy import PageMeasure, body_points

BREAK_LOSS = 0.985
"""The factor for breaks between panels that lose space."""
PUSHED: Millimetres = 8.0
"""The space between the end of a panel and what had to go to the next, were both on one."""


def shrink_guess(pages: tuple[PageMeasure, ...], layout: Layout) -> float:
    """Return the scale at which everything should fit: type takes space on two axes, so the root of the excess."""
    panels = assign(pages, layout)
    guesses = [1.0]
    for group in groups_of(layout):
        mine = [page for page, panel in zip(pages, panels, strict=True) if panel in group.panels]
        extra = [page for page, panel in zip(pages, panels, strict=True) if panel is None and page.kind == group.name]
        height_of_all = sum(page.content.bottom - page.content.top for page in mine)
        if extra and len(mine) == 1:
            guesses.append(scale_for(height_of_all / sum(page.used for page in (*mine, *extra))))
        elif extra and height_of_all:
            # Sections that begin on new panels leave the rest of one on a page of its own: the least filled ones.
            least = sorted(page.used for page in (*mine, *extra))[: len(extra)]
            both = min(one.used + other.used for one, other in pairwise((*mine, *extra))) + PUSHED
            guesses.append(
                max(
                    scale_for(height_of_all / (height_of_all + sum(least))),
                    scale_for(min(1.0, height_of_all / len(mine) / both)),
                )
            )
    for page in pages:
        height, width = page.content.bottom - page.content.top, page.content.right - page.content.left
        guesses += [scale_for(height / (height + excess.upright)) for excess in page.excess if excess.upright]
        guesses += [width / (width + excess.sideways) for excess in page.excess if excess.sideways]
    return round(min(guesses), 3)


def scale_for(share: float) -> float:
    """Return the scale that fills ``share`` times the space that scale 1 fills, less a little for unlucky breaks."""
    return round(BREAK_LOSS * float(share**0.5), 3)


def smallest_scale(pages: tuple[PageMeasure, ...], bounds: FitBounds, scale: float) -> float:
    """Return the smallest scale for ``pages``, laid out at ``scale``: the bound, or that of the smallest legal type."""
    points = body_points(pages)
    return bounds.smallest if points is None else max(bounds.smallest, bounds.minimum_points * scale / points)

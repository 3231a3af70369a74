"""A layout: the sheet, its fold, its panels in reading order, the paper it is printed on and what the fit may do."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.model.fold import Fold, Margins, Millimetres, Panel, Placement, Side, mirrored_side
from leaflet.model.paper import Duplex


class Fit(StrEnum):
    """The changes of type and space that are allowed to fill the panels."""

    BOTH = "both"
    SHRINK = "shrink"
    GROW = "grow"
    NONE = "none"


class FitBounds(Struct, frozen=True, kw_only=True):
    """Bounds of the scale of type and space, the smallest body text allowed, in points, and how much titles may grow."""

    smallest: float = 0.85
    largest: float = 1.15
    minimum_points: float = 9.0
    largest_title: float = 1.0
    """The factor by which a short title on a cover with space for it is larger than the layout says, at most."""

    def within(self, other: FitBounds) -> FitBounds:
        """Return the bounds that both allow."""
        smallest = max(self.smallest, other.smallest)
        return FitBounds(
            smallest=smallest,
            largest=max(smallest, min(self.largest, other.largest)),
            minimum_points=max(self.minimum_points, other.minimum_points),
            largest_title=max(self.largest_title, other.largest_title),
        )

    def only(self, fit: Fit) -> FitBounds:
        """Return the bounds with one direction closed, or both."""
        match fit:
            case Fit.BOTH:
                return self
            case Fit.SHRINK:
                return replace(self, largest=1.0)
            case Fit.GROW:
                return replace(self, smallest=1.0, largest=max(1.0, self.largest))
            case Fit.NONE:
                return replace(self, smallest=1.0, largest=1.0)


class Filling(StrEnum):
    """The content of the places of a press sheet."""

    REPEAT = "repeat"
    """The same in each (step and repeat)."""
    SEQUENCE = "sequence"
    """One page after the other (n-up)."""
    STACK = "stack"
    """So that the piles of a cut stack, put on each other, are in order (cut and stack)."""


class PressSheet(Struct, frozen=True, kw_only=True):
    """The paper that is printed on, and how many sheets are cut out of it."""

    size: tuple[Millimetres, Millimetres] | None = None
    """The paper's size; None for one as large as its content needs with bleed and marks."""
    columns: int = 1
    rows: int = 1
    gutter: Millimetres = 0.0
    """The space between neighbours. Less than twice the bleed, and each gives way to the other's."""
    filling: Filling = Filling.REPEAT


class Band(Struct, frozen=True, kw_only=True):
    """Art over all panels of a row, from one edge of the sheet to the other."""

    art: str
    """A motif, or a picture's path relative to the source's folder."""
    height: Millimetres
    """From the trim."""
    at_head: bool
    """At the head of the panels; otherwise at their foot."""
    row: tuple[Placement, ...]
    """The panels, as they lie beside each other on the sheet."""


class Layout(Struct, frozen=True, kw_only=True):
    """The panels of a leaflet, in reading order, and their positions on the sheet."""

    name: str
    description: str
    folder: Path
    """The folder of its templates and CSS; read by the html stage only."""
    fold: Fold
    sheet_width: Millimetres
    sheet_height: Millimetres
    bleed: Millimetres
    panels: tuple[Panel, ...]
    """In reading order. A panel that repeats comes last, or in a booklet between the covers."""
    sides: tuple[Side, ...]
    """Empty where the number of pages decides (booklets) or each page is its own sheet side (no fold)."""
    fit: FitBounds = FitBounds()
    press_sheet: PressSheet = PressSheet()
    thickness: Millimetres = 0.1
    """Of the paper: by so much each sheet of a booklet pushes the ones inside it outwards (creep)."""
    section_pages: int = 48
    """The most pages of a booklet that are stitched together; more lie in several sections, one behind the other."""
    duplex: Duplex | None = None
    """The edge over which the printer turns the sheet; None for the one over which a page is turned."""
    right_to_left: bool = False
    """The leaflet opens to the right and its panels run from right to left."""
    ink_limit: float = 300.0
    """The most ink on one spot of the sheet, all inks together, in per cent."""
    bases: tuple[Path, ...] = ()
    """The folders of the layouts that it is based on, the nearest first."""
    bands: tuple[Band, ...] = ()
    """Art that a leaflet has over several panels; their margins leave space for it."""
    is_compact: bool = False
    """Less space is around everything but the words, and pictures are smaller."""

    @property
    def repeats_pages(self) -> bool:
        """True where a panel is laid out as often as the text needs pages."""
        return any(panel.repeats for panel in self.panels)

    def panel_at(self, page: int) -> Panel | None:
        """Return the panel on page ``page`` (counted from 0), or None where the pages are more than the panels."""
        if page < len(self.panels):
            return self.panels[page]
        return self.panels[-1] if self.panels[-1].repeats else None

    def label(self, panel: int) -> str:
        """Return the name of a panel for messages and page labels, numbered where several share it."""
        name = self.panels[panel].name
        same = [index for index, other in enumerate(self.panels) if other.name == name]
        return name if len(same) == 1 else f"{name} {same.index(panel) + 1}"

    def mirrored(self) -> Layout:
        """Return the layout for a script that runs from right to left."""
        return replace(
            self,
            sides=tuple(mirrored_side(side, self.sheet_width) for side in self.sides),
            panels=tuple(replace(panel, margins=_mirrored(panel.margins)) for panel in self.panels),
            right_to_left=not self.right_to_left,
        )

    def compact(self) -> Layout:
        """Return the layout with less space and smaller pictures, for a text that would not fit otherwise."""
        panels = tuple(replace(panel, margins=_reduced(panel.margins)) for panel in self.panels)
        return replace(self, panels=panels, is_compact=True)


LEAST_MARGIN: Millimetres = 7.0
"""Margins are not made smaller than this."""
MARGIN_SHARE, MOST_OFF = 0.15, 2.0
"""The part of a margin that a compact layout takes off, and the most in millimetres."""


def _reduced(margins: Margins) -> Margins:
    def less(margin: Millimetres) -> Millimetres:
        return max(min(margin, LEAST_MARGIN), margin - min(MOST_OFF, margin * MARGIN_SHARE))

    return Margins(
        top=less(margins.top), right=less(margins.right), bottom=less(margins.bottom), left=less(margins.left)
    )


def _mirrored(margins: Margins) -> Margins:
    return replace(margins, left=margins.right, right=margins.left)

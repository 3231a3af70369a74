"""A layout: the sheet, its fold, its panels in reading order and what the fit may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from leaflet.model.fold import Fold, Millimetres, Panel, Side


class Fit(StrEnum):
    """What may be done with type and space to fill the panels."""

    BOTH = "both"
    SHRINK = "shrink"
    GROW = "grow"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FitBounds:
    """How far type and space may be scaled to fill the panels, and the smallest body text allowed, in points."""

    smallest: float = 0.85
    largest: float = 1.15
    minimum_points: float = 9.0

    def within(self, other: FitBounds) -> FitBounds:
        """What both bounds allow."""
        smallest = max(self.smallest, other.smallest)
        return FitBounds(
            smallest=smallest,
            largest=max(smallest, min(self.largest, other.largest)),
            minimum_points=max(self.minimum_points, other.minimum_points),
        )

    def only(self, fit: Fit) -> FitBounds:
        """The bounds with one direction closed, or both."""
        match fit:
            case Fit.BOTH:
                return self
            case Fit.SHRINK:
                return replace(self, largest=1.0)
            case Fit.GROW:
                return replace(self, smallest=1.0, largest=max(1.0, self.largest))
            case Fit.NONE:
                return replace(self, smallest=1.0, largest=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which panels there are, in reading order, and how they lie on the sheet."""

    name: str
    description: str
    folder: Path
    """Where its templates and CSS are; read by the html stage only."""
    fold: Fold
    sheet_width: Millimetres
    sheet_height: Millimetres
    bleed: Millimetres
    panels: tuple[Panel, ...]
    """In reading order. A panel that repeats comes last."""
    sides: tuple[Side, ...]
    """Empty where each page is its own sheet side (no fold)."""
    fit: FitBounds = FitBounds()
    duplex: str = "short-edge"
    ink_limit: float = 300.0
    """The most ink on one spot of the sheet, all inks together, in per cent."""

    def panel_at(self, page: int) -> Panel | None:
        """The panel on page ``page`` (counted from 0), or None where the pages are more than the panels."""
        if page < len(self.panels):
            return self.panels[page]
        return self.panels[-1] if self.panels[-1].repeats else None

    def label(self, panel: int) -> str:
        """How messages and page labels name a panel: its name, numbered where several share it."""
        name = self.panels[panel].name
        same = [index for index, other in enumerate(self.panels) if other.name == name]
        return name if len(same) == 1 else f"{name} {same.index(panel) + 1}"

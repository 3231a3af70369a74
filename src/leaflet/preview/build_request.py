"""Requests to a build process, and its answers: values that travel between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from leaflet.budget import Budget
from leaflet.checks import Finding
from leaflet.errors import Problem
from leaflet.model.fold import FoldStep
from leaflet.model.layout import Layout
from leaflet.pipeline import Arrangement, Choices
from leaflet.sheet import SheetSide


class Depth(StrEnum):
    """How much is made of a leaflet."""

    QUICK = "quick"
    """Its panels after one layout, arranged as they were before."""
    FULL = "full"
    """All its files, as a build makes them."""
    CHECKED = "checked"
    """What the rules find in the files that were made last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """One leaflet to make."""

    depth: Depth
    root: Path
    """The folder of the workspace."""
    source: Path
    choices: Choices
    today: date
    budget: Budget
    text: str | None = None
    """What is in an editor, where it is not saved."""
    before: Arrangement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rectangle on a page that comes from one place of the source; millimetres from the page's top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float
    line: int
    column: int
    block: int
    """The line at which its paragraph, list, table or picture begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """One panel as it is shown."""

    key: str
    """The same as long as the page looks the same."""
    label: str
    panel: int | None
    width: float
    height: float
    margins: tuple[float, float, float, float]
    """The distances from its edges to its text: top, right, bottom, left."""
    fill: float
    free: float
    over: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A leaflet that was made, or the reasons why it could not be."""

    depth: Depth
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: tuple[ShownPage, ...] = ()
    places: tuple[Place, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    layout: Layout | None = None
    sides: tuple[SheetSide, ...] = ()
    steps: tuple[FoldStep, ...] = ()
    arrangement: Arrangement | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    """The title and the choices that are in force, by their keys in the front matter."""
    fit: str = ""
    inputs: tuple[Path, ...] = ()
    """The files that it was made from."""
    seconds: float = 0.0

    @property
    def is_shown(self) -> bool:
        """Whether there is something to show."""
        return bool(self.pages)

"""Requests to a build process, and its answers: values that travel between processes.

The server imports none of the stages, so that it is there at once: what they return has values of its own here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from leaflet.budget import Budget
from leaflet.errors import Problem
from leaflet.model.fold import FoldStep
from leaflet.model.layout import Fit, Layout


class Depth(StrEnum):
    """The parts of a leaflet that are made."""

    QUICK = "quick"
    """Its panels after one layout, arranged as they were before."""
    FULL = "full"
    """All its files, as a build makes them."""
    CHECKED = "checked"
    """Findings of the rules in the files that were made last."""


class TabChoices(Struct, frozen=True, kw_only=True):
    """Choices of a tab beside the source. None leaves the choice to the front matter."""

    layout: str | None = None
    style: str | None = None
    csl: str | None = None
    fit: Fit | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


class BuildRequest(Struct, frozen=True, kw_only=True):
    """One leaflet to make."""

    depth: Depth
    root: Path
    """The folder of the workspace."""
    source: Path
    choices: TabChoices
    today: date
    budget: Budget
    text: str | None = None
    """Unsaved text of an editor; None where all is saved."""
    before: bytes = b""
    """The arrangement of before, as an answer said it."""


class Place(Struct, frozen=True, kw_only=True):
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


class ShownPage(Struct, frozen=True, kw_only=True):
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


class ShownSide(Struct, frozen=True, kw_only=True):
    """One side of the paper as it is shown; all in millimetres, from the trim's bottom left corner."""

    key: str
    name: str
    width: float
    height: float
    margins: tuple[float, float]
    """The paper beyond the trim: on the left and on the right, above and below."""
    folds: tuple[float, ...]
    level_folds: tuple[float, ...]
    cuts: tuple[float, ...]
    level_cuts: tuple[float, ...]


class RuleFinding(Struct, frozen=True, kw_only=True):
    """A problem that a rule found, with the rule."""

    problem: Problem
    code: str
    panel: str


class Built(Struct, frozen=True, kw_only=True):
    """A leaflet that was made, or the reasons why it could not be."""

    depth: Depth
    problems: tuple[Problem, ...] = ()
    findings: tuple[RuleFinding, ...] = ()
    pages: tuple[ShownPage, ...] = ()
    places: tuple[Place, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The files by the names of their formats."""
    web_page: bytes = b""
    """The web page, whose elements name their places in the source."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names under which the files are written."""
    layout: Layout | None = None
    sides: tuple[ShownSide, ...] = ()
    steps: tuple[FoldStep, ...] = ()
    arrangement: bytes = b""
    """The arrangement, for the next quick build."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The title and the choices that are in force, by their keys in the front matter."""
    fit: str = ""
    inputs: tuple[Path, ...] = ()
    """The files that it was made from."""
    seconds: float = 0.0

    @property
    def is_shown(self) -> bool:
        """True if there is something to show."""
        return bool(self.pages)

"""What a print office asks for: sources, data, the matrix of choices, names, and rules for the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from leaflet.batch.data.read_data import DataFile
from leaflet.errors import Location
from leaflet.model.layout import Fit
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline import Choices, OutputIntent

FORMATS = ("sheet", "pdf", "html", "bib", "ris", "csl-json")


class Axis(StrEnum):
    """What a matrix can vary beside the rows of data."""

    LAYOUT = "layout"
    STYLE = "style"
    CSL = "csl"
    LANG = "lang"


class Empty(StrEnum):
    """What an empty cell means: a mistake, the source's own value, or an empty text."""

    REFUSE = "refuse"
    DEFAULT = "default"
    BLANK = "blank"


class Kind(StrEnum):
    """What the texts of a column must be."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "email"
    URL = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every value of one field must be."""

    kind: Kind = Kind.TEXT
    longest: int | None = None
    empty: Empty | None = None
    """None: as the plan says for all."""
    among: tuple[str, ...] = ()
    """The only values allowed; any where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Values that win over those of the rows which have all the values of ``match``."""

    match: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A batch as it was asked for. Paths are absolute; names are checked when it is expanded."""

    workspace: Workspace
    sources: tuple[Path, ...]
    output: Path
    data: DataFile | None = None
    name: str | None = None
    """The template of output names; None for one that follows from the data and the matrix."""
    formats: tuple[str, ...] = FORMATS
    axes: Mapping[Axis, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    """Values for all variants, over those of the rows."""
    include: tuple[Mapping[str, str], ...] = ()
    exclude: tuple[Mapping[str, str], ...] = ()
    overrides: tuple[Override, ...] = ()
    where: tuple[str, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    empty: Empty = Empty.REFUSE
    fit: Fit | None = None
    """None: as each source says."""
    finish: OutputIntent = field(default_factory=OutputIntent)
    allow_overflow: bool = False
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each key of the plan stands, by dotted name."""

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that were asked for so far, none of which may be replaced."""
        asked = self.workspace.inputs if isinstance(self.workspace, WatchedWorkspace) else ()
        return (*asked, *self.sources, *([self.data.path] if self.data else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One leaflet to be built."""

    name: str
    """What its files are called, without their endings."""
    source: Path
    choices: Choices
    labels: Mapping[str, str]
    """What was chosen, in words: source, row, layout, style, csl and lang."""
    values: Mapping[str, str]
    """The row as it stands in the data, under the plan's own values."""
    place: Location | None

"""A batch as planned: sources, data, the matrix of choices, names, and rules for the data; and the variants in it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from leaflet.batch.data.read_data import DataFile
from leaflet.errors import Location
from leaflet.files import nearest_place
from leaflet.model.layout import Fit
from leaflet.model.output_format import ORDINARY_FORMATS, OutputFormat
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline import Choices, OutputIntent


class Axis(StrEnum):
    """A choice that a matrix can vary beside the rows of data."""

    LAYOUT = "layout"
    STYLE = "style"
    CSL = "csl"
    LANG = "lang"


class Empty(StrEnum):
    """The meaning of an empty cell: a mistake, the source's own value, or an empty text."""

    REFUSE = "refuse"
    DEFAULT = "default"
    BLANK = "blank"


class FieldKind(StrEnum):
    """The kind of text that a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "email"
    URL = "url"


class FieldRule(Struct, frozen=True, kw_only=True):
    """The rule for the values of one field."""

    kind: FieldKind = FieldKind.TEXT
    longest: int | None = None
    empty: Empty | None = None
    """None: as the plan says for all."""
    among: tuple[str, ...] = ()
    """The only values allowed; any where it is empty."""


class Override(Struct, frozen=True, kw_only=True):
    """Values that replace those of the rows which have all the values of ``match``."""

    match: Mapping[str, str]
    values: Mapping[str, str]


class Plan(Struct, frozen=True, kw_only=True):
    """A batch as requested. Paths are absolute; names are checked when it is expanded."""

    workspace: Workspace
    sources: tuple[Path, ...]
    output: Path
    data: DataFile | None = None
    name: str | None = None
    """The template of output names; None for one that follows from the data and the matrix."""
    formats: tuple[OutputFormat, ...] = ORDINARY_FORMATS
    axes: Mapping[Axis, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    """Values for all variants, over those of the rows."""
    include: tuple[Mapping[str, str], ...] = ()
    exclude: tuple[Mapping[str, str], ...] = ()
    overrides: tuple[Override, ...] = ()
    where: tuple[str, ...] = ()
    rules: Mapping[str, FieldRule] = field(default_factory=dict)
    empty: Empty = Empty.REFUSE
    fit: Fit | None = None
    """None: as each source says."""
    finish: OutputIntent = field(default_factory=OutputIntent)
    allow_overflow: bool = False
    strict: bool = False
    """True where each warning is an error."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """The place of each value in the plan file, by dotted name: ``matrix.layout.0``."""

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files opened so far, none of which may be replaced."""
        opened = self.workspace.inputs if isinstance(self.workspace, WatchedWorkspace) else ()
        return (*opened, *self.sources, *([self.data.path] if self.data else []))

    def place(self, *names: str | int) -> Location | None:
        """Return the place of a value in the plan file, or of the nearest value around it that is known."""
        return nearest_place(names, self.places)


class Variant(Struct, frozen=True, kw_only=True):
    """One leaflet to be built."""

    name: str
    """The name of its files, without their endings."""
    source: Path
    choices: Choices
    labels: Mapping[str, str]
    """The choices by name: source, row, layout, style, csl and lang."""
    values: Mapping[str, str]
    """The row of the data, with the plan's own values over it."""
    place: Location | None
    """The row in its file; None if there is no data."""

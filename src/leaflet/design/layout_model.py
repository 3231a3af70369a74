"""The keys of ``layout.toml`` as a pydantic model: for checking a layout, and as JSON Schema for editors."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, WithJsonSchema, model_validator

from leaflet.design.layout_words import Family, LinkPlace, NotePlace, PanelPart
from leaflet.files import Invalid, TomlTable, TomlText, checked_text, refused_sentence, shown, suggestion
from leaflet.model.fold import Fold, Margins
from leaflet.model.layout import Filling, FitBounds
from leaflet.model.paper import SIZES, Duplex, Orientation, paper_size

MARGINS_EXAMPLE = "write top, right, bottom and left in millimetres: margins = [14, 9, 12, 11]"
MOST_MILLIMETRES = 5000
"""A PDF page can be about this long."""


def _paper(name: str) -> str:
    if name not in SIZES:
        hint = suggestion(name, SIZES) or f"choose one of {', '.join(SIZES)}, or give width and height"
        raise Invalid(f"{shown(name)} is not a size of paper", hint)
    return name


def _one_word(name: str) -> str:
    if not name.isidentifier():
        raise Invalid(f"{shown(name)} is not one word", 'give the panel one word of letters: name = "cover"')
    return name


def _four_margins(value: object) -> object:
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 4 or not all(type(number) in (int, float) for number in numbers):
        raise refused_sentence("the margins of this panel are not four numbers", MARGINS_EXAMPLE)
    return numbers


def _some_panels(panels: object) -> object:
    if not isinstance(panels, list) or not panels or not all(isinstance(panel, dict) for panel in panels):
        raise refused_sentence("there are no panels", "write [[panel]] once for each panel, in reading order")
    return panels


Length = Annotated[float, Field(ge=0, le=MOST_MILLIMETRES, strict=True, allow_inf_nan=False)]
Side = Annotated[float, Field(ge=1, le=MOST_MILLIMETRES, strict=True, allow_inf_nan=False)]
Points = Annotated[float, Field(gt=0, le=1000, strict=True, allow_inf_nan=False)]
Scale = Annotated[float, Field(ge=0.1, le=10, strict=True, allow_inf_nan=False)]
Count = Annotated[StrictInt, Field(ge=1, le=100)]
Paper = Annotated[str, checked_text(_paper), WithJsonSchema({"enum": list(SIZES)})]


class PaperTable(TomlTable):
    """A paper by its name and how it lies, or by its width and height in millimetres."""

    size: Paper | None = None
    orientation: Orientation = Orientation.PORTRAIT
    width: Side | None = None
    height: Side | None = None

    def measured(self) -> tuple[float, float] | None:
        """Return the width and height, or None where the table gives none."""
        if self.size is not None:
            return paper_size(self.size, self.orientation)
        return None if self.width is None or self.height is None else (self.width, self.height)

    @model_validator(mode="after")
    def has_one_size(self) -> Self:
        """Refuse a paper by name and by measure, and half a measure."""
        given = [key for key in ("width", "height") if getattr(self, key) is not None]
        if self.size is not None and given:
            raise refused_sentence("there is a size, and a width or height as well", "keep one of the two")
        if len(given) == 1:
            missing = "height" if given == ["width"] else "width"
            raise refused_sentence(f"{missing} is missing", f"write it in millimetres, for example {missing} = 210")
        return self


class SheetTable(PaperTable):
    """The sheet that is folded."""

    @model_validator(mode="after")
    def has_a_size(self) -> Self:
        """Refuse a sheet of no size."""
        if self.measured() is None:
            raise refused_sentence("the sheet has no size", 'write size = "A4", or width and height in millimetres')
        return self


class FoldTable(TomlTable):
    """The fold of the sheet."""

    kind: Fold = Fold.NONE
    tuck: Length = 3.0
    """The difference in width of a panel that folds inside, in millimetres."""
    gap: Length = 2.0
    """The opening between two gates, in millimetres."""
    thickness: Length = 0.1
    """Of a booklet's paper, in millimetres."""
    section_pages: Annotated[int, Field(ge=4, le=400, multiple_of=4, strict=True)] = 48
    """The most pages of a booklet that are stitched together; more lie in several sections."""


class PressSheetTable(PaperTable):
    """The paper that is printed on, and how many sheets are cut out of it."""

    columns: Count = 1
    rows: Count = 1
    gutter: Length = 0.0
    """The space between neighbours, in millimetres."""
    filling: Filling = Filling.REPEAT
    """The content of the places: the same in each, or one page after the other."""


class FitTable(TomlTable):
    """The bounds within which type and space may be scaled so that the text fills its panels."""

    smallest: Scale = 0.85
    largest: Scale = 1.15
    minimum_points: Annotated[float, Field(ge=0, le=1000, strict=True, allow_inf_nan=False)] = 9.0
    """The size below which text is never set."""
    largest_title: Scale = 1.0
    """The factor by which a short title may be larger, where its cover has space for it."""

    @model_validator(mode="after")
    def is_a_range(self) -> Self:
        """Refuse bounds that leave nothing between them."""
        if self.smallest > self.largest:
            raise refused_sentence(
                f"smallest ({self.smallest:g}) is more than largest ({self.largest:g})", "exchange the two"
            )
        return self

    def bounds(self) -> FitBounds:
        """Return the bounds as the fit search takes them."""
        return FitBounds(
            smallest=self.smallest,
            largest=self.largest,
            minimum_points=self.minimum_points,
            largest_title=self.largest_title,
        )


class TypeTable(TomlTable):
    """Sizes in points at scale 1."""

    body: Points | None = None
    line: Points | None = None
    """The distance of lines."""
    small: Points | None = None
    fine: Points | None = None
    lead: Points | None = None
    title: Points | None = None
    heading: Points | None = None
    phone: Points | None = None
    subtitle: Points | None = None

    def sizes(self) -> dict[str, float]:
        """Return the sizes that are given, by name."""
        return {key: size for key, size in self if size is not None}


class PanelTable(TomlTable):
    """A panel, in reading order."""

    name: Annotated[str, checked_text(_one_word), WithJsonSchema({"type": "string"})] = Field(examples=["cover"])
    """One word; panels of one name share their text."""
    margins: Annotated[tuple[Length, Length, Length, Length], BeforeValidator(_four_margins)] = Field(
        examples=[[14, 9, 12, 11]]
    )
    """Top, right, bottom and left, in millimetres."""
    mirrored: StrictBool = False
    """True where the pages of long texts are spreads: left pages have the margins of right ones mirrored, and both have their
    numbers at the outer edge."""
    repeats: StrictBool = False
    """True for as many panels as the text needs."""
    holds: tuple[PanelPart, ...] = ()
    """The parts on it, in order."""
    may_hold: tuple[PanelPart, ...] = ()
    """Parts that it takes where their own panel is too full."""

    def measured_margins(self) -> Margins:
        """Return the margins by name."""
        top, right, bottom, left = self.margins
        return Margins(top=top, right=right, bottom=bottom, left=left)


class LayoutFile(TomlTable):
    """A layout: the sheet, its fold and its panels with the parts that they hold."""

    description: TomlText = ""
    """One line for ``leaflet layouts``."""
    based_on: TomlText | None = None
    """The layout from which this one takes what it does not say itself."""
    family: Family | None = None
    """The look that it shares with others."""
    duplex: Duplex | None = None
    """The edge over which the printer turns the sheet."""
    notes: NotePlace = NotePlace.FOOT
    """The place of footnotes."""
    links: LinkPlace = LinkPlace.NONE
    """The place of the addresses of links."""
    text_columns: Annotated[int, Field(ge=1, le=4, strict=True)] = 1
    """The number of columns of the text, on pages that repeat."""
    column_gap: Length = 10.0
    """The space between columns, in millimetres."""
    bleed: Length = 3.0
    """The bleed: how far colour runs over the edge, in millimetres."""
    ink_limit: Annotated[float, Field(ge=100, le=400, strict=True, allow_inf_nan=False)] = 300.0
    """The most ink on one spot, in per cent."""
    sheet: SheetTable
    fold: FoldTable = FoldTable()
    press_sheet: PressSheetTable = PressSheetTable()
    fit: FitTable = FitTable()
    type: TypeTable = TypeTable()
    panel: Annotated[tuple[PanelTable, ...], BeforeValidator(_some_panels)] = ()

    @model_validator(mode="before")
    @classmethod
    def has_panels(cls, data: object) -> object:
        """Let the absence of panels be refused with the same words as a wrong value."""
        return {"panel": [], **data} if isinstance(data, dict) else data

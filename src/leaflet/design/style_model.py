"""The keys of ``style.toml`` as a pydantic model: for checking a style, and as JSON Schema for editors."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from leaflet.design.layout_model import FitTable, Scale, TypeTable
from leaflet.files import TomlColour, TomlTable, TomlText
from leaflet.model.motif import Motif
from leaflet.model.typefaces import FACES

Typeface = Annotated[TomlText, Field(examples=list(FACES))]


class ColoursTable(TomlTable):
    """The colours that CSS knows by the same names."""

    paper: TomlColour
    ink: TomlColour
    muted: TomlColour
    brand: TomlColour
    brand_deep: TomlColour
    on_brand: TomlColour
    tint: TomlColour
    tint_2: TomlColour
    rule: TomlColour
    accent: TomlColour
    accent_tint: TomlColour
    on_accent: TomlColour
    cover: TomlColour
    on_cover: TomlColour
    on_cover_soft: TomlColour
    plate: TomlColour
    on_plate: TomlColour
    flap: TomlColour


class ArtTable(TomlTable):
    """The colours of the motif on the cover."""

    line: TomlColour
    one: TomlColour
    two: TomlColour
    three: TomlColour
    four: TomlColour
    signal: TomlColour


class FacesTable(TomlTable):
    """The typefaces; headings and labels are set like the text if they have none."""

    text: Typeface = next(iter(FACES))
    headings: Typeface | None = None
    labels: Typeface | None = None

    def by_role(self) -> dict[str, str]:
        """Return the family of the text, of headings and of labels."""
        return {"text": self.text, "headings": self.headings or self.text, "labels": self.labels or self.text}


class StyleFitTable(FitTable):
    """The bounds within which the style may be scaled; a layout may allow less."""

    smallest: Scale = 0.1
    largest: Scale = 10.0
    minimum_points: Annotated[float, Field(ge=0, le=1000, strict=True, allow_inf_nan=False)] = 0.0
    """The size below which text is never set."""


class StyleFile(TomlTable):
    """A style: colours, typefaces and the motif on the cover."""

    description: TomlText = ""
    """One line for a list of styles."""
    based_on: TomlText | None = None
    """The style from which this one takes what it does not say itself."""
    motif: Motif
    """The subject of the cover's picture."""
    badge: Literal["disc", "ring", "square"]
    """The ground of icons."""
    colours: ColoursTable
    art: ArtTable
    faces: FacesTable = FacesTable()
    type: TypeTable = TypeTable()
    fit: StyleFitTable = StyleFitTable()

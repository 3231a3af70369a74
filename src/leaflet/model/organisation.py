"""An organisation's own look, which a workspace lays over any style."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from leaflet.errors import Location
from leaflet.model.fold import Millimetres


class Organisation(Struct, frozen=True, kw_only=True):
    """The look of an organisation; what is None or missing is left to the style."""

    name: str | None = None
    logo: str | None = None
    """A picture as a ``data:`` address."""
    logo_on_dark: str | None = None
    """The same logo for dark grounds; None where one serves both."""
    logo_height: Millimetres = 12.0
    logo_has_name: bool = False
    """True where the logo spells the name, so that it is not printed again below it."""
    logo_colours: tuple[str, ...] = ()
    """The colours of the logo, ``#RRGGBB``; of two logos those of the one for light grounds."""
    dark_logo_colours: tuple[str, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    """``#RRGGBB`` in capitals, by the name of the token."""
    text: str | None = None
    """The typeface of the text."""
    headings: str | None = None
    labels: str | None = None
    motif: str | None = None
    places: Mapping[str, Location] = field(default_factory=dict)
    """The place of each value in the settings, by its key."""

    def place(self, key: str) -> Location | None:
        """Return the place of the value of ``key``, or of the table that it would be in."""
        return self.places.get(key, self.places.get(""))

"""Entry of a .bib file, as the reader of files hands it to the reader of fields."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from leaflet.errors import Location, Problem, Severity

Fields = Mapping[str, str]


class BibtexEntry(Struct, frozen=True, kw_only=True):
    """One entry: its fields by name in small letters, as LaTeX text without the outer braces or quotes."""

    key: str
    type: str
    fields: Fields
    location: Location

    def warning(self, message: str, hint: str | None = None) -> Problem:
        """Return a warning about this entry."""
        return Problem(message=f"{self.key}: {message}", location=self.location, hint=hint, severity=Severity.WARNING)

"""Answers of somebody who starts a workspace: who they are, and how their leaflets look."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Answers(Struct, frozen=True, kw_only=True):
    """Facts about an organisation; an empty text is no answer."""

    name: str = ""
    """The person who writes the leaflet."""
    organisation: str = ""
    colour: str = ""
    """The organisation's colour, ``#RRGGBB``."""
    logo: Path | None = None
    """A picture anywhere on the machine; the workspace gets a copy."""
    phone: str = ""
    email: str = ""
    address: str = ""
    web: str = ""

    @property
    def say_something(self) -> bool:
        """True where the organisation or a person is known, so that nothing invented may be printed beside them."""
        return any((self.name, self.organisation, self.phone, self.email, self.address, self.web))

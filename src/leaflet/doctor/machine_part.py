"""One thing that leaflet needs or can use on a machine."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class PartState(StrEnum):
    """State of a part: an untested version works as far as anybody knows."""

    FOUND = "found"
    UNTESTED = "untested"
    MISSING = "missing"
    BROKEN = "broken"


class MachinePart(Struct, frozen=True, kw_only=True):
    """A program, library, font or folder, whether it is there, and how to get it."""

    name: str
    state: PartState
    needed: bool
    """True where leaflet builds nothing without it."""
    detail: str
    """Its version or path, or why it cannot be used."""
    purpose: str
    cure: tuple[str, ...] = ()
    """Commands, or sentences where no command does it; empty where nothing needs to be done."""

    @property
    def works(self) -> bool:
        """True where leaflet can use it."""
        return self.state in (PartState.FOUND, PartState.UNTESTED)

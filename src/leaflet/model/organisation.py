"""An organisation's own look, as ``leaflet.toml`` gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaflet.errors import Location

TABLE = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The table ``[organisation]`` with the places of its values, and its logo."""

    values: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, Location] = field(default_factory=dict)
    logo: str = ""
    """The logo as a ``data:`` address; empty where there is none."""

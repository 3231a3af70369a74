"""Facts of a cited item that several rules ask for."""

from __future__ import annotations

from leaflet.model.citation import Item


def year_of(item: Item) -> int | None:
    """Return the year in which a work was issued; None where it is not known."""
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0][0] if parts and parts[0] else None
    text = str(first or "")
    return int(text) if text.lstrip("-").isdigit() else None

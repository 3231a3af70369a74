"""Messages about characters that no bundled font has: one for each line of the source."""

from __future__ import annotations

from collections.abc import Iterable

from leaflet.errors import Location, Problem
from leaflet.model.font_packages import Extra
from leaflet.panels.source_map import SourceMap
from leaflet.weasy import extra_for

MOST_NAMED = 8
"""Characters that one message names; of more it gives the count."""


def missing_glyphs(characters: Iterable[str], source_map: SourceMap) -> tuple[Problem, ...]:
    """Return the problems about ``characters``, which could not be printed."""
    places = {character: source_map.character(character) for character in characters}
    found: dict[tuple[int | None, Extra | None], list[str]] = {}
    for character, place in places.items():
        found.setdefault((place.line if place else None, extra_for(character)), []).append(character)
    return tuple(_problem(places[together[0]], extra, together) for (_, extra), together in found.items())


def _problem(place: Location | None, extra: Extra | None, characters: list[str]) -> Problem:
    if extra:
        return Problem(
            message=f"there are {extra.letters} letters here, for which no font is installed",
            location=place,
            hint=f'install it: pip install "leaflet-press[{extra.name}]"',
        )
    named = [f'"{character}" (U+{ord(character):04X})' for character in characters[:MOST_NAMED]]
    more = f" and {len(characters) - MOST_NAMED} more" if len(characters) > MOST_NAMED else ""
    what = f"the characters {', '.join(named)}{more} are" if len(characters) > 1 else f"the character {named[0]} is"
    return Problem(
        message=f"{what} in none of the bundled fonts",
        location=place,
        hint="write it another way, or use an icon" if len(characters) == 1 else "write them another way",
    )

"""Icon arrays: so many of so many people, who differ in shape as well as in colour."""

from __future__ import annotations

from markupsafe import Markup

from leaflet.model.fold import Millimetres

ACROSS, MANY_ACROSS = 10, 25
"""The numbers of people beside each other: up to a hundred, and above."""
PERSON: Millimetres = 3.9
"""The width of a person of a hundred; the height is 1.3 times that."""
SMALL_PERSON: Millimetres = 2.6


def people(count: int, total: int, title: str, *, counted: str, others: str) -> Markup:
    """Return ``total`` people, the first ``count`` of them white on a tile of the colour ``counted``."""
    across = ACROSS if total <= ACROSS**2 else MANY_ACROSS
    rows = -(-total // across)
    size = PERSON if total <= ACROSS**2 else SMALL_PERSON
    drawn = Markup().join(
        _person(place % across * 10, place // across * 13, counted if place < count else None, others)
        for place in range(total)
    )
    return Markup(
        '<svg role="img" xmlns="http://www.w3.org/2000/svg" width="{:.2f}mm" height="{:.2f}mm" viewBox="0 0 {} {}">'
        "<title>{}</title>{}</svg>"
    ).format(across * size, rows * size * 1.3, across * 10, rows * 13, title, drawn)


def _person(x: int, y: int, tile: str | None, outline: str) -> Markup:
    body = f"M{x + 2.1:g} {y + 11.3:g}v-2.2a2.9 2.9 0 0 1 5.8 0v2.2z"
    if tile is None:
        look = f'fill="none" stroke="{outline}" stroke-width="0.8" stroke-linejoin="round"'
        ground = ""
    else:
        look = 'fill="#FFFFFF"'
        ground = f'<rect x="{x + 0.4:g}" y="{y + 0.3:g}" width="9.2" height="12.2" rx="1.6" fill="{tile}"/>'
    head = f'<circle cx="{x + 5}" cy="{y + 3.4:g}" r="1.75" {look}/>'
    return Markup(f'{ground}{head}<path d="{body}" {look}/>')  # noqa: S704 - made of numbers and checked colours

"""Placeholders of a new workspace's first leaflet, which its author must replace."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.errors import Problem, Severity
from leaflet.model.metadata import Metadata

PLACEHOLDERS = frozenset(
    {
        "Your Name",
        "Your organisation",
        "Your team",
        "LEAFLET-001",
        "01632 960 000",
        "hello@example.org",
        "https://example.org/washing-your-hands",
        "Say here in one sentence who you are and why readers can trust you.",
    }
)


def placeholders_left(metadata: Metadata) -> tuple[Problem, ...]:
    """Return a warning for each value that a new workspace came with, at its place."""
    return tuple(
        Problem(
            message=f'"{key.partition(".")[0]}" still says "{value}", as a new workspace does',
            location=metadata.places.get(key) or metadata.places.get(key.rpartition(".")[0]),
            hint="write your own, or take the line out",
            severity=Severity.WARNING,
        )
        for key, value in _values(metadata)
        if value in PLACEHOLDERS
    )


def _values(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield from (("publisher", metadata.publisher), ("code", metadata.code), ("url", metadata.url))
    for index, person in enumerate(metadata.authors):
        yield from ((f"author.{index}", person.name), (f"author.{index}.bio", person.bio))
    if contact := metadata.contact:
        yield from (("contact.name", contact.name), ("contact.phone", contact.phone), ("contact.email", contact.email))

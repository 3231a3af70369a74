"""Characters of a leaflet that a typeface of its workspace has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leaflet.errors import Location, Problem, Severity
from leaflet.model.document import Document
from leaflet.model.typefaces import OwnTypeface
from leaflet.model.walk import plain_text

MOST_SHOWN = 12


def missing_characters(document: Document, typefaces: Mapping[str, OwnTypeface], family: str) -> Iterator[Problem]:
    """Yield a warning where the typeface of the text has not all of the text's characters."""
    typeface = typefaces.get(family)
    if typeface is None:
        return
    metadata = document.metadata
    text = plain_text(document.blocks) + metadata.title + metadata.subtitle + metadata.audience + metadata.disclaimer
    missing = sorted(
        {char for char in text if char.isprintable() and not char.isspace()} - set(map(chr, typeface.characters))
    )
    if missing:
        shown = " ".join(missing[:MOST_SHOWN]) + (" and more" if len(missing) > MOST_SHOWN else "")
        yield Problem(
            message=f"{family} has no {shown}, so that another typeface prints it",
            location=Location(file=typeface.files[0].path),
            hint="choose a typeface that has all characters of the text, or a fuller version of this one",
            severity=Severity.WARNING,
        )

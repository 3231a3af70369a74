"""Typefaces of a style: those that come with leaflet, and those of the workspace, which are checked and measured."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from leaflet.design.styles import Style
from leaflet.errors import LayoutError, Location, Problem
from leaflet.files import Invalid, checked_face
from leaflet.model.organisation import Organisation
from leaflet.model.typefaces import FACES, OwnTypeface

FACE_KEYS = ("text", "headings", "labels")
"""The keys of an organisation that name typefaces."""


def with_typefaces(style: Style, own: Mapping[str, OwnTypeface], organisation: Organisation) -> Style:
    """Return ``style`` with the widths of all typefaces that there are.

    Raises:
        LayoutError: it, or the organisation, names a typeface that is not there.
    """
    problems = []
    for family in dict.fromkeys(style.faces.values()):
        try:
            checked_face(family, own)
        except Invalid as error:
            chosen = next((key for key in FACE_KEYS if getattr(organisation, key) == family), None)
            place = organisation.place(chosen) if chosen else Location(file=f"styles/{style.name}/style.toml")
            problems.append(Problem(message=error.message, location=place, hint=error.hint))
    if problems:
        raise LayoutError(problems)
    widths = {family: typeface.character for family, typeface in own.items()}
    return replace(style, characters={**FACES, **widths})

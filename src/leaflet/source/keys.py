"""Citation keys that no reference answers to."""

from __future__ import annotations

from collections.abc import Collection

from leaflet.errors import Problem
from leaflet.files import suggestion
from leaflet.model.citation import CiteMode
from leaflet.model.document import Document
from leaflet.model.walk import clusters


def check_keys(document: Document, keys: Collection[str]) -> tuple[Problem, ...]:
    """An error for each cite, and each entry of ``nocite``, whose key is not among ``keys``."""
    problems: list[Problem] = []
    for reference in clusters(document):
        for cite in reference.cluster.cites:
            if cite.key not in keys:
                plain = f"write \\@{cite.key} if this is no citation" if cite.mode is CiteMode.NARRATIVE else None
                problems.append(
                    Problem(
                        message=f'"{cite.key}" is in no bibliography',
                        location=cite.location,
                        hint=suggestion(cite.key, keys) or plain or "add the reference, or correct the key",
                    )
                )
    places = document.metadata.places
    for index, key in enumerate(document.metadata.nocite):
        if key != "@*" and key not in keys:
            place = places.get(f"nocite.{index}") or places.get("nocite")
            hint = suggestion(key, keys) or "add the reference, or correct the key"
            problems.append(Problem(message=f'nocite: "{key}" is in no bibliography', location=place, hint=hint))
    return tuple(problems)

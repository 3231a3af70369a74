"""Check that CSS is not nested too deeply for its readers."""

from __future__ import annotations

from leaflet.errors import Location, Problem
from leaflet.files import line_too_deep

DEEPEST = 60
"""Levels of brackets in CSS. WeasyPrint reads them recursively."""


def nesting_problem(css: str, file: str) -> Problem | None:
    """Return a message for CSS that is nested too deeply, or None."""
    line = line_too_deep(css, DEEPEST)
    if line is None:
        return None
    hint = "look for a bracket that is not closed"
    message = f"the brackets of this CSS are nested more than {DEEPEST} levels deep"
    return Problem(message=message, location=Location(file=file, line=line), hint=hint)

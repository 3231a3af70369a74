"""Findings of the checks: a rule's answer, and the answer with the rule's code."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from leaflet.errors import Location, Problem, Severity

BUILD = "build"
"""The code of what a build itself reports, for which there is no rule."""


class Fix(Struct, frozen=True, kw_only=True):
    """One change of a text file: ``length`` characters at a place give way to ``text``."""

    at: Location
    length: int
    text: str


class Hit(Struct, frozen=True, kw_only=True):
    """One place that a rule complains about."""

    message: str
    at: Location | None = None
    length: int = 0
    """The characters to mark, from the column of ``at``; 0 marks only the first."""
    hint: str | None = None
    panel: str = ""
    fix: Fix | None = None
    """A change that leaves the meaning as it is."""


class Finding(Struct, frozen=True, kw_only=True):
    """One complaint of a check, with the code of its rule."""

    code: str
    name: str
    message: str
    severity: Severity = Severity.WARNING
    location: Location | None = None
    length: int = 0
    hint: str | None = None
    panel: str = ""
    fix: Fix | None = None

    def __str__(self) -> str:
        head = f"{self.location}: " if self.location else ""
        if self.severity is Severity.WARNING:
            head += "warning: "
        panel = f" [{self.panel}]" if self.panel else ""
        code = "" if self.code == BUILD else f"{self.code} "
        return f"{head}{code}{self.message}{panel}"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Return the sorting key: by place, then by code."""
        place = self.location or Location(file="")
        return place.file, place.line or 0, place.column or 0, self.code, self.message

    def as_error(self) -> Finding:
        """Return the finding with the weight of an error."""
        return replace(self, severity=Severity.ERROR)


def from_problem(problem: Problem) -> Finding:
    """Return what a build reports as a finding."""
    return Finding(
        code=BUILD,
        name="build",
        message=problem.message,
        severity=problem.severity,
        location=problem.location,
        hint=problem.hint,
    )

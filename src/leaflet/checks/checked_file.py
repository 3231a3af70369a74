"""The result of a check: one leaflet or PDF with everything that is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.checks.drawn_places import DrawnPlace
from leaflet.checks.finding import Finding, from_problem
from leaflet.errors import Location, Problem, Severity, as_errors
from leaflet.panels import FitReport


class CheckedFile(Struct, frozen=True, kw_only=True):
    """One leaflet or PDF that was checked."""

    source: str
    problems: tuple[Problem, ...] = ()
    """Reports of the build."""
    findings: tuple[Finding, ...] = ()
    """Findings of the rules."""
    fit: FitReport | None = None
    """The fill of the panels, where they could be laid out."""
    lines: tuple[str, ...] = ()
    """The lines of the source's file."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The files that were made, by the names of their formats."""
    drawn: Mapping[Finding, tuple[DrawnPlace, ...]] = field(default_factory=dict)
    """The places of findings on the panels, where a report is to draw them."""
    pointers: tuple[tuple[str, Location | None], ...] = ()
    """Sections to look at first because they are hard to read, each in a few words, with their places."""
    looked_for: tuple[Path, ...] = ()
    """The files that the check asked for, whether they are there or not."""

    @property
    def everything(self) -> tuple[Finding, ...]:
        """Reports of the build and findings of the rules, in the order of their places."""
        found = (*map(from_problem, self.problems), *self.findings)
        return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.order))

    @property
    def has_errors(self) -> bool:
        """True if anything is worse than a warning."""
        return any(finding.severity is Severity.ERROR for finding in self.everything)

    def as_errors(self) -> CheckedFile:
        """Return the result with each warning as an error."""
        return replace(
            self,
            problems=as_errors(self.problems),
            findings=tuple(finding.as_error() for finding in self.findings),
            drawn={finding.as_error(): places for finding, places in self.drawn.items()},
        )

    def within(self, folder: str) -> CheckedFile:
        """Return the result with its files named from a folder around the workspace: ``folder`` is the path to it."""

        def placed(location: Location | None) -> Location | None:
            return replace(location, file=f"{folder}{location.file}") if location else None

        return replace(
            self,
            source=f"{folder}{self.source}",
            problems=tuple(replace(problem, location=placed(problem.location)) for problem in self.problems),
            findings=tuple(replace(finding, location=placed(finding.location)) for finding in self.findings),
            drawn={},
        )

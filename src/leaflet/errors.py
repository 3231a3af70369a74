"""Location, severity, message and cure of everything that can go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Severity(StrEnum):
    """Weight of a problem: an error stops the build, a warning is printed beside the result."""

    ERROR = "error"
    WARNING = "warning"


class Location(Struct, frozen=True, kw_only=True):
    """A place in a file. ``line`` and ``column`` count from 1; None means the file as a whole."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


class Problem(Struct, frozen=True, kw_only=True):
    """One mistake: where it is, what it is, and the cure."""

    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        head = f"{self.location}: " if self.location else ""
        if self.severity is Severity.WARNING:
            head += "warning: "
        tail = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{head}{self.message}{tail}"


def as_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return ``problems`` with each warning as an error, for those who asked to be strict."""
    return tuple(replace(problem, severity=Severity.ERROR) for problem in problems)


class LeafletError(Exception):
    """Everything leaflet refuses to do, with all the reasons at once."""

    def __init__(self, problems: Iterable[Problem] | Problem | str) -> None:
        if isinstance(problems, str):
            problems = Problem(message=problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class SourceError(LeafletError):
    """A source, its front matter, its bibliography or its data cannot be read as meant."""


class CitationError(LeafletError):
    """A citation style, a locale, an item or a cluster is not what CSL allows."""


class LayoutError(LeafletError):
    """A layout or a style is unknown or wrong."""


class FitError(LeafletError):
    """Content does not fit its panels."""


class UnsafeError(LeafletError):
    """Something asked for a file or an address that the build may not open."""


class LimitError(LeafletError):
    """A run needs more time or memory than its budget has."""


class FaultError(LeafletError):
    """Something went wrong inside leaflet itself; the exception is the cause."""

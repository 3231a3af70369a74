"""Messages for what nobody foresaw: a fault of leaflet, time or memory that is used up."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from leaflet.budget import Budget, OutOfMemoryError, OutOfTimeError, within
from leaflet.errors import FaultError, LeafletError, LimitError, Location, Problem

STAGES = {
    "files": "reading files",
    "source": "reading the source",
    "bibliography": "reading references",
    "citations": "formatting citations",
    "formulas": "drawing formulas",
    "design": "reading the layout and the style",
    "html": "making the page",
    "panels": "laying out the panels",
    "weasy": "laying out the panels",
    "sheet": "imposing the sheets",
    "output": "finishing the PDF files",
    "writers": "writing other formats",
    "checks": "checking",
    "composition": "looking at pages",
    "changes": "comparing revisions",
    "interchange": "reading or writing a document of another program",
    "network": "asking a server",
    "starter": "starting a workspace",
    "doctor": "looking at this machine",
    "preview": "showing the preview",
    "batch": "planning the batch",
    "pipeline": "building the leaflet",
}
"""The work of each package, in the words of a message."""
VAGUE = frozenset({"files", "pipeline"})
"""Packages that serve the others: the caller says more."""


def stage_of(files: Iterable[str]) -> str:
    """Return the stage that was at work. ``files`` are the modules of the calls, the innermost first."""
    packages = [package for file in files if (package := _package(file)) in STAGES]
    clear = [package for package in packages if package not in VAGUE]
    return STAGES[next(iter(clear or packages))] if packages else "starting"


def stage_at(trace: TracebackType | None) -> str:
    """Return the stage in which an exception with the traceback ``trace`` was raised."""
    calls = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(trace)]
    return stage_of(reversed(calls))


def fault(error: BaseException, file: str | None = None) -> Problem:
    """Return an exception that nobody foresaw as one message, and write its details into a file of their own."""
    details = write_details("".join(traceback.format_exception(error)))
    kind = "its parts are nested too deeply" if isinstance(error, RecursionError) else _kind(error)
    return fault_problem(f"{stage_at(error.__traceback__)}: {kind}", details, file)


def fault_problem(what: str, details: Path | None, file: str | None) -> Problem:
    """Return the message of a fault that is described by ``what``."""
    written = f"the details are in {details}; please report them" if details else "--debug shows the details"
    return Problem(
        message=f"this is a fault of leaflet while {what}",
        location=_location(file),
        hint=f"{written}; nothing was lost",
    )


def out_of_time(stage: str, budget: Budget, file: str | None = None) -> Problem:
    """Return the message for a run that takes too long."""
    return Problem(
        message=f"{stage} takes more than {budget.seconds:.0f} seconds of computing, the most that it may",
        location=_location(file),
        hint="look for something huge or endless in what it reads; --max-seconds allows more, also as seconds in [limits]",
    )


def out_of_memory(stage: str, budget: Budget, file: str | None = None) -> Problem:
    """Return the message for a run that needs too much memory."""
    return Problem(
        message=f"{stage} needs more than {budget.megabytes} MB of memory, the most that it may",
        location=_location(file),
        hint="look for something huge in what it reads; --max-memory allows more, also as memory in [limits]",
    )


def as_leaflet_error(error: BaseException, budget: Budget, file: str | None = None) -> LeafletError:
    """Return any exception as one of leaflet's own, with its message."""
    match error:
        case LeafletError():
            return error
        case OutOfTimeError():
            return LimitError(out_of_time(stage_at(error.__traceback__), budget, file))
        case OutOfMemoryError() | MemoryError():
            return LimitError(out_of_memory(stage_at(error.__traceback__), budget, file))
        case OSError() if error.filename is not None and error.strerror:
            name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
            return LeafletError(Problem(message=error.strerror, location=Location(file=name)))
        case _:
            return FaultError(fault(error, file))


@contextmanager
def guarded(budget: Budget, file: str | None = None) -> Iterator[None]:
    """Hold the body to a budget, and let nothing but a ``LeafletError`` leave it.

    Raises:
        LeafletError: what the body raised; another exception is its cause.
    """
    try:
        with within(budget):
            yield
    except LeafletError:
        raise
    except (Exception, OutOfTimeError, OutOfMemoryError) as error:
        raise as_leaflet_error(error, budget, file) from error


def write_details(text: str) -> Path | None:
    """Write the details of a fault into a new file that only its user can read; None where that is impossible."""
    import tempfile  # these three are imported where they are used, for a quick start

    with suppress(OSError):
        descriptor, name = tempfile.mkstemp(prefix="leaflet-fault-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{_versions()}\n\n{text}")
        return Path(name)
    return None


def _package(file: str) -> str:
    parts = Path(file).parts
    at = [number for number, part in enumerate(parts[:-1]) if part == "leaflet"]
    return parts[at[-1] + 1] if at else ""


def _kind(error: BaseException) -> str:
    words = str(error).split("\n")[0]
    return f"{type(error).__name__}: {words[:200]}" if words else type(error).__name__


def _location(file: str | None) -> Location | None:
    return Location(file=file) if file else None


def _versions() -> str:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    names = ("leaflet", "weasyprint", "pydyf", "pikepdf", "markdown-it-py", "jinja2", "lxml", "pillow")
    found = [f"Python {platform.python_version()} on {platform.system()}"]
    for name in names:
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return ", ".join(found)

"""The words that a build says, in a form that is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from leaflet.cli import messages as report
from leaflet.cli.machine_output import problem_values
from leaflet.errors import Problem

if TYPE_CHECKING:
    from leaflet.api import BuildResult


class BuiltLeaflet(Struct, frozen=True, kw_only=True):
    """The words that a build says, and the files that it wrote."""

    files: tuple[str, ...]
    said: tuple[str, ...]
    explained: tuple[str, ...]
    """The lines that ``--explain-fit`` adds."""
    problems: tuple[Problem, ...]
    values: dict[str, Any]
    """The same for programs."""

    def say(self, *, explain_fit: bool) -> None:
        """Print the files and how they came out."""
        for line in (*self.said, *(self.explained if explain_fit else ())):
            report.say(line)

    @classmethod
    def of(cls, source: Path, result: BuildResult) -> BuiltLeaflet:
        """Return what there is to say of a build."""
        said = [str(path) for path in result.files]
        said += [result.layout] if result.layout else []
        said += [str(result.fit)] if result.fit else []
        return cls(
            files=tuple(str(path) for path in result.files),
            said=(*said, *([result.sheets] if result.sheets else [])),
            explained=tuple(str(tried) for tried in result.fit.tried) if result.fit else (),
            problems=result.problems,
            values=_values(source, result),
        )


def _values(source: Path, result: BuildResult) -> dict[str, object]:
    fit = result.fit
    return {
        "source": str(source),
        "built": True,
        "files": [{"path": str(path), "bytes": path.stat().st_size} for path in result.files],
        "layout": result.layout or None,
        "sheets": result.sheets,
        "fit": fit
        and {
            "scale": fit.scale,
            "body_points": fit.body_points,
            "pages": [{"panel": page.label, "fill": round(page.fill, 3)} for page in fit.pages],
        },
        "problems": problem_values(result.problems),
    }

"""Places of findings on the panels, for reports that draw them there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.checks.finding import Finding
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.sentences import WORD
from leaflet.weasy import PageArea, PagePiece


class DrawnPlace(Struct, frozen=True, kw_only=True):
    """A rectangle on a panel at which a finding is seen."""

    page: int
    """The panel's index."""
    area: PageArea


class _Run(Struct, frozen=True, kw_only=True):
    """A run of text on a panel, with the column of its source line at which it begins."""

    page: int
    column: int
    piece: PagePiece


def drawn_places(
    findings: Iterable[Finding], panels: PanelSubject, source: str, lines: Sequence[str]
) -> dict[Finding, tuple[DrawnPlace, ...]]:
    """Return the places of the findings that are about words of ``source`` which a panel shows as they are written.

    ``lines`` are those of the source.
    """
    wanted = [finding for finding in findings if finding.location is not None and finding.location.file == source]
    numbers = {finding.location.line for finding in wanted if finding.location and finding.location.line}
    runs = _runs(panels, {number: lines[number - 1] for number in numbers if number <= len(lines)})
    return {finding: places for finding in wanted if (places := tuple(_places(finding, runs)))}


def _runs(panels: PanelSubject, lines: Mapping[int, str]) -> Mapping[int, list[_Run]]:
    """Return the text of the panels by the lines of the source that it comes from, in the order of columns."""
    found: defaultdict[int, list[_Run]] = defaultdict(list)
    for page, measure in enumerate(panels.pages):
        for piece in measure.pieces:
            first = WORD.search(piece.text or "")
            place = panels.at(piece) if first else None
            if first is None or place is None or place.line is None or place.column is None:
                continue
            if lines.get(place.line, "").startswith(first[0], place.column - 1):
                found[place.line].append(_Run(page=page, column=place.column, piece=piece))
    return {line: sorted(runs, key=lambda run: run.column) for line, runs in found.items()}


def _places(finding: Finding, runs: Mapping[int, list[_Run]]) -> Iterator[DrawnPlace]:
    place = finding.location
    assert place is not None
    first = place.column or 1
    last = first + max(finding.length, 1) if place.column else None
    for run in runs.get(place.line or 0, ()):
        ends = run.column + len((run.piece.text or "").rstrip())
        if ends > first and (last is None or run.column < last):
            yield DrawnPlace(page=run.page, area=_part(run, first, last))


def _part(run: _Run, first: int, last: int | None) -> PageArea:
    """Return the area of the columns from ``first`` to ``last`` in a run, as if all letters were of one width."""
    length = max(len(run.piece.text or ""), 1)
    start = min(max(first - run.column, 0), length - 1)
    end = length if last is None else min(max(last - run.column, start + 1), length)
    area = run.piece.area
    width = (area.right - area.left) / length
    return replace(area, left=area.left + start * width, right=area.left + end * width)

"""The report for a terminal: grouped by file, each finding with its line and a mark below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.finding import Finding
from leaflet.errors import Severity

WIDTH = 100
"""The characters of a line that are shown."""
BEFORE = 30
"""The characters before the mark that are shown of a long line."""


def text_report(files: Sequence[CheckedFile]) -> str:
    """Return the report of ``files`` without colours."""
    parts = ["\n".join(file_lines(file)) for file in files]
    parts.append(summary(files))
    return "\n\n".join(part for part in parts if part)


def file_lines(file: CheckedFile) -> Iterator[str]:
    """Yield the lines of the report about one file."""
    for finding in file.everything:
        yield str(finding)
        yield from _shown_line(finding, file)
        if finding.hint:
            yield f"  hint: {finding.hint}"
    for words, place in file.pointers:
        yield f"{place or file.source}: read first: {words}"
    if file.fit:
        yield f"{file.source}: {file.fit}"
    elif not file.everything:
        yield f"{file.source}: no problem found"


def _shown_line(finding: Finding, file: CheckedFile) -> Iterator[str]:
    place = finding.location
    if place is None or place.line is None or place.file != file.source or place.line > len(file.lines):
        return
    line = file.lines[place.line - 1]
    column = (place.column or 1) - 1
    start = max(0, column - BEFORE) if len(line) > WIDTH else 0
    shown = line[start : start + WIDTH].replace("\t", " ")
    number = f"{place.line:5} | "
    yield f"{number}{'…' if start else ''}{shown}{'…' if len(line) > start + WIDTH else ''}"
    if place.column:
        width = max(1, min(finding.length, len(shown) - (column - start)))
        yield f"{' ' * (len(number) - 2)}| {' ' * (column - start + bool(start))}{'^' * width}"


def summary(files: Sequence[CheckedFile]) -> str:
    """Return the counts of all files in one line; nothing where there is nothing to count."""
    found = [finding for file in files for finding in file.everything]
    if not found:
        return ""
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    fixes = len({finding.fix for finding in found if finding.fix})
    named = sum(bool(file.everything) for file in files)
    parts = [f"{_number(errors, 'error')}, {_number(len(found) - errors, 'warning')} in {_number(named, 'file')}"]
    if fixes:
        parts.append(f"{fixes} can be fixed with --fix")
    return "; ".join(parts)


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"

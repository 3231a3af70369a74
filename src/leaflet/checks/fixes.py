"""Fixes of findings, put into a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leaflet.checks.finding import Finding, Fix


def apply_fixes(lines: Sequence[str], findings: Iterable[Finding], file: str) -> tuple[list[str], int]:
    """Return the lines of ``file`` with the fixes of ``findings``, and how many there were.

    They go in from the end, so that no fix moves another; of two that overlap, only the later in the line counts.
    """
    fixed, count = list(lines), 0
    fixes = {finding.fix for finding in findings if finding.fix is not None and finding.fix.at.file == file}
    first = (len(lines) + 1, 0)
    for fix in sorted(fixes, key=_place, reverse=True):
        line, column = _place(fix)
        text = fixed[line - 1]
        end = column - 1 + fix.length
        if (line, column - 1 + fix.length) > first and line == first[0]:
            continue
        fixed[line - 1] = text[: column - 1] + fix.text + text[end:]
        first, count = (line, column - 1), count + 1
    return fixed, count


def _place(fix: Fix) -> tuple[int, int]:
    return fix.at.line or 1, fix.at.column or 1

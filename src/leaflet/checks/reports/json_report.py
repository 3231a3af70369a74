"""The report as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.finding import Finding

VERSION = 1


def json_report(files: Sequence[CheckedFile]) -> str:
    """Return the report of ``files`` as JSON."""
    data = {"leaflet": VERSION, "version": VERSION, "files": [file_data(file) for file in files]}
    return json.dumps(data, ensure_ascii=False, indent=2)


def file_data(file: CheckedFile) -> dict[str, object]:
    """Return the report about one file as plain data."""
    return {
        "source": file.source,
        "findings": [finding_data(finding) for finding in file.everything],
        "read_first": [{"section": words, "line": place.line if place else None} for words, place in file.pointers],
        "fit": None
        if file.fit is None
        else {
            "scale": file.fit.scale,
            "body_points": file.fit.body_points,
            "pages": [{"panel": page.label, "fill": round(page.fill, 3)} for page in file.fit.pages],
        },
    }


def finding_data(finding: Finding) -> dict[str, object]:
    """Return one finding as plain data."""
    place = finding.location
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "length": finding.length,
        "panel": finding.panel or None,
        "fix": finding.fix.text if finding.fix else None,
    }

"""The report as workflow commands of GitHub Actions, which put each finding beside its line."""

from __future__ import annotations

from collections.abc import Sequence

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.finding import Finding


def github_report(files: Sequence[CheckedFile]) -> str:
    """Return one command for each finding."""
    return "\n".join(_command(finding) for file in files for finding in file.everything)


def _command(finding: Finding) -> str:
    place = finding.location
    properties = [("title", f"{finding.code} {finding.name}")]
    if place is not None:
        properties.insert(0, ("file", place.file))
        properties += [("line", str(place.line))] if place.line else []
        properties += [("col", str(place.column))] if place.column else []
    text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
    shown = ",".join(f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in properties)
    return f"::{finding.severity} {shown}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

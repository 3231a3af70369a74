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
    given = {"file": place.file} if place else {}
    given["title"] = " ".join(dict.fromkeys((finding.code, finding.name)))
    if place is not None:
        given |= {"line": str(place.line)} if place.line else {}
        given |= {"col": str(place.column)} if place.column else {}
    text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
    return github_command(finding.severity.value, text, **given)


def github_command(kind: str, text: str, **properties: str) -> str:
    """Return one command, such as ``error``, ``warning`` or ``notice``."""
    shown = ",".join(
        f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in properties.items()
    )
    return f"::{kind} {shown}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

"""The report in SARIF 2.1.0, the form in which code hosts and editors take findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.finding import BUILD, Finding
from leaflet.checks.registry import Registry

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_report(files: Sequence[CheckedFile], registry: Registry) -> str:
    """Return the report of ``files``, with the pages of the rules that found something."""
    found = [finding for file in files for finding in file.everything]
    used = {finding.code for finding in found}
    rules = [
        {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": f"{rule.title}."},
            "fullDescription": {"text": rule.sections["What it finds"].replace("``", "`")},
            "help": {"text": rule.sections["Why"].replace("``", "`")},
        }
        for rule in registry.rules
        if rule.code in used
    ]
    if BUILD in used:
        rules.append({"id": BUILD, "name": "build", "shortDescription": {"text": "Reported by every build."}})
    run = {
        "tool": {"driver": {"name": "leaflet", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Finding) -> dict[str, object]:
    text = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    result: dict[str, object] = {"ruleId": finding.code, "level": str(finding.severity), "message": {"text": text}}
    place = finding.location
    if place is not None:
        physical: dict[str, object] = {"artifactLocation": {"uri": quote(place.file)}}
        if place.line:
            region = {"startLine": place.line}
            if place.column:
                region |= {"startColumn": place.column, "endColumn": place.column + max(finding.length, 1)}
            physical["region"] = region
        result["locations"] = [{"physicalLocation": physical}]
    if finding.panel:
        result["properties"] = {"panel": finding.panel}
    return result

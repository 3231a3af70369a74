"""Reports of checks: for a terminal, for programs, and for a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.registry import Registry
from leaflet.checks.reports.github import github_command, github_report
from leaflet.checks.reports.json_report import finding_data, json_report
from leaflet.checks.reports.junit import junit_report
from leaflet.checks.reports.page import html_report
from leaflet.checks.reports.sarif import sarif_report
from leaflet.checks.reports.text_report import text_report

__all__ = ["REPORTS", "ReportFormat", "finding_data", "github_command", "github_report", "json_report", "text_report"]


class ReportFormat(StrEnum):
    """Forms of a report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    HTML = "html"


REPORTS: Mapping[ReportFormat, Callable[[Sequence[CheckedFile], Registry], str]] = {
    ReportFormat.TEXT: lambda files, _: text_report(files),
    ReportFormat.JSON: lambda files, _: json_report(files),
    ReportFormat.SARIF: sarif_report,
    ReportFormat.GITHUB: lambda files, _: github_report(files),
    ReportFormat.JUNIT: lambda files, _: junit_report(files),
    ReportFormat.HTML: html_report,
}

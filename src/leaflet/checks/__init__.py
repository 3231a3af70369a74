"""Rules that look at a leaflet and everything made from it, one module each, and reports of what they find."""

from leaflet.checks.build_report import build_report
from leaflet.checks.check_settings import Selection, select_rules
from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.drawn_places import DrawnPlace, drawn_places
from leaflet.checks.examine import Examination, examine
from leaflet.checks.exceptions import ExemptionSubject
from leaflet.checks.finding import BUILD, Finding, Fix, Hit, from_problem
from leaflet.checks.fixes import apply_fixes
from leaflet.checks.output_subject import OutputSubject
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.pdf_subject import PdfRole, PdfSubject, open_pdf
from leaflet.checks.readability import hard_sections
from leaflet.checks.registry import AnyRule, AnySubject, Registry
from leaflet.checks.reports import REPORTS, ReportFormat, finding_data, github_command, github_report, text_report
from leaflet.checks.rule import Area, Pack, Rule
from leaflet.checks.rule_pages import rule_list, rule_page, rules_page, terminal_page
from leaflet.checks.sign_off import (
    POINTS,
    Release,
    changed_files,
    digest,
    is_release,
    read_release,
    release_name,
    write_release,
)
from leaflet.checks.source_subject import SourceSubject

__all__ = [
    "BUILD",
    "POINTS",
    "REPORTS",
    "AnyRule",
    "AnySubject",
    "Area",
    "CheckedFile",
    "DrawnPlace",
    "Examination",
    "ExemptionSubject",
    "Finding",
    "Fix",
    "Hit",
    "OutputSubject",
    "Pack",
    "PanelSubject",
    "PdfRole",
    "PdfSubject",
    "Registry",
    "Release",
    "ReportFormat",
    "Rule",
    "Selection",
    "SourceSubject",
    "apply_fixes",
    "build_report",
    "changed_files",
    "digest",
    "drawn_places",
    "examine",
    "finding_data",
    "from_problem",
    "github_command",
    "github_report",
    "hard_sections",
    "is_release",
    "open_pdf",
    "read_release",
    "release_name",
    "rule_list",
    "rule_page",
    "rules_page",
    "select_rules",
    "terminal_page",
    "text_report",
    "write_release",
]

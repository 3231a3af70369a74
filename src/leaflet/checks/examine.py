"""The run of the rules over a leaflet or a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from pikepdf import PdfError

from leaflet.checks.check_settings import Selection
from leaflet.checks.exceptions import excuse, read_exemptions
from leaflet.checks.finding import Finding
from leaflet.checks.pdf_subject import PdfRole, PdfSubject
from leaflet.checks.registry import AnySubject, Registry
from leaflet.checks.rule import Area
from leaflet.checks.source_subject import SourceSubject
from leaflet.errors import LeafletError, Location, Problem, SourceError

WRONG_KINDS = (TypeError, ValueError, AttributeError, LookupError, RuntimeError, PdfError)
"""Exceptions where an object of a PDF is, say, a number in place of a list; only files of other programs have such objects."""


class Examination(Struct, frozen=True, kw_only=True):
    """Everything that can be looked at of one leaflet; what is missing could not be made."""

    source: SourceSubject | None = None
    name: str = ""
    """The name of a file without a source."""
    subjects: Sequence[tuple[Area, AnySubject]] = field(default=())
    """Panels, PDF files and outputs."""


def examine(leaflet: Examination, selection: Selection, registry: Registry) -> tuple[Finding, ...]:
    """Return what the selected rules find, in the order of places, without what the source excuses."""
    findings: list[Finding] = []
    if leaflet.source is not None:
        findings += _run(registry, Area.SOURCE, leaflet.source, selection)
    for area, subject in leaflet.subjects:
        findings += _run(registry, area, subject, selection)
    whole = Location(file=leaflet.source.file if leaflet.source else leaflet.name)
    findings = [replace(finding, location=finding.location or whole) for finding in findings]
    if leaflet.source is not None:
        exemptions = read_exemptions(leaflet.source.lines, leaflet.source.file)

        def matching(word: str) -> frozenset[str]:
            try:
                return registry.matching([word])
            except LeafletError:
                return frozenset()

        findings, about = excuse(findings, exemptions, matching, selection.codes)
        findings += _run(registry, Area.EXCEPTIONS, about, selection)
    return _in_order(findings)


def _run(registry: Registry, area: Area, subject: AnySubject, selection: Selection) -> list[Finding]:
    found: list[Finding] = []
    for rule in registry.of(area, selection.codes):
        try:
            found += rule.findings(subject)  # type: ignore[arg-type]  # the area says which kind of subject it is
        except WRONG_KINDS as error:
            if not isinstance(subject, PdfSubject) or subject.role is not PdfRole.OTHER:
                raise
            raise _damaged(subject, f"{rule.code} ({rule.name})") from error
    return found


def _damaged(subject: PdfSubject, rule: str) -> SourceError:
    return SourceError(
        Problem(
            message=f"this PDF is damaged: an object in it is not of the kind that PDF defines, found by {rule}",
            location=Location(file=subject.name),
            hint="make the PDF again with the program that it comes from",
        )
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))

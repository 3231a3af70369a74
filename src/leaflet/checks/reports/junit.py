"""The report in the XML form of JUnit, which most build servers read: one test case for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from leaflet.checks.checked_file import CheckedFile
from leaflet.files import without_forbidden


def junit_report(files: Sequence[CheckedFile]) -> str:
    """Return the report of ``files``; a file without findings is one passed case."""
    suites = ElementTree.Element("testsuites", name="leaflet check")
    for file in files:
        found = file.everything
        count = str(len(found))
        suite = ElementTree.SubElement(
            suites, "testsuite", name=file.source, tests=count if found else "1", failures=count, errors="0"
        )
        if not found:
            ElementTree.SubElement(suite, "testcase", name="no problem found", classname=file.source)
        for finding in found:
            place = f"{finding.location}" if finding.location else file.source
            case = ElementTree.SubElement(suite, "testcase", name=f"{finding.code} {place}", classname=file.source)
            message = without_forbidden(finding.message)
            failure = ElementTree.SubElement(case, "failure", type=str(finding.severity), message=message)
            failure.text = without_forbidden("\n".join(filter(None, [str(finding), finding.hint])))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")

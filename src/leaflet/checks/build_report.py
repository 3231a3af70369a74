"""The report that a build can write beside its files: hashes, findings, and what the PDF files claim to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.pdf_subject import PDF_UA, PdfSubject, open_pdf
from leaflet.checks.reports.json_report import file_data
from leaflet.checks.sign_off import digest
from leaflet.output import CREATOR

SUFFIX = ".report.json"
VERSION = 1
PDF_A = "http://www.aiim.org/pdfa/ns/id/"
PDF_X = "http://www.npes.org/pdfx/ns/id/"


def build_report(checked: CheckedFile, files: Mapping[str, bytes], *, day: date) -> bytes:
    """Return the report of a build of ``files``, by their names; ``checked`` is what its check found."""
    data = {
        "leaflet-report": VERSION,
        "made-by": CREATOR,
        "date": day.isoformat(),
        "files": {name: {"sha256": digest(content), **_claims(name, content)} for name, content in files.items()},
        "check": file_data(checked),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _claims(name: str, content: bytes) -> dict[str, object]:
    """Return the standards that a PDF file says it meets; nothing for another file."""
    if not name.endswith(".pdf"):
        return {}
    with open_pdf(content, name=name) as pdf:
        file = PdfSubject(name=name, pdf=pdf)
        claims = {
            "PDF/UA": file.claim(PDF_UA, "part"),
            "PDF/A": file.claim(PDF_A, "part") + file.claim(PDF_A, "conformance").lower(),
            "PDF/X": file.claim(PDF_X, "GTS_PDFXVersion"),
        }
        return {"pages": len(pdf.pages), "claims": {key: value for key, value in claims.items() if value}}

"""Recognising a file that leaflet wrote, by what it holds: the same for every earlier version, and nothing beside it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from leaflet.errors import LeafletError

if TYPE_CHECKING:
    from pikepdf import Pdf

WEB_PAGE = re.compile(
    rb"<!DOCTYPE html>\n<html lang=\"[^\"\n]*\"(?: dir=\"[^\"\n]*\")? class=\"web style-[^\"\n]*\">\n<head>\n"
    rb"<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
)
INDEX_PAGE = re.compile(
    rb"<!DOCTYPE html>\n<html lang=\"[^\"\n]*\">\n<head>\n<meta charset=\"utf-8\">\n"
    rb"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    rb"img-src 'self' file:; script-src 'sha256-"
)
MANIFEST = re.compile(rb"\{\n \"leaflet\": \"[^\"\n]+\",\n \"program\": \"[0-9a-f]{64}\",\n")
FRAGMENT = re.compile(rb'<article lang="[^"\n]*" dir="(?:ltr|rtl)" class="leaflet-text">\n')
EMAIL = re.compile(
    rb'<!DOCTYPE html>\n<html lang="[^"\n]*" dir="(?:ltr|rtl)">\n<head>\n<meta charset="utf-8">\n'
    rb'<meta name="generator" content="leaflet">\n'
)
BOOK = b'<meta name="generator" content="leaflet"/>'
LARGEST_PACKAGE = 1_000_000
"""In bytes, of the list of a book's contents."""
REPORT = b'{\n  "leaflet-report": '
TABLE = b"\xef\xbb\xbfname,status,source,row,layout,style,csl,lang,"
SIDECARS = {".csl.json": "csl-json", ".bib": "biblatex", ".ris": "ris"}
FIELD = re.compile(r"^(?:@\w+\{[^\n]*,$|  [a-z]+ = \{|\}|[A-Z][A-Z0-9]  - )", re.MULTILINE)
"""The beginning of an entry or a field, or the end of an entry, in BibLaTeX and RIS as leaflet writes them."""
CREATOR = re.compile(r"leaflet \d")
PANEL = re.compile(r"/Panel\d+")
MARKS = "/CSRegistration"
"""The colour in which the marks of a sheet are drawn, by the name that sheets give it."""


def written_by_leaflet(item: str) -> Callable[[str, bytes], bool]:
    """Return what tells whether leaflet wrote a file of a name and a content.

    A file for citation managers is leaflet's own only if it holds one entry called ``item`` and nothing else, in
    exactly the form in which leaflet writes it; a bibliography of the user's is never that.
    """

    def is_own(name: str, data: bytes) -> bool:
        form = next((form for ending, form in SIDECARS.items() if name.endswith(ending)), None)
        if form is not None:
            return _is_sidecar(data, form, item)
        if name.endswith(".epub"):
            return _is_book(data)
        if name.endswith(".fragment.html"):
            return bool(FRAGMENT.match(data))
        if name.endswith(".email.html"):
            return bool(EMAIL.match(data))
        if name.endswith(".report.json"):
            return data.startswith(REPORT)
        if name.endswith(".pdf"):
            return _is_pdf(data)
        if name.endswith(".html"):
            return bool(WEB_PAGE.match(data) or INDEX_PAGE.match(data))
        return bool(MANIFEST.match(data) or data.startswith(TABLE))

    return is_own


def _is_book(data: bytes) -> bool:
    """Return whether the package of an EPUB names leaflet as its generator."""
    try:
        with ZipFile(BytesIO(data)) as book, book.open("EPUB/package.opf") as package:
            return BOOK in package.read(LARGEST_PACKAGE)
    except (BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return False


def _is_sidecar(data: bytes, form: str, item: str) -> bool:
    from leaflet.bibliography import read_text, write

    try:
        text = data.decode()
        references, _ = read_text(text, form, item)
        return [reference.id for reference in references] == [item] and _shape(write(references, form)) == _shape(text)
    except (LeafletError, ValueError):
        return False


def _shape(text: str) -> list[str]:
    """Return a file for citation managers without its values, which reading and writing again may simplify.

    What is left is the beginning of the file, the names of all fields in their order, and what follows the last.
    """
    marks = list(FIELD.finditer(text))
    if not marks:
        return [text]
    return [text[: marks[0].start()], *(mark[0] for mark in marks), text[marks[-1].end() :]]


def _is_pdf(data: bytes) -> bool:
    """Return whether a PDF names leaflet as its creator, or is a sheet that leaflet drew its marks on."""
    from pikepdf import PdfError
    from pikepdf import open as open_pdf

    try:
        with open_pdf(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            return bool(CREATOR.match(str(pdf.docinfo.get("/Creator", "")))) or _is_sheet(pdf)
    except (PdfError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _is_sheet(pdf: Pdf) -> bool:
    if not len(pdf.pages):
        return False
    resources: Any = pdf.pages[0].get("/Resources", {})
    forms: Any = resources.get("/XObject", {})
    return MARKS in resources.get("/ColorSpace", {}) and any(PANEL.match(name) for name in dict(forms))

"""Files of other programs that are given in place of a source."""

from __future__ import annotations

from pathlib import Path

from leaflet.errors import Location, Problem, SourceError

IMPORTED = {
    ".docx": "a Word document",
    ".docm": "a Word document",
    ".dotx": "a Word template",
    ".odt": "an OpenDocument text",
    ".rtf": "a document in RTF",
    ".html": "a web page",
    ".htm": "a web page",
}
"""The documents that ``leaflet import`` reads, by their suffixes."""
HINTS = {
    ".doc": ("a document of an older Word", "open it in Word or LibreOffice, save it as .docx, and import that file"),
    ".pdf": (
        "a PDF file",
        "open it in Word, save it as .docx, and import that; to fold its pages as they are: leaflet impose",
    ),
    ".pub": ("a Publisher file", "save it as .docx or PDF in Publisher; docs/coming-from-word.md says how to go on"),
}


def refuse_other_documents(path: Path, name: str) -> None:
    """Refuse a file whose suffix is that of another program's documents.

    Raises:
        SourceError: it is one; the hint says how it becomes a source.
    """
    suffix = path.suffix.lower()
    if suffix in IMPORTED:
        kind, hint = IMPORTED[suffix], f"make a source of it: leaflet import {path.name}"
    elif suffix in HINTS:
        kind, hint = HINTS[suffix]
    else:
        return
    raise SourceError(Problem(message=f"this is {kind}, not a source", location=Location(file=name), hint=hint))

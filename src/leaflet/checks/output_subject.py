"""The finished files of one leaflet, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from leaflet.checks.output_text import OutputText, pdf_text, web_text
from leaflet.model.citation import Citations
from leaflet.model.document import Document


class OutputSubject(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """All files that a build of one leaflet makes."""

    document: Document
    citations: Citations
    files: Mapping[str, bytes]
    """The files by the names of their formats: ``sheet``, ``pdf``, ``html``, ``bib``, ``ris``, ``csl-json``."""

    @cached_property
    def reading_text(self) -> OutputText:
        """The text of the reading PDF."""
        return OutputText(pdf_text(self.files["pdf"]))

    @cached_property
    def sheet_text(self) -> OutputText:
        """The text of the sheet."""
        return OutputText(pdf_text(self.files["sheet"]))

    @cached_property
    def page_text(self) -> OutputText:
        """The text of the web page."""
        return OutputText(web_text(self.files["html"]))

"""The finished files of one leaflet, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaflet.model.citation import Citations
from leaflet.model.document import Document


@dataclass(frozen=True, kw_only=True, eq=False)
class OutputSubject:
    """All files that a build of one leaflet makes."""

    document: Document
    citations: Citations
    files: Mapping[str, bytes]
    """The files by the names of their formats: ``sheet``, ``pdf``, ``html``, ``bib``, ``ris``, ``csl-json``."""

"""What a source and its references give a leaflet, as one hash: two builds that agree in it need not both be done."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from leaflet.pipeline.cite_source import CitedDocument


def content_of(cited: CitedDocument) -> str:
    """The SHA-256 of the document as this variant has it, with its citations: what is left out or never cited is not in it.

    Files that the document names (pictures, layout, style) are not in it either; nor are fields that it does not use.
    """
    document = replace(cited.document, fields={})
    return sha256(repr((document, cited.citations)).encode()).hexdigest()

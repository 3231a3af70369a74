"""Content hash of a resolved document and its citations, for skipping variants that did not change."""

from __future__ import annotations

from hashlib import sha256

from msgspec.structs import replace

from leaflet.pipeline.cite_source import CitedDocument


def content_of(cited: CitedDocument) -> str:
    """Return the SHA-256 of the document as this variant has it, with its citations but nothing left out or uncited.

    Files that the document names (pictures, layout, style) are not in it either; nor are fields that it does not use.
    """
    document = replace(cited.document, fields={})
    return sha256(repr((document, cited.citations)).encode()).hexdigest()

"""Properties of an OpenDocument text: what it says of itself, and whether it is encrypted."""

from __future__ import annotations

import re

from lxml.etree import _Element

from leaflet.interchange.manuscript import DocumentFacts
from leaflet.interchange.odt_formats import STYLE
from leaflet.interchange.odt_inlines import DC
from leaflet.interchange.office_package import OfficePackage, refused

META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


def odt_facts(package: OfficePackage, outer: _Element | None) -> DocumentFacts:
    """Return what a document says of itself; ``outer`` is its ``styles.xml``."""
    root = package.xml("meta.xml")
    language = country = ""
    for look in outer.iter(f"{STYLE}text-properties") if outer is not None else ():
        if not language and look.get(f"{FO}language") not in {None, "none", "zxx"}:
            language, country = look.get(f"{FO}language", ""), look.get(f"{FO}country", "")
    tag = f"{language}-{country}" if country and country != "none" else language
    tag = tag if re.fullmatch(r"[a-z]{2,3}(?:-[A-Z]{2})?", tag) else ""
    if root is None:
        return DocumentFacts(language=tag)

    def text(name: str) -> str:
        return " ".join(next((each.text or "" for each in root.iter(name)), "").split())

    author = text(f"{META}initial-creator") or text(f"{DC}creator")
    modified = re.match(r"\d{4}-\d\d-\d\d", text(f"{DC}date"))
    return DocumentFacts(
        title=text(f"{DC}title"),
        authors=(author,) if author else (),
        keywords=tuple(" ".join((each.text or "").split()) for each in root.iter(f"{META}keyword") if each.text),
        abstract=text(f"{DC}description"),
        language=tag,
        modified=modified[0] if modified else "",
    )


def refuse_encrypted(package: OfficePackage) -> None:
    """Refuse a document that needs a password.

    Raises:
        SourceError: it does.
    """
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
        hint = "save it without a password, and import that file"
        raise refused(package.name, "this document is encrypted with a password", hint)

"""Kinds of reference files, by name, by suffix and by content, and the choices that go with reading them."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """Kinds of reference files that are read and written."""

    CSL_JSON = "csl-json"
    CSL_YAML = "csl-yaml"
    BIBLATEX = "biblatex"
    BIBTEX = "bibtex"
    RIS = "ris"


class Particles(StrEnum):
    """Readings of the particle of a name such as van den Berg, where the file does not say (``useprefix``)."""

    KEEP = "keep"
    """It belongs to the family name, as RIS and CSL-JSON have it."""
    DROP = "drop"
    """It follows the given name where names are inverted, as biblatex has it without ``useprefix``."""


SUFFIXES = {
    ".bib": Format.BIBLATEX,
    ".bibtex": Format.BIBLATEX,
    ".biblatex": Format.BIBLATEX,
    ".json": Format.CSL_JSON,
    ".csljson": Format.CSL_JSON,
    ".yaml": Format.CSL_YAML,
    ".yml": Format.CSL_YAML,
    ".ris": Format.RIS,
}
"""BibTeX files are read as BibLaTeX, which knows BibTeX's names of fields as well."""


def of_name(name: str) -> Format | None:
    """Return the format that a file's name says it has."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def of_text(text: str) -> Format | None:
    """Return the format that a text looks like; None for an empty one or one of no known kind."""
    start = text.removeprefix("\ufeff").lstrip()
    if re.match(r"[\[{]\s*[\[\]{}\"]", start):
        return Format.CSL_JSON
    if re.search(r"^TY {1,2}-", start, re.MULTILINE):
        return Format.RIS
    if re.search(r"^\s*@\s*\w+\s*[{(]", start, re.MULTILINE):
        return Format.BIBLATEX
    if re.search(r"^\s*-\s+\w+:|^references:|^---", start, re.MULTILINE):
        return Format.CSL_YAML
    return None

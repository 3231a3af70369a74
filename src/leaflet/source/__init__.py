"""Source text to model: front matter, Markdown and citation syntax become a document."""

from leaflet.files import open_workspace
from leaflet.source import condition
from leaflet.source.cache import SourceCache
from leaflet.source.cited_identifiers import CitedIdentifier, read_identifier
from leaflet.source.front_matter import read_front_matter
from leaflet.source.halves import split
from leaflet.source.keys import check_keys, with_addresses, without_mentions
from leaflet.source.read import SourceResult, read_source, understand
from leaflet.source.reference_section import TITLES as REFERENCE_TITLES
from leaflet.source.schema import json_schema
from leaflet.source.tex_macros import Macro, defined_macros, without_definitions, without_macros
from leaflet.source.variant import resolve

__all__ = [
    "REFERENCE_TITLES",
    "CitedIdentifier",
    "Macro",
    "SourceCache",
    "SourceResult",
    "check_keys",
    "condition",
    "defined_macros",
    "json_schema",
    "open_workspace",
    "read_front_matter",
    "read_identifier",
    "read_source",
    "resolve",
    "split",
    "understand",
    "with_addresses",
    "without_definitions",
    "without_macros",
    "without_mentions",
]

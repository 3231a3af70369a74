"""A complete CSL 1.0.2 processor: references and clusters in, formatted citations and a bibliography out."""

from leaflet.citations.csl.library import find_style, load_style
from leaflet.citations.processor import BibliographyEntry, CitationProcessor, ProcessedCitations
from leaflet.citations.styles import StyleInfo, list_styles, style_info, style_title

__all__ = [
    "BibliographyEntry",
    "CitationProcessor",
    "ProcessedCitations",
    "StyleInfo",
    "find_style",
    "list_styles",
    "load_style",
    "style_info",
    "style_title",
]

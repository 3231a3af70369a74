"""A complete CSL 1.0.2 processor: references and clusters in, formatted citations and a bibliography out."""

from leaflet.citations.caches import CitationCaches
from leaflet.citations.csl.style_library import StyleLibrary, find_style
from leaflet.citations.evaluate.item_context import CiteData
from leaflet.citations.evaluate.position import ClusterData
from leaflet.citations.output.punctuation import Close, LinkEdge, Open, QuoteMark, Token
from leaflet.citations.processed import BibliographyEntry, ProcessedCitations
from leaflet.citations.processor import CitationProcessor
from leaflet.citations.style_info import StyleInfo, list_styles, listed_title, style_info, style_title

__all__ = [
    "BibliographyEntry",
    "CitationCaches",
    "CitationProcessor",
    "CiteData",
    "Close",
    "ClusterData",
    "LinkEdge",
    "Open",
    "ProcessedCitations",
    "QuoteMark",
    "StyleInfo",
    "StyleLibrary",
    "Token",
    "find_style",
    "list_styles",
    "listed_title",
    "style_info",
    "style_title",
]

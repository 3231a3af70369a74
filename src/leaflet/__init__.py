"""leaflet: structured content in, folded, cited, accessible leaflets out."""

__version__ = "0.1.0"

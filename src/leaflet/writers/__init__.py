"""Formats without pages, each made from the text of a leaflet alone: plain text, fragment, e-mail, EPUB, braille."""

from leaflet.writers.epub import epub_file
from leaflet.writers.fragment import fragment_file
from leaflet.writers.plain_text import plain_text_file

__all__ = ["epub_file", "fragment_file", "plain_text_file"]

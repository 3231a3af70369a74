"""Formats without pages, each made from the text of a leaflet alone: plain text, fragment, e-mail, EPUB, braille."""

from leaflet.writers.braille import TABLES as BRAILLE_TABLES
from leaflet.writers.braille import Brf, braille_file, table_for
from leaflet.writers.email_page import Email, email_page
from leaflet.writers.epub import epub_file
from leaflet.writers.fragment import fragment_file
from leaflet.writers.plain_text import plain_text_file

__all__ = [
    "BRAILLE_TABLES",
    "Brf",
    "Email",
    "braille_file",
    "email_page",
    "epub_file",
    "fragment_file",
    "plain_text_file",
    "table_for",
]

"""Text of PDF files and web pages, as far as rules compare it."""

from __future__ import annotations

import re
import unicodedata

from lxml import html as parser

HYPHENATED = re.compile(r"[\u00ad\ufffe\x02]\s*|(?<=[^\W\d_])[-‐]\s*\r?\n\s*(?=[^\W\d_])")


def pdf_text(data: bytes) -> str:
    """Return the text of all pages; words that were divided at the end of a line are whole."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return HYPHENATED.sub("", unicodedata.normalize("NFKC", "\n".join(pages)))


def web_text(data: bytes) -> str:
    """Return the text of a web page."""
    root = parser.document_fromstring(data)
    for element in root.xpath("//script | //style | //template"):
        element.drop_tree()
    return unicodedata.normalize("NFKC", " ".join(root.itertext()))


def web_language(data: bytes) -> str:
    """Return the language that a web page says it is in."""
    return str(parser.document_fromstring(data).get("lang", ""))


def squeezed(text: str) -> str:
    """Return ``text`` in small letters without spaces, for comparisons across line ends."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text).casefold()).replace("'", "’")

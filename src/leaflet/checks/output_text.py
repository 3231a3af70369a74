"""Text of PDF files and web pages, as far as rules compare it."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from lxml import html as parser

HYPHENATED = re.compile(r"[\u00ad\ufffe\x02]\s*|(?<=[^\W\d_])[-‐]\s*\r?\n\s*(?=[^\W\d_])")

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")


class OutputText:
    """The text of one file that was made, for comparisons with what its source says."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._squeezed = squeezed(text)

    def holds(self, words: str) -> bool:
        """Return whether ``words`` are in the text, wherever lines end.

        PDF readers return the letters of a ligature of Arabic in the order in which they lie on the page. Words of
        such scripts are therefore compared by their letters, whatever the order.
        """
        if squeezed(words) in self._squeezed:
            return True
        return all(
            squeezed(word) in self._squeezed or (RIGHT_TO_LEFT.search(word) and self._holds_letters(squeezed(word)))
            for word in words.split()
        )

    def _holds_letters(self, word: str) -> bool:
        length = len(word)
        if length not in self._letters:
            starts = range(len(self._squeezed) - length + 1)
            self._letters[length] = {"".join(sorted(self._squeezed[at : at + length])) for at in starts}
        return "".join(sorted(word)) in self._letters[length]

    @cached_property
    def _letters(self) -> dict[int, set[str]]:
        """The sorted letters of each stretch of the text, by the length of the stretch."""
        return {}


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

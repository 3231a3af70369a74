"""Text of a leaflet without its pages: the value that EPUB, e-mail, plain text and braille are made from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from leaflet.model.html_tree import HtmlElement
from leaflet.model.metadata import Metadata


class ReadingText(Struct, frozen=True, kw_only=True):
    """The words of a leaflet in reading order, with the parts that its layout holds.

    Pictures have ``data:`` addresses.
    """

    name: str
    """The name of the source without its ending."""
    metadata: Metadata
    direction: str
    """The direction of writing, ``ltr`` or ``rtl``."""
    content: HtmlElement
    labels: Mapping[str, str]
    """The words that leaflet adds, in the language of the text, by their keys."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """The colours of the style, by their names in CSS."""
    faces: Mapping[str, str] = field(default_factory=dict)
    """The typefaces of the style for ``text``, ``headings`` and ``labels``."""
    serif: bool = False
    """True where the style sets the text in a typeface with serifs."""

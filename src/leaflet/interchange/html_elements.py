"""Vocabulary of the elements of a web page: which are blocks, which are no part of its text."""

from __future__ import annotations

from leaflet.model.document import Numbering

BLOCKS = frozenset(
    "address article aside body center dd details div dl dt fieldset figcaption figure footer form header hgroup main nav "
    "section summary blockquote h1 h2 h3 h4 h5 h6 hr ol p pre table ul li".split()
)
SILENT = frozenset("script style noscript template head title meta link object embed iframe canvas svg".split())
LEFT_OUT = {
    "nav": "the menu",
    "form": "a form",
    "button": "a button",
    "select": "a choice",
    "textarea": "a field to fill in",
    "audio": "a sound",
    "video": "a film",
}
OUTSIDE = ("header", "footer", "aside")
NUMBERINGS = {
    "a": Numbering.LOWER_LETTERS,
    "A": Numbering.UPPER_LETTERS,
    "i": Numbering.LOWER_ROMAN,
    "I": Numbering.UPPER_ROMAN,
}

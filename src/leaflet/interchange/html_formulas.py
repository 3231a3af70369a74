"""Formulas of web pages, whose MathML may hold their TeX."""

from __future__ import annotations

from lxml.etree import _Element

from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_content import TexFormula, Words
from leaflet.interchange.text_pieces import TextPiece


def formula_piece(element: _Element, log: ImportLog) -> TextPiece:
    """Return a formula whose page has its TeX; another is its characters."""
    for annotation in element.iter("annotation"):
        if "tex" in annotation.get("encoding", "").lower() and (annotation.text or "").strip():
            log.count("formula")
            log.replaced.append(element.text_content())
            tex = " ".join((annotation.text or "").split())
            return TextPiece(node=TexFormula(tex=tex, display=element.get("display") == "block"))
    log.say("a formula is plain text: write it again in TeX")
    return TextPiece(node=Words(text=" ".join(element.text_content().split())))
